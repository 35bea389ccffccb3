"""Finds who was hurt and how many (`kgbuild_casualties`).

Reads tokens, `doc._.segments` and `doc._.numbers`; sets `doc._.casualties`. A number is a casualty only through a noun
or verb of `data/<language>/casualties.toml` that governs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.arabic.normalise import fold_key
from kgbuild.pipeline.annotations import Number
from kgbuild.pipeline.lexicon import folded, language_of, lexicon, nouns_of, verbs_of
from kgbuild.pipeline.phrases import PhraseTable
from kgbuild.pipeline.words import Words, words_of

_NUMBER_OF = {"singular": (1, 1), "dual": (2, 2), "plural": (None, None)}
_UNARMED = frozenset({"civilian", "child", "woman", "man", "journalist", "medic", "aidWorker"})
_REACH = 9
"""How many tokens a figure may stand away from the word that governs it."""


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """One figure with its words; `head` is the token that tells the effect, `person` the index of the people's noun."""

    start: int
    end: int
    effect: str
    min: int | None
    max: int | None
    group: str
    head: int
    person: int | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A word that says what happened to people."""

    start: int
    end: int
    effect: str
    verbal: bool


@dataclass(frozen=True, slots=True)
class People:
    """A noun for people in one of its forms."""

    group: str
    number: str
    effect: str | None = None


@Language.factory("kgbuild_casualties", assigns=["doc._.casualties"], requires=["doc._.numbers"])
def create(nlp: Language, name: str) -> CasualtyFinder:
    """The component for the pipeline's language."""
    return CasualtyFinder(nlp)


class CasualtyFinder:
    """Reads effect words, the figures and nouns they govern, and sub-counts behind "among them"."""

    def __init__(self, nlp: Language) -> None:
        data = lexicon(language_of(nlp), "casualties")
        self._heads: PhraseTable[tuple[str, bool]] = PhraseTable()
        self._persons: dict[int, int] = {}
        self._people: dict[str, People] = {}
        for effect in data["effect"]:
            self._add_effect(nlp, effect)
        for kind in data["people"]:
            for noun in kind["nouns"]:
                for form, number in nouns_of(noun, language_of(nlp)).items():
                    self._people.setdefault(form, People(kind["group"], number))
        for kind in data["victim"]:
            for noun in kind["nouns"]:
                for form, number in nouns_of(noun, language_of(nlp)).items():
                    self._people[form] = People("unknown", number, kind["effect"])
        words = data["words"]
        self._part = folded(words["part"])
        self._not_part = folded(words["part_exempt"])
        self._some = folded(words["some"])
        self._one = folded(words["one"])
        self._filler = folded(words["filler"])
        self._others = folded(words["others"])
        self._negated = folded(words["negated"])
        self._one_more = folded(words["one_more"])
        self._and = fold_key(words["and"])
        self._nameless = folded(words["nameless"])
        self._mixed = fold_key(words["mixed"])
        self._backwards = folded(words["backwards"])
        self._barriers = folded(words["barriers"])
        self._behind = {fold_key(word): value for word, value in data["numbers"].items()}

    def _add_effect(self, nlp: Language, effect: dict[str, list[str]]) -> None:
        name = str(effect["name"])
        for phrase in effect.get("phrases", []):
            self._heads.add((t.norm_ for t in nlp.make_doc(phrase)), (name, True))
        for noun in effect["nouns"]:
            for form in nouns_of(noun, language_of(nlp)):
                self._heads.add([form], (name, False))
        for pair in effect["verbs"]:
            for form in verbs_of(pair, language_of(nlp)):
                self._heads.add([form], (name, True))

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        numbers = {number.start: number for number in doc._.numbers}
        self._persons = {m.start: m.end for m in doc._.mentions if m.cls == "Person"}
        found: list[CasualtyMention] = []
        for sentence in doc.sents:
            found.extend(self._sentence(words, numbers, sentence.start, sentence.end))
        doc._.casualties = tuple(found)
        return doc

    def _sentence(self, words: Words, numbers: dict[int, Number], start: int, end: int) -> Iterator[CasualtyMention]:
        heads = self._heads_in(words, start, end)
        taken = {index for head in heads for index in range(head.start, head.end) if head.end > head.start + 1}
        found: list[CasualtyMention] = []
        settled: set[int] = set()
        for position, head in enumerate(heads):
            if any(words.norms[i] in self._negated for i in range(max(start, head.start - 4), head.start)):
                continue
            phrases: list[CasualtyMention] = []
            if head.verbal and (self._agrees_backwards(words, head) or self._is_settled(words, heads, position, start)):
                phrases = self._phrase_before(words, numbers, head, start, taken)
            if phrases:
                effects: tuple[str, ...] | None = (head.effect,)
                settled.add(position)
            else:
                effects = self._joined_effects(words, heads, position, settled)
                if effects is None:
                    continue
                limit = self._limit(words, heads, position, end)
                phrases = self._summed(words, self._phrases_after(words, numbers, head, limit, taken))
                if not phrases and head.verbal:
                    phrases = self._phrase_before(words, numbers, head, start, taken)
            for effect in effects:
                found.extend(replace(phrase, effect=phrase.effect or effect) for phrase in phrases)
        found.extend(self._bare(words, numbers, start, end, taken))
        found.extend(self._parts(words, numbers, found, start, end, taken))
        yield from sorted(found, key=lambda c: (c.start, c.effect))

    def _heads_in(self, words: Words, start: int, end: int) -> list[Head]:
        heads: list[Head] = []
        index = start
        while index < end:
            hit = self._heads.longest_at(words.norms, index, end) or self._heads.longest_at(words.lemmas, index, end)
            if hit is None or words.tags[index] != "WORD":
                index += 1
                continue
            stop, (effect, verbal) = hit
            heads.append(Head(index, stop, effect, verbal))
            index = stop
        return heads

    def _is_settled(self, words: Words, heads: list[Head], position: int, start: int) -> bool:
        """ "one person was killed and three were injured": of two joined verbs the first has its people before it."""
        if position + 1 >= len(heads) or not self._adjacent(words, heads[position], heads[position + 1]):
            return False
        before = range(max(start, heads[position].start - 4), heads[position].start)
        return heads[position + 1].verbal and any(self._is_people(words, i) and words.tags[i] == "WORD" for i in before)

    def _agrees_backwards(self, words: Words, head: Head) -> bool:
        """Whether the verb's ending points to people named before it: قتلوا, قتلا."""
        return words.norms[head.start].endswith(("وا", "تا")) or words.norms[head.start] in self._backwards

    def _summed(self, words: Words, phrases: list[CasualtyMention]) -> list[CasualtyMention]:
        """ "a woman and three of her children": the sum, and each kind as part of it."""
        counted = [p for p in phrases if p.min is not None and p.person is not None and not p.effect]
        if len(counted) < 2:
            return phrases
        if any(words.norms[i] in ("(", ":") for i in range(counted[0].end, counted[1].start)):
            return [phrases[0], *(replace(p, part=True) for p in phrases[1:])]
        groups = {p.group for p in counted}
        group = counted[0].group if len(groups) == 1 else "civilian" if groups <= _UNARMED else "unknown"
        high = None if any(p.max is None for p in counted) else sum(p.max or 0 for p in counted)
        low = sum(p.min or 0 for p in counted)
        total = replace(counted[0], end=counted[-1].end, min=low, max=high, group=group)
        if len(groups) == 1:
            return [total, *(p for p in phrases if p not in counted)]
        return [total, *(replace(p, part=True) if p in counted else p for p in phrases)]

    def _joined_effects(
        self, words: Words, heads: list[Head], position: int, settled: set[int]
    ) -> tuple[str, ...] | None:
        """Both effects of "the killing and wounding of"; None for the second of the two."""
        head = heads[position]
        if position and position - 1 not in settled and self._adjacent(words, heads[position - 1], head):
            return None
        effects = [head.effect]
        for before, after in zip(heads[position:], heads[position + 1 :], strict=False):
            if not self._adjacent(words, before, after):
                break
            effects.append(after.effect)
        return tuple(dict.fromkeys(effects))

    def _adjacent(self, words: Words, before: Head, after: Head) -> bool:
        between = [n for n in words.norms[before.end : after.start] if n.strip()]
        return between == ["و"]

    def _limit(self, words: Words, heads: list[Head], position: int, end: int) -> int:
        """The end of what a head governs: the next head that is not joined to it."""
        while position + 1 < len(heads) and self._adjacent(words, heads[position], heads[position + 1]):
            position += 1
        return heads[position + 1].start if position + 1 < len(heads) else end

    def _phrases_after(
        self, words: Words, numbers: dict[int, Number], head: Head, limit: int, taken: set[int]
    ) -> list[CasualtyMention]:
        """The counted people behind a head, with those joined to them by "and"."""
        phrases: list[CasualtyMention] = []
        index, gap = head.end, 0
        while index < limit and gap < _REACH:
            norm = words.norms[index]
            phrase = None
            if index not in taken and (not phrases or self._is_joined(words, index)):
                phrase = self._phrase_at(words, numbers, index, limit, head)
            if phrase is not None:
                phrase = self._with_one_more(words, phrase, limit)
                phrases.append(phrase)
                taken.update(range(phrase.start, phrase.end))
                index, gap = phrase.end, _REACH - 5
                continue
            if norm in self._part or norm == self._mixed or self._stops(words, index):
                break
            index, gap = index + 1, gap + 1
        return phrases

    def _is_joined(self, words: Words, index: int) -> bool:
        """Whether "and" stands right before the token."""
        if words.norms[index - 1] == "(":
            return True
        previous = words.skip_back(index - 1, 0)
        return previous >= 0 and words.norms[previous] == self._and

    def _with_one_more(self, words: Words, phrase: CasualtyMention, limit: int) -> CasualtyMention:
        """One person told of by one, "… and another …, and a third": counted together."""
        if (phrase.min, phrase.max) != (1, 1):
            return phrase
        count, end = 1, phrase.end
        for index in range(phrase.end, min(limit, phrase.end + 24)):
            if words.norms[index] in self._one_more and index > 0 and words.norms[index - 1] == self._and:
                count, end = count + 1, index + 1
        return replace(phrase, min=count, max=count, end=end)

    def _stops(self, words: Words, index: int) -> bool:
        """Whether the way from a head to its figure is barred: by a stop or a word that begins another phrase."""
        return words.norms[index] in self._barriers

    def _phrase_at(
        self, words: Words, numbers: dict[int, Number], index: int, limit: int, head: Head | None
    ) -> CasualtyMention | None:
        """A counted noun, an uncounted one, or a bare number behind a head, that starts at `index`."""
        head_index = head.start if head else index
        if head is not None and index in self._persons:
            return self._named(words, index, limit, head_index)
        number = numbers.get(index)
        if number is not None and number.end <= limit:
            person = self._person_near(words, number.end, limit)
            if person is None:
                if head is None or not self._stands_alone(words, number.end, limit):
                    return None
                return CasualtyMention(index, number.end, "", number.min, number.max, "unknown", head_index)
            people = self._people_at(words, person)
            return CasualtyMention(
                index, person + 1, people.effect or "", number.min, number.max, people.group, head_index, person
            )
        return self._uncounted(words, index, limit, head, head_index)

    def _named(self, words: Words, index: int, limit: int, head_index: int) -> CasualtyMention:
        """People told of by name, counted: "the killing of A, B and C"."""
        count, end = 1, self._persons[index]
        while True:
            following = end
            while following < min(limit, end + 4) and (
                words.norms[following] == self._and or words.tags[following] in ("PUNCT", "SPACE")
            ):
                following += 1
            if following == end or following not in self._persons or following >= limit:
                return CasualtyMention(index, end, "", count, count, "unknown", head_index, index)
            count, end = count + 1, self._persons[following]

    def _stands_alone(self, words: Words, index: int, limit: int) -> bool:
        """Whether no noun follows a bare number, which would say what else it counts ("ten days")."""
        index = words.skip_forward(index, limit)
        return (
            index >= limit
            or words.tags[index] in ("PUNCT", "CLITIC")
            or words.norms[index] in self._filler | self._barriers | self._others | self._part
        )

    def _uncounted(
        self, words: Words, index: int, limit: int, head: Head | None, head_index: int
    ) -> CasualtyMention | None:
        norm = words.norms[index]
        if norm in self._others and head is not None:
            return CasualtyMention(index, index + 1, "", None, None, "unknown", head_index)
        if norm in self._one or norm in self._some:
            person = self._person_near(words, index + 1, limit)
            if person is None:
                return None
            people = self._people_at(words, person)
            low, high = (1, 1) if norm in self._one else (None, None)
            return CasualtyMention(index, person + 1, people.effect or "", low, high, people.group, head_index, person)
        if not self._is_people(words, index) or words.tags[index] != "WORD":
            return None
        people = self._people_at(words, index)
        if people.effect is None and head is None:
            return None
        if people.effect is not None and people.number == "singular" and words.lemmas[index] in self._heads.by_first:
            return None  # إصابة طفل: the noun is the effect, not one hurt
        if head is not None and index + 1 < limit and words.lemmas[index + 1] in self._nameless:
            return None  # "unknown gunmen" are those who did it
        low, high = _NUMBER_OF[people.number]
        end = index + 1
        names = words.skip_forward(end, limit)
        if low is None and head is not None and names in self._persons:
            named = self._named(words, names, limit, head_index)
            return replace(named, start=index, group=people.group, effect=people.effect or "", person=index)
        if end < limit and words.norms[end] in self._behind:
            low = high = self._behind[words.norms[end]]
            end += 1
        return CasualtyMention(index, end, people.effect or "", low, high, people.group, head_index, index)

    def _person_near(self, words: Words, index: int, limit: int) -> int | None:
        """The people's noun behind a figure, over at most three words such as "of", "at least"."""
        for step in range(index, min(limit, index + 4)):
            if self._is_people(words, step):
                return step
            if words.norms[step] not in self._filler and words.tags[step] not in ("SPACE", "PUNCT"):
                return None
            if words.norms[step] in ("،", ",", ":"):
                return None
        return None

    def _is_people(self, words: Words, index: int) -> bool:
        return words.norms[index] in self._people or words.lemmas[index] in self._people

    def _people_at(self, words: Words, index: int) -> People:
        found = self._people.get(words.norms[index])
        return found if found is not None else self._people[words.lemmas[index]]

    def _phrase_before(
        self, words: Words, numbers: dict[int, Number], head: Head, start: int, taken: set[int]
    ) -> list[CasualtyMention]:
        """The counted people before a verb: "173 civilians were killed"."""
        near = [i for i in range(max(start, head.start - _REACH), head.start) if i not in taken]
        for index in (*(i for i in near if i in numbers), *reversed([i for i in near if i >= head.start - 5])):
            phrase = self._phrase_at(words, numbers, index, head.start, head)
            if phrase is None or phrase.person is None:
                continue
            if index not in numbers and words.norms[phrase.person] != words.lemmas[phrase.person]:
                continue
            taken.update(range(phrase.start, phrase.end))
            return [phrase]
        return []

    def _bare(
        self, words: Words, numbers: dict[int, Number], start: int, end: int, taken: set[int]
    ) -> Iterator[CasualtyMention]:
        """Nouns that tell the effect by themselves, where no head governs them: "14 dead", "two martyrs"."""
        for index in range(start, end):
            if index in taken or (index > start and words.norms[index - 1] == self._mixed):
                continue
            phrase = self._phrase_at(words, numbers, index, end, None)
            if phrase is None or not phrase.effect or self._is_negated(words, index, start):
                continue
            noun = phrase.person if phrase.person is not None else phrase.start
            if phrase.min in (None, 1) and words.norms[noun] != words.lemmas[noun]:
                continue  # "the dead", "some of the wounded": no new figure
            taken.update(range(phrase.start, phrase.end))
            yield phrase

    def _is_negated(self, words: Words, index: int, start: int) -> bool:
        return any(words.norms[i] in self._negated for i in range(max(start, index - 5), index))

    def _parts(
        self,
        words: Words,
        numbers: dict[int, Number],
        found: list[CasualtyMention],
        start: int,
        end: int,
        taken: set[int],
    ) -> Iterator[CasualtyMention]:
        """Sub-counts behind "among them": they take the effect of the total before them."""
        for index in range(start, end):
            if words.norms[index] not in self._part or words.norms[index] in self._not_part:
                continue
            totals = [c for c in found if c.end <= index and not c.part]
            if not totals:
                continue
            total = max(totals, key=lambda c: (c.end, c.start))
            head = Head(total.head, total.head + 1, total.effect, False)
            for phrase in self._phrases_after(words, numbers, replace_end(head, index + 1), end, taken):
                yield replace(phrase, effect=phrase.effect or total.effect, part=True)


def replace_end(head: Head, end: int) -> Head:
    """`head` as if it ended at `end`, so that its figures are looked for behind it."""
    return Head(head.start, end, head.effect, head.verbal)

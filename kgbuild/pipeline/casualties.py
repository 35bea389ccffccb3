"""Finds who was hurt and how many (`kgbuild_casualties`).

Reads tokens, sentences, `doc._.numbers` and `doc._.mentions`; sets `doc._.casualties`. A number is a casualty only
through a noun or verb of `data/<language>/casualties.toml` that governs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.pipeline.casualty_phrases import CasualtyMention, Head, PhraseReader
from kgbuild.pipeline.casualty_words import casualty_words
from kgbuild.pipeline.words import words_of

_REACH = 9
"""How many tokens a figure may stand away from the word that governs it."""
_REACH_OF_NEXT = 4
"""The same for a figure joined to the one before it."""
_REACH_OF_TOLLS = 36
"""How far from "the number of the dead" the figure may stand that it rose to."""
_NEGATION_REACH = 5
_REACH_OF_LIFE = 6
"""How far behind "lost" the life may stand that was lost."""
_UNARMED = frozenset({"civilian", "child", "woman", "man", "journalist", "medic", "aidWorker"})


@Language.factory("kgbuild_casualties", assigns=["doc._.casualties"], requires=["doc._.numbers", "doc._.mentions"])
def create(nlp: Language, name: str) -> CasualtyFinder:
    """The component for the pipeline's language."""
    return CasualtyFinder(nlp)


class CasualtyFinder:
    """Reads effect words, the figures and nouns they govern, and sub-counts behind "among them"."""

    def __init__(self, nlp: Language) -> None:
        self._lexicon = casualty_words(nlp)

    def __call__(self, doc: Doc) -> Doc:
        numbers = {number.start: number for number in doc._.numbers}
        persons = {m.start: m.end for m in doc._.mentions if m.cls == "Person"}
        reader = PhraseReader(words_of(doc), self._lexicon, numbers, persons)
        doc._.casualties = tuple(
            figure for sentence in doc.sents for figure in SentenceTolls(reader, sentence.start, sentence.end).read()
        )
        return doc


@dataclass(slots=True)
class SentenceTolls:
    """The figures of the sentence of tokens [start, end). `taken` are the tokens that belong to a figure already."""

    reader: PhraseReader
    start: int
    end: int
    heads: list[Head] = field(init=False)
    taken: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.heads = list(self._heads())
        self.taken = {i for head in self.heads if head.end > head.start + 1 for i in range(head.start, head.end)}

    def read(self) -> list[CasualtyMention]:
        """All figures in the order of the text."""
        found = [*self._governed(), *self._bare()]
        found.extend(self._parts(found))
        return sorted(found, key=lambda c: (c.start, c.effect))

    def _heads(self) -> Iterator[Head]:
        words, table = self.reader.words, self.reader.lexicon.heads
        index = self.start
        while index < self.end:
            hit = table.longest_at(words.norms, index, self.end)
            if hit is None and not self.reader.tells_effect(index):
                hit = table.longest_at(words.lemmas, index, self.end)
            if hit is None or words.tags[index] != "WORD":
                index += 1
                continue
            stop, (effect, verbal) = hit
            if stop > index + 1 or words.norms[index] not in self.reader.lexicon.homographs:
                yield Head(index, stop, self._loss(effect, stop), verbal)
            index = stop

    def _loss(self, effect: str, index: int) -> str:
        """ "lost his life", "the loss of a woman's life": killed, not missing."""
        near = range(index, min(self.end, index + _REACH_OF_LIFE))
        return "killed" if effect == "missing" and any(self._is("life", i) for i in near) else effect

    def _governed(self) -> Iterator[CasualtyMention]:
        """Figures behind or before the words that govern them."""
        settled: set[int] = set()
        for position, head in enumerate(self.heads):
            if self._is_negated(head.start):
                continue
            phrases = self._before(head) if self._looks_back(position) else []
            if phrases:
                settled.add(position)
                effects: tuple[str, ...] = (head.effect,)
            elif position - 1 not in settled and self._joins_previous(position):
                continue
            else:
                effects = self._joined_effects(position)
                phrases = self._summed(self._behind(head, self._limit(position)))
                if not phrases and head.verbal:
                    phrases = self._before(head)
                if not phrases and self._is("toll", head.start):
                    phrases = self._risen(head)
            for effect in effects:
                yield from (replace(phrase, effect=phrase.effect or effect) for phrase in phrases)

    def _is(self, kind: str, index: int) -> bool:
        return self.reader.lexicon.has(kind, self.reader.words.norms[index])

    def _is_negated(self, index: int) -> bool:
        return any(self._is("negated", i) for i in range(max(self.start, index - _NEGATION_REACH), index))

    def _looks_back(self, position: int) -> bool:
        """Whether the verb points to people named before it: by its ending, or as the first of two joined verbs."""
        head, norm = self.heads[position], self.reader.words.norms[self.heads[position].start]
        if self._is("backwards", head.start):
            return True
        if not head.verbal:
            return False
        if norm.endswith(("وا", "تا")):
            return True
        following = self.heads[position + 1] if position + 1 < len(self.heads) else None
        if following is None or not following.verbal or not self._joins_previous(position + 1):
            return False
        return any(self.reader.is_people(i) for i in range(max(self.start, head.start - 4), head.start))

    def _joins_previous(self, position: int) -> bool:
        """Whether only "and" stands between this head and the one before it."""
        if position == 0:
            return False
        before, head = self.heads[position - 1], self.heads[position]
        between = [i for i in range(before.end, head.start) if self.reader.words.tags[i] != "SPACE"]
        return len(between) == 1 and self._is("and", between[0])

    def _joined_effects(self, position: int) -> tuple[str, ...]:
        """Both effects of "the killing and wounding of"."""
        effects = [self.heads[position].effect]
        while position + 1 < len(self.heads) and self._joins_previous(position + 1):
            position += 1
            effects.append(self.heads[position].effect)
        return tuple(dict.fromkeys(effects))

    def _limit(self, position: int) -> int:
        """The end of what a head governs: the next head that is not joined to it."""
        while position + 1 < len(self.heads) and self._joins_previous(position + 1):
            position += 1
        return self.heads[position + 1].start if position + 1 < len(self.heads) else self.end

    def _behind(self, head: Head, limit: int) -> list[CasualtyMention]:
        """The counted people behind a head, with those joined to them by "and"."""
        phrases: list[CasualtyMention] = []
        index, gap = head.end, 0
        while index < limit and gap < (_REACH_OF_NEXT if phrases else _REACH):
            phrase = None
            if index not in self.taken and (not phrases or self.reader.is_joined(index)):
                phrase = self.reader.at(index, limit, head)
            if phrase is not None:
                phrases.append(self._take(self.reader.with_one_more(phrase, limit)))
                index, gap = phrases[-1].end, 0
                continue
            if self._is_barrier(index, head):
                break
            index, gap = index + 1, gap + 1
        return phrases

    def _is_barrier(self, index: int, head: Head) -> bool:
        """Whether a head governs nothing behind the token; "a family of five", "the toll rose to five" go on."""
        if self._is("measures", index) and any(
            self._is("measured", i) for i in range(head.start, min(index, head.end + 3))
        ):
            return False
        return any(self._is(kind, index) for kind in ("part", "mixed", "barriers"))

    def _take(self, phrase: CasualtyMention) -> CasualtyMention:
        self.taken.update(range(phrase.start, phrase.end))
        return phrase

    def _before(self, head: Head) -> list[CasualtyMention]:
        """The counted people before a verb: "173 civilians were killed", "a child was hurt"."""
        near = [i for i in range(max(self.start, head.start - _REACH), head.start) if i not in self.taken]
        nouns = [i for i in near if i >= head.start - 5 and self.reader.is_indefinite(i)]
        for index in (*(i for i in near if i in self.reader.numbers), *reversed(nouns)):
            phrase = self.reader.at(index, head.start, head)
            if phrase is None or (phrase.person is None and phrase.end != head.start):
                continue
            if phrase.person is None:
                return [self._take(phrase)]
            if index not in self.reader.numbers and not self.reader.is_indefinite(phrase.person):
                continue
            return [self._take(phrase)]
        return []

    def _risen(self, head: Head) -> list[CasualtyMention]:
        """ "the number of those killed by … rose *to 49*", "rose *to 9* … the number of the dead"."""
        near = range(max(self.start, head.start - _REACH_OF_TOLLS), min(self.end, head.end + _REACH_OF_TOLLS))
        for index in sorted(near, key=lambda i: (i < head.start, i)):
            number = self.reader.numbers.get(index)
            if number is None or index in self.taken or not self._is("risen", index - 1):
                continue
            phrase = self.reader.at(index, self.end, head)
            if phrase is not None:
                return [self._take(phrase)]
            return [self._take(CasualtyMention(index, number.end, "", number.min, number.max, "unknown", head.start))]
        return []

    def _summed(self, phrases: list[CasualtyMention]) -> list[CasualtyMention]:
        """ "a woman and three of her children": the sum, and each kind as part of it."""
        counted = [p for p in phrases if p.min is not None and p.person is not None and not p.effect]
        if len(counted) < 2:
            return phrases
        if any(self.reader.words.norms[i] in ("(", ":") for i in range(counted[0].end, counted[1].start)):
            return [phrases[0], *(replace(p, part=True) for p in phrases[1:])]
        groups = {p.group for p in counted}
        group = counted[0].group if len(groups) == 1 else "civilian" if groups <= _UNARMED else "unknown"
        high = None if any(p.max is None for p in counted) else sum(p.max or 0 for p in counted)
        low = sum(p.min or 0 for p in counted)
        total = replace(counted[0], end=counted[-1].end, min=low, max=high, group=group)
        if len(groups) == 1:
            return [total, *(p for p in phrases if p not in counted)]
        parts = (p for p in phrases if p.person not in self.reader.persons)
        return [total, *(replace(p, part=True) if p in counted else p for p in parts)]

    def _bare(self) -> Iterator[CasualtyMention]:
        """Nouns that tell the effect by themselves, where no head governs them: "14 dead", "two martyrs"."""
        words = self.reader.words
        for index in range(self.start, self.end):
            if index in self.taken or self._is_undivided(index):
                continue
            phrase = self.reader.at(index, self.end, None)
            if phrase is None or not phrase.effect or self._is_negated(index) or self._shares(phrase):
                continue
            noun = phrase.person if phrase.person is not None else phrase.start
            known = phrase.min in (None, 1) or phrase.effect == "detained"
            if known and words.norms[noun] != words.lemmas[noun]:
                continue  # "the dead", "some of the wounded", "thousands of the detained": no new figure
            yield from self._with_other_effect(self._take(phrase))

    def _is_undivided(self, index: int) -> bool:
        """Whether the noun only names one of two effects over which a figure is not divided ("21 dead or wounded")."""
        if index > self.start and self._is("mixed", index - 1):
            return True
        first = index - 2
        joined = first > self.start and self._is("and", index - 1) and self.reader.tells_effect(first)
        return joined and self._is("mixed", first - 1)

    def _with_other_effect(self, phrase: CasualtyMention) -> Iterator[CasualtyMention]:
        """ "80 dead and wounded": nobody knows how many are which; "tens of dead and wounded" are tens of each."""
        other = self._other_effect(phrase)
        if other is None:
            yield phrase
            return
        vague = phrase.min is not None and phrase.max is not None and phrase.max > phrase.min
        shared = phrase if vague else replace(phrase, min=None, max=None)
        yield shared
        yield self._take(replace(shared, effect=other, end=phrase.end + 2))

    def _other_effect(self, phrase: CasualtyMention) -> str | None:
        """The effect of the noun that "and" joins to that of a counted phrase, where it has no figure of its own."""
        if phrase.person is None or phrase.start == phrase.person or phrase.end + 1 >= self.end:
            return None
        joined = self._is("and", phrase.end) and phrase.end + 1 not in self.taken
        other = self.reader.effect_of(phrase.end + 1) if joined else None
        return other if other != phrase.effect else None

    def _shares(self, phrase: CasualtyMention) -> bool:
        """Whether a word of the phrase belongs to a figure already ("the bodies of *four people* who were killed")."""
        return any(i in self.taken for i in range(phrase.start, phrase.end))

    def _parts(self, found: list[CasualtyMention]) -> Iterator[CasualtyMention]:
        """Sub-counts behind "among them": they take the effect of the total before them."""
        for index in range(self.start, self.end):
            if not self._is("part", index) or self._is("part_exempt", index):
                continue
            totals = [c for c in found if c.end <= index and not c.part]
            if not totals:
                continue
            total = max(totals, key=lambda c: (c.end, c.start))
            for phrase in self._behind(Head(total.head, index + 1, total.effect, False), self.end):
                yield replace(phrase, effect=phrase.effect or total.effect, part=True)

"""Finds who was hurt and how many (`kgbuild_casualties`).

Reads tokens, sentences, `doc._.numbers`, `doc._.mentions` and `doc._.triggers`; sets `doc._.casualties`. A number is a
casualty only through a noun or verb of `data/<language>/casualties.toml` that governs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.pipeline.casualty_rules.governed import GovernedTolls
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention, Head, PhraseReader
from kgbuild.pipeline.casualty_rules.sums import divided, summed, with_effects, with_groups
from kgbuild.pipeline.casualty_rules.words import casualty_words
from kgbuild.pipeline.words import sentences_of, words_of

_FORCES = frozenset({"ArmedGroup", "StateForce"})


_NEEDS = ["doc._.numbers", "doc._.dates", "doc._.mentions", "doc._.triggers"]


@Language.factory("kgbuild_casualties", assigns=["doc._.casualties"], requires=_NEEDS)
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
        names = {m.start: m.end for m in doc._.mentions}
        forces = frozenset(m.start for m in doc._.mentions if m.cls in _FORCES)
        times = {date.start: date.end for date in doc._.dates}
        deeds = frozenset(t.start for t in doc._.triggers if t.meaning.form == "verb")
        events = frozenset(t.start for t in doc._.triggers if t.meaning.form == "noun")
        places = frozenset(at for m in doc._.mentions if m.group == "place" for at in range(m.start, m.end))
        reader = PhraseReader(
            words_of(doc), self._lexicon, numbers, persons, names, forces, times, deeds, events, places
        )
        doc._.casualties = tuple(
            figure
            for start, end in sentences_of(doc)
            for figure in SentenceTolls(GovernedTolls(reader, start, end)).read()
        )
        return doc


@dataclass(frozen=True, slots=True)
class SentenceTolls:
    """The figures of a sentence: those that some word governs, nouns that tell by themselves, and sub-counts."""

    governed: GovernedTolls

    @property
    def _reader(self) -> PhraseReader:
        return self.governed.reader

    def read(self) -> list[CasualtyMention]:
        """All figures in the order of the text."""
        found = [*self.governed.read(), *self._bare()]
        found.extend(self._parts(found))
        return with_groups(sorted(found, key=lambda c: (c.start, c.effect)), self._reader)

    def _is(self, kind: str, index: int) -> bool:
        return self._reader.lexicon.has(kind, self._reader.words.norms[index])

    def _bare(self) -> Iterator[CasualtyMention]:
        """Nouns that tell the effect by themselves, where no head governs them: "14 dead", "two martyrs"."""
        for index in filter(self._reader.may_count, range(self.governed.start, self.governed.end)):
            if index in self.governed.taken:
                continue
            phrase = self._reader.at(index, self.governed.end, None)
            if phrase is None or not phrase.effect or self._is_undivided(index):
                continue
            if self.governed.is_negated(index) or self._shares(phrase):
                continue
            if (bodies := self._bodies(index)) and len(bodies) > 1:
                yield from with_effects(bodies, (phrase.effect,))
            elif not self._is_known(phrase):
                yield from self._with_other_effect(self.governed.take(phrase))

    def _bodies(self, index: int) -> list[CasualtyMention]:
        """ "the bodies of *three children and a woman*": the sum, and each kind as part of it."""
        head = Head(index, index + 1, self._reader.effect_of(index) or "", False)
        if not self._is("remains", index) or self._reader.at(index + 1, self.governed.end, head) is None:
            return []
        return summed(self.governed.behind(head, self.governed.end), self._reader)

    def _is_known(self, phrase: CasualtyMention) -> bool:
        """ "the dead", "some of the wounded", "thousands of the detained" are known; "a number of the dead" is new."""
        words, noun = self._reader.words, phrase.start if phrase.person is None else phrase.person
        if words.norms[noun] == words.lemmas[noun]:
            return phrase.min is None and self._names_the_hurt(noun + 1)
        if self._is("uncounted", phrase.start) and self._is("of", noun - 1):
            return False
        return phrase.min in (None, 1) or phrase.effect == "detained"

    def _names_the_hurt(self, index: int) -> bool:
        """Whether a word with article stands there that says what befell people ("the bodies of *the dead*")."""
        inside = self.governed.start <= index < self.governed.end
        return inside and self._reader.words.norms[index].startswith("ال") and bool(self._reader.effect_of(index))

    def _is_undivided(self, index: int) -> bool:
        """Whether the noun only names one of two effects over which a figure is not divided ("21 dead or wounded")."""
        if index > self.governed.start and self._is("mixed", index - 1):
            return True
        first = index - 2
        joined = first > self.governed.start and self._is("and", index - 1) and self._reader.tells_effect(first)
        return joined and self._is("mixed", first - 1)

    def _with_other_effect(self, phrase: CasualtyMention) -> Iterator[CasualtyMention]:
        """ "80 dead and wounded": nobody knows how many are which; "tens of dead and wounded" are tens of each."""
        other = self._other_effect(phrase)
        if other is None:
            yield phrase
            return
        first, second = divided(phrase, (phrase.effect, other))
        yield first
        yield self.governed.take(replace(second, end=phrase.end + 2))

    def _other_effect(self, phrase: CasualtyMention) -> str | None:
        """The effect of the noun that "and" joins to that of a counted phrase, where it has no figure of its own."""
        if phrase.person is None or phrase.start == phrase.person or phrase.end + 1 >= self.governed.end:
            return None
        joined = self._is("and", phrase.end) and phrase.end + 1 not in self.governed.taken
        other = self._reader.effect_of(phrase.end + 1) if joined else None
        return None if other in (None, phrase.effect) or self._reader.is_happening(phrase.end + 1) else other

    def _shares(self, phrase: CasualtyMention) -> bool:
        """Whether a word of the phrase belongs to a figure already ("the bodies of *four people* who were killed")."""
        return any(i in self.governed.taken for i in range(phrase.start, phrase.end))

    def _parts(self, found: list[CasualtyMention]) -> Iterator[CasualtyMention]:
        """Sub-counts behind "among them", with the effect of the total before them, and behind "among the dead"."""
        norms, parting = self._reader.words.norms, self._reader.lexicon.parting
        for index in (i for i in range(self.governed.start, self.governed.end) if norms[i] in parting):
            total = self._total_of(index, found)
            if total is not None:
                for phrase in self.governed.behind(total, self.governed.end):
                    if self._names_the_hurt(index - 1) and phrase.person in self._reader.persons:
                        if self._tells_all(total, index, found):
                            yield replace(phrase, effect=total.effect)
                        continue  # "the dead are A and B" names them all
                    yield replace(self._counted_before(phrase, index), effect=phrase.effect or total.effect, part=True)

    def _tells_all(self, total: Head, index: int, found: list[CasualtyMention]) -> bool:
        """Whether the names are the only figure, behind what happened: "X was shelled, and *the dead are A and B*"."""
        known = any(c.effect == total.effect and c.min is not None for c in found)
        events = self._reader.events | self._reader.deeds
        return not known and any(self.governed.start <= at < index for at in events)

    def _is_partitive(self, index: int) -> bool:
        """Whether the word stands for those told of before, of whom some are counted: "seven of *them* children"."""
        return self._is("those_counted", index) and index > self.governed.start and self._is("of", index - 1)

    def _counted_before(self, phrase: CasualtyMention, index: int) -> CasualtyMention:
        """ "*three* of them children": the figure before the word at `index` counts the people behind it."""
        end = index - self._is_partitive(index)
        number = next((n for i in (end - 1, end - 2) if (n := self._reader.numbers.get(i)) and n.end == end), None)
        if number is None or phrase.min is not None or phrase.start != index + 1:
            return phrase
        return replace(phrase, start=number.start, min=number.min, max=number.max)

    def _total_of(self, index: int, found: list[CasualtyMention]) -> Head | None:
        """The word that sub-counts behind the token belong to, as one whose reach begins behind it."""
        if self._is("among", index) and self._names_the_hurt(index + 1):
            return Head(index, index + 2, self._reader.effect_of(index + 1) or "", True)
        if not self._is_partitive(index) and (not self._is("part", index) or self._is("part_exempt", index)):
            return None
        if self._names_the_hurt(index - 1):  # "the dead are a woman and her child"
            return Head(index, index + 1, self._reader.effect_of(index - 1) or "", True)
        totals = [c for c in found if c.end <= index and not c.part]
        total = max(totals, key=lambda c: (c.end, c.start), default=None)
        return Head(total.head, index + 1, total.effect, True) if total is not None else None

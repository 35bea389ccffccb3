"""People who stand before the verb that tells what befell them: "173 civilians were killed"."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from kgbuild.pipeline.casualty_rules.apposition import told_one_by_one
from kgbuild.pipeline.casualty_rules.heads import Heads
from kgbuild.pipeline.casualty_rules.named import named_before
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention, Head, PhraseReader
from kgbuild.pipeline.words import COMMAS

_REACH = 9
"""How many tokens a figure may stand before the verb."""
_REACH_OF_ASIDE = 20
_REACH_OF_RUN = 12
_REACH_OF_JOINED = 7


@dataclass(frozen=True, slots=True)
class PeopleBeforeVerb:
    """Finds them in the sentence that begins at `start`. `taken` are the tokens that belong to a figure already."""

    reader: PhraseReader
    heads: Heads
    start: int
    taken: Set[int]

    def read(self, head: Head) -> list[CasualtyMention]:
        """The counted people before a verb: "173 civilians were killed", "a child and his father were hurt"."""
        near = [i for i in self._near_before(head) if i not in self.taken]
        nouns = [i for i in near if i >= head.start - 5 and self.reader.is_indefinite(i)]
        for index in (*(i for i in near if i in self.reader.numbers), *reversed(nouns)):
            phrase = self.reader.at(index, head.start, head)
            if phrase is None or (phrase.person is None and phrase.end != head.start):
                continue
            counted = index in self.reader.numbers
            if not counted and (self._is("of", index - 1) or not self._is_subject(phrase, head)):
                continue
            run = self._run_before(phrase, head)
            if len(run) == 1 and phrase.min is None and self.heads.is_dual(head):
                return [replace(phrase, min=2, max=2)]  # مدنيين are two or more, but for the verb
            return run
        if self.heads.agrees(head):
            return []
        named = named_before(self.reader, head, self.start, self.taken)
        return [] if named is None else [named]

    def _near_before(self, head: Head) -> list[int]:
        """The tokens before a verb that it may tell of, over an aside ("19 people, among them a child, were")."""
        inside: set[int] = set()
        commas = [i for i in range(max(self.start, head.start - _REACH_OF_ASIDE), head.start) if self._is_comma(i)]
        opening = next((comma for comma in commas[:-1] if self._opens_part(comma + 1)), None)
        if opening is not None:
            inside = set(range(opening, commas[-1] + 1))
        outside = [i for i in range(self.start, head.start) if i not in inside]
        return outside[-_REACH:]

    def _opens_part(self, index: int) -> bool:
        """Whether "among them" stands there, or "seven of them"."""
        number = self.reader.numbers.get(index)
        counted = index + 1 if number is None else number.end
        return self._is("part", index) or (self._is("of", counted) and self._is("those_counted", counted + 1))

    def _is_comma(self, index: int) -> bool:
        return self.reader.words.norms[index] in COMMAS

    def _is_subject(self, phrase: CasualtyMention, head: Head) -> bool:
        """Whether a noun before a verb is the one hurt: nothing but adjectives between, unless the verb agrees."""
        if phrase.person is not None and not self.reader.is_indefinite(phrase.person):
            return False
        gap = range(phrase.end, head.start)
        return self.heads.agrees(head) or all(
            self.reader.words.tags[i] not in ("CLITIC", "PUNCT") and not self._is("before_nouns", i) for i in gap
        )

    def _run_before(self, last: CasualtyMention, head: Head) -> list[CasualtyMention]:
        """The phrase with the people that "and" joins to it before the verb."""
        if one_by_one := told_one_by_one(self.reader, last, head.start, head):
            return [last, *one_by_one]
        run, floor = [last], max(self.start, head.start - _REACH_OF_RUN)
        while self.reader.is_joined(run[0].start):
            end = self.reader.words.skip_back(run[0].start - 1, floor)
            starts = (i for i in range(end - 1, max(floor, end - _REACH_OF_JOINED) - 1, -1) if i not in self.taken)
            found = (self.reader.at(i, end, head) for i in starts)
            before = next((p for p in found if p is not None and self._reaches(p, end)), None)
            if before is None:
                break
            run.insert(0, before)
        for index in range(last.end, head.start):
            if self._is("part", index):
                break
            phrase = self.reader.at(index, head.start, head) if self.reader.is_joined(index) else None
            if phrase is not None and index >= run[-1].end:
                run.append(phrase)
        return run

    def _reaches(self, phrase: CasualtyMention, end: int) -> bool:
        """Whether nothing but what describes the people stands between a phrase and `end` ("a leader in X")."""
        if phrase.end == end:
            return True
        gap = range(phrase.end, end)
        plain = all(self.reader.words.tags[i] in ("WORD", "SPACE") and i not in self.taken for i in gap)
        counted = phrase.min is not None and not self._is("attackers", phrase.start)
        return plain and counted and phrase.person is not None and self.reader.is_indefinite(phrase.person)

    def _is(self, kind: str, index: int) -> bool:
        return self.reader.lexicon.has(kind, self.reader.words.norms[index])

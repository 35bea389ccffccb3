"""The words of a sentence that say what happened to people, and how two of them are joined ("killed and wounded")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kgbuild.pipeline.casualty_rules.phrases import Head, PhraseReader

_REACH_OF_LIFE = 8
"""How far behind "lost" the life may stand that was lost."""
_REACH_OF_SUBJECT = 4
_THEIRS = ("هم", "هن", "هما")
_REACH_OF_OBJECT = 16
"""How far behind "claimed" the lives may stand, what claimed them being told between."""


@dataclass(slots=True)
class Heads:
    """Those of the sentence of tokens [start, end), in order, as `found`."""

    reader: PhraseReader
    start: int
    end: int
    found: list[Head] = field(init=False)

    def __post_init__(self) -> None:
        self.found = list(self._find())

    def _find(self) -> Iterator[Head]:
        index, words, lexicon = self.start, self.reader.words, self.reader.lexicon
        while index < self.end:
            if words.norms[index] not in lexicon.heading and words.lemmas[index] not in lexicon.heading:
                index += 1
                continue
            head = self._lost_at(index) or self._parted_at(index) or self._at(index)
            if head is not None:
                yield head
            index = head.end if head is not None else index + 1

    def _at(self, index: int) -> Head | None:
        words, lexicon = self.reader.words, self.reader.lexicon
        if words.tags[index] != "WORD":
            return None
        hit = lexicon.heads.longest_at(words.norms, index, self.end)
        # what has an article, or a preposition before it, is no verb
        noun = hit is None or (index > self.start and self._is("before_nouns", index - 1))
        if hit is None and not self.reader.tells_effect(index):
            hit = lexicon.heads.longest_at(words.lemmas, index, self.end)
        if hit is None:
            return None
        stop, (effect, verbal) = hit
        if stop == index + 1 and (
            words.norms[index] in lexicon.homographs or self._is("manner", index) or self._orders(index)
        ):
            return None
        lost = effect == "missing" and stop == index + 1 and (self._is_life_near(stop) or self._is_own_near(stop))
        return Head(index, stop, "killed" if lost else effect, verbal and not noun)

    def _orders(self, index: int) -> bool:
        """ "a decree that *orders* the setting up of": no death by what happened stands behind it."""
        by = index + 1
        ordering = by < self.end and self._is("ordering", index) and self._is("by", by)
        return ordering and by + 1 not in self.reader.events

    def _lost_at(self, index: int) -> Head | None:
        """فقد with lives, one's own men or a figure behind it: read as "and so already" (ف + قد), it means "lost"."""
        behind = index + 2
        if behind >= self.end or not (self._is("so", index) and self._is("already", index + 1)):
            return None
        if self._is_life_near(behind) or self._is_own_near(behind):
            return Head(index, behind, "killed", True)
        number = self.reader.numbers.get(behind)
        counted = number is not None and self.reader.counts_people(number)
        return Head(index, behind, "missing", True) if counted else None

    def _parted_at(self, index: int) -> Head | None:
        """A verb whose object tells of deaths, behind what caused them: "the raid on X claimed *the lives* of"."""
        objects = self.reader.lexicon.parted.get(self.reader.words.norms[index])
        if objects is None or self.reader.words.tags[index] != "WORD":
            return None
        near = range(index + 1, min(self.end, index + _REACH_OF_OBJECT))
        found = next((i for i in near if self.reader.words.norms[i] in objects), None)
        return None if found is None else Head(found, found + 1, "killed", True)

    def _is_life_near(self, index: int) -> bool:
        """ "lost his life", "the loss of a woman's life": killed, not missing."""
        return any(self._is("life", i) for i in range(index, min(self.end, index + _REACH_OF_LIFE)))

    def _is_own_near(self, index: int) -> bool:
        """ "lost four of its men": killed as well."""
        near = range(index + 1, min(self.end, index + _REACH_OF_LIFE))
        return any(self._is("of", i - 1) and self.reader.is_own_fighters(i) for i in near)

    def _is(self, kind: str, index: int) -> bool:
        return self.reader.lexicon.has(kind, self.reader.words.norms[index])

    def repeats(self, position: int) -> bool:
        """Whether a verb only says whom the toll right before it counts ("the number of the dead *who fell*")."""
        if position == 0 or not self._is("who", self.found[position].start - 1):
            return False
        before = self.found[position - 1]
        return self._is("toll", before.start) and before.end == self.found[position].start - 1

    def tells_toll(self, head: Head) -> bool:
        """ "(rose to seven) the number of the people who were killed", "the number of who were killed"."""
        index = self.reader.words.skip_back(head.start - 1, self.start)
        if not head.verbal or index < self.start or not (self._is("who", index) or self._is("of", index)):
            return False
        index = self.reader.words.skip_back(index - 1, self.start)
        if index > self.start and self.reader.is_people(index):
            index = self.reader.words.skip_back(index - 1, self.start)
        return index >= self.start and self._is("toll", index)

    def joins_previous(self, position: int) -> bool:
        """Whether only "and" stands between this head and the one before it, which has no pronoun ("his death and")."""
        if position == 0:
            return False
        before, head = self.found[position - 1], self.found[position]
        norm = self.reader.words.norms[before.start]
        if norm in self.reader.lexicon.pronouns or (not before.verbal and norm.endswith(_THEIRS)):
            return False
        between = [i for i in range(before.end, head.start) if self.reader.words.tags[i] != "SPACE"]
        return len(between) == 1 and self._is("and", between[0])

    def joined_effects(self, position: int) -> tuple[str, ...]:
        """Both effects of "the killing and wounding of"."""
        return tuple(dict.fromkeys(head.effect for head in self.found[position : self._last_joined(position) + 1]))

    def limit(self, position: int) -> int:
        """The end of what a head governs: the next head that is not joined to it."""
        following = self._last_joined(position) + 1
        return self.found[following].start if following < len(self.found) else self.end

    def _last_joined(self, position: int) -> int:
        while position + 1 < len(self.found) and self.joins_previous(position + 1):
            position += 1
        return position

    def looks_back(self, position: int) -> bool:
        """Whether the verb points to people named before it: by its ending, or as the first of two joined verbs."""
        head = self.found[position]
        if any(self._is("backwards", i) for i in range(head.start, head.end)) or (
            self.agrees(head) and not self.has_object(head)
        ):
            return True
        if not head.verbal or position + 1 == len(self.found):
            return False
        if not self.found[position + 1].verbal or not self.joins_previous(position + 1):
            return False
        return any(self.reader.is_people(i) for i in range(max(self.start, head.start - _REACH_OF_SUBJECT), head.start))

    def agrees(self, head: Head) -> bool:
        """Whether the verb has the ending of the plural or the dual, so that those it tells of stand before it."""
        norm = self.reader.words.norms[head.start]
        return head.verbal and norm.endswith(("وا", "ا")) and not norm.endswith(("ها", "هما"))

    def has_object(self, head: Head) -> bool:
        """Whether those counted stand right behind a verb in the plural: "they killed four soldiers"."""
        number = self.reader.numbers.get(head.end)
        counted = number is not None and self.reader.counts_people(number)
        return counted and self.agrees(head)

    def is_dual(self, head: Head) -> bool:
        """Whether the verb has the ending of the dual."""
        return self.agrees(head) and not self.reader.words.norms[head.start].endswith("وا")

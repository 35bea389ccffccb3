"""Cuts a sentence into the stretches that each tell one incident."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgbuild.assembly.cues import Cues
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import Words

_LONGEST_FRONT = 10
_LONGEST_PLACE = 4
_LONGEST_INSERT = 10
_REACH_OF_EARLIER = 3
_REACH_OF_MADE = 6
"""Tokens between an attack and "that X made"."""
_STOPS = frozenset({"،", ",", "؛", ";", ":", "::"})


@dataclass(slots=True)
class Clause:
    """A stretch of tokens with what was found in it.

    `effect`: it tells what followed from the clause before it. `opener`: the phrase that opens it, else "".
    """

    start: int
    end: int
    triggers: list[Trigger]
    casualties: list[CasualtyMention]
    effect: bool = False
    opener: str = ""


@dataclass(slots=True)
class ClauseCutter:
    """Finds the clauses of the sentence [start, end). `places` are the tokens of the names of places in it."""

    words: Words
    cues: Cues
    start: int
    end: int
    triggers: list[Trigger]
    casualties: list[CasualtyMention]
    places: frozenset[int] = frozenset()
    _events: set[int] = field(init=False)
    _tolls: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self._events = {t.start for t in self.triggers}
        self._tolls = {c.head for c in self.casualties if not c.part} - self._events

    def clauses(self) -> list[Clause]:
        """The clauses in order; together they cover the sentence."""
        cuts = [self.start]
        inside = {i for t in self.triggers for i in range(t.start + 1, t.end)}  # "shot and killed" is one phrase
        for index in range(self.start + 1, self.end):
            if index not in inside and self._is_cut(index, cuts[-1]):
                cuts.append(index)
        return [self._clause(at, stop) for at, stop in zip(cuts, [*cuts[1:], self.end], strict=True)]

    def _clause(self, at: int, stop: int) -> Clause:
        return Clause(
            at,
            stop,
            [t for t in self.triggers if at <= t.start < stop],
            [c for c in self.casualties if at <= c.head < stop],
            effect=self._opens_effect(at, stop),
            opener=self._opener(at, stop),
        )

    def _is_cut(self, index: int, last: int) -> bool:
        """Whether a new clause begins at `index`: an opener, or "and"/a comma before a verb that tells something."""
        norms, segments = self.words.norms, self.cues.segments
        previous = self.words.skip_back(index - 1, self.start)
        after_stop = previous >= self.start and norms[previous] in _STOPS
        conjunction = self.cues.kinds.get(norms[index]) == "and"
        opens = norms[index] in segments.openers.by_first or norms[index] in segments.earlier.by_first
        if not (after_stop or conjunction or opens):
            return False
        if self._opens_earlier_toll(index, last):
            return True
        if after_stop and (
            self._is_insert(index, last) or self._is_caption(last, previous) or self._parts_subject(index, last)
        ):
            return False
        opener = segments.openers.longest_at(norms, index, self.end)
        if opener is not None:
            opens = after_stop or norms[index] not in segments.soft_openers
            return opens and not self._adds_to_toll(opener[1], index, last) and not self._lists_place(index)
        if not (conjunction or after_stop):
            return False
        first = self.words.skip_forward(index + 1, self.end) if conjunction else index
        if first >= self.end:
            return False
        if self._fronts(first) or (conjunction and self._fronts_toll(first, last, index)):
            return True
        if after_stop and not conjunction and self._fronts(self._after_and(last)):
            return False  # the place told in front belongs to what follows it
        if self._opens_effect(first, self.end):
            return True
        if segments.openers.longest_at(norms, first, self.end) is not None:
            return not self._lists_place(first)
        return self._starts_telling(first, last, index)

    def _adds_to_toll(self, opener: str, index: int, last: int) -> bool:
        """ "two were hurt, *besides* damage to houses, by shelling": what befell them is told only behind the word."""
        hurt = any(last <= at < index for at in self._tolls)
        told = any(last <= at < index for at in self._events)
        return opener in self.cues.segments.adding and hurt and not told

    def _lists_place(self, index: int) -> bool:
        """ "shelled X, *as well as Y*": a place alone stands behind the word, and nothing is told of it."""
        joining = self.cues.segments.joining.longest_at(self.words.norms, index, self.end)
        if joining is None or joining[0] not in self.places:
            return False
        stop = next((i for i in range(joining[0], self.end) if self.words.norms[i] in _STOPS), self.end)
        return not any(index <= at < stop for at in self._events | self._tolls)

    def _opens_earlier_toll(self, index: int, last: int) -> bool:
        """ "the attack comes a day after the killing of …": a toll behind "after" is another's."""
        hit = self.cues.segments.earlier.longest_at(self.words.norms, index, self.end)
        if hit is None or not any(last <= at < index for at in self._events):
            return False
        return any(hit[0] <= at <= hit[0] + _REACH_OF_EARLIER and self._is_noun_toll(at) for at in self._tolls)

    def _is_insert(self, index: int, last: int) -> bool:
        """ "fighting broke out, as the monitor said, *in X*": the clause goes on with its place behind a remark."""
        norms, limit = self.words.norms, min(self.end, index + _LONGEST_INSERT)
        first = self.words.skip_forward(self._after_and(index), self.end)
        stop = next((i for i in range(first, limit) if norms[i] in _STOPS), self.end)
        goes_on = self.words.skip_forward(stop + 1, self.end)
        if goes_on >= self.end or not any(last <= at < index for at in self._events):
            return False
        told = any(index <= at <= goes_on for at in self._events | self._tolls)
        said = any(norms[i] in self.cues.verbs.speech for i in range(first, min(stop, first + 2)))
        found = self.cues.roles.longest_at(norms, goes_on, self.end)
        if not said or told or found is None or found[1] not in ("place", "target"):
            return False
        return any(found[0] <= at <= found[0] + _LONGEST_PLACE for at in self.places)

    def _is_caption(self, start: int, stop: int) -> bool:
        """ "*X:* raids on the market": nothing but places stands before the stop."""
        captions = [i for i in range(start, stop) if self.words.tags[i] not in ("SPACE", "PUNCT")]
        return bool(captions) and self.places.issuperset(captions)

    def _parts_subject(self, index: int, last: int) -> bool:
        """ "said that *X, shelled* Y": a comma between a subject and its verb, with nothing told before."""
        if not any(t.start == index and t.meaning.form == "verb" for t in self.triggers):
            return False
        norms, verbs = self.words.norms, self.cues.verbs
        opening = next((i for i in range(index - 1, last - 1, -1) if norms[i] in self.cues.segments.openings), None)
        if opening is None or any(last <= at < index for at in self._events | self._tolls):
            return False
        return not any(norms[i] in verbs.speech | verbs.light | verbs.suffered for i in range(opening + 1, index))

    def _is_noun_toll(self, index: int) -> bool:
        return self.words.norms[index] in self.cues.tolls.nouns

    def _after_and(self, index: int) -> int:
        """The token itself, or the one behind it where it is "and"."""
        return index + 1 if self.cues.kinds.get(self.words.norms[index]) == "and" else index

    def _fronts(self, index: int) -> bool:
        """Whether "in X," stands here before the verb of speech or of the telling that it belongs to."""
        norms = self.words.norms
        index = self.words.skip_forward(index + 1, self.end) if norms[index] in self.cues.words.fronting else index
        if index >= self.end or self.cues.kinds.get(norms[index]) != "in":
            return False
        stop = next((i for i in range(index, min(self.end, index + _LONGEST_FRONT)) if norms[i] in _STOPS), None)
        if stop is None or any(index <= at < stop for at in self._events | self._tolls):
            return False
        verb = self.words.skip_forward(stop + 1, self.end)
        if verb < self.end and norms[verb] in self.cues.words.participles:
            return False
        return verb < self.end and (
            norms[verb] in self.cues.verbs.speech
            or norms[verb] in self.cues.verbs.light
            or norms[verb] in self.cues.verbs.suffered
            or verb in self._events
            or verb in self._tolls
        )

    def _fronts_toll(self, first: int, last: int, cut: int) -> bool:
        """ "five were killed in X, and *in Y were killed three*": the place before the verb opens another's toll."""
        if self.cues.kinds.get(self.words.norms[first]) != "in" or not any(last <= at < cut for at in self._tolls):
            return False
        return any(first < at <= first + _LONGEST_PLACE for at in self._tolls)

    def _starts_telling(self, first: int, last: int, cut: int) -> bool:
        """Whether a verb that tells something stands first, perhaps behind "was", "had" or a light verb."""
        for index in range(first, min(self.end, first + 3)):
            if index in self._events:
                joined = self._joins_nouns(index, cut) or self._carries_on(index, last, cut)
                return not joined and not self._is_awaited(index, last, cut)
            if index in self._tolls:
                return self._of_another_place(index, last, cut) or self._own_toll(index, last, cut)
            if self.words.norms[index] in self.cues.verbs.light or self.words.norms[index] in self.cues.verbs.speech:
                return True
            if self.words.norms[index] not in self.cues.words.auxiliaries:
                return False
        return False

    def _joins_nouns(self, index: int, cut: int) -> bool:
        """Whether "and" joins two event nouns of one clause ("raids and shelling of")."""
        previous = self.words.skip_back(cut - 1, self.start)
        return any(t.start <= previous < t.end + 1 and t.meaning.form == "noun" for t in self.triggers)

    def _carries_on(self, index: int, last: int, cut: int) -> bool:
        """ "raids by X, hit the village": a verb of aiming behind a bare comma says where the raids went."""
        trigger = next(t for t in self.triggers if t.start == index)
        if self.cues.kinds.get(self.words.norms[cut]) == "and":
            return trigger.meaning.id == "target" and self._is_described(last, cut)
        if trigger.meaning.id != "target" or index != cut:
            return False
        return any(last <= t.start < cut and t.meaning.form == "noun" for t in self.triggers)

    def _is_awaited(self, index: int, last: int, cut: int) -> bool:
        """ "X *saw*, as did Y, *fighting*", "X *made*, at dawn, *an attack*": an event noun that the verb before the
        comma waits for.
        """
        trigger = next(t for t in self.triggers if t.start == index)
        if trigger.meaning.form != "noun" or any(last <= at < cut for at in self._events | self._tolls):
            return False
        first = self.words.skip_forward(self._after_and(last), cut)
        carriers = self.cues.verbs.suffered | self.cues.verbs.light
        return any(self.words.norms[i] in carriers for i in (first, first + 1))

    def _is_described(self, last: int, cut: int) -> bool:
        """Whether who made the attack is told behind its noun: "an attack that X made *and which hit* Y"."""
        nouns = [t.end for t in self.triggers if last <= t.start < cut and t.meaning.form == "noun"]
        done_by = self.cues.verbs.done_by
        return any(self.words.norms[i] in done_by for end in nouns for i in range(end, min(cut, end + _REACH_OF_MADE)))

    def _of_another_place(self, index: int, last: int, cut: int) -> bool:
        """ "three were killed in X, *and one was killed* in Y": the same was told, and where, before the stop."""
        before = [c for c in self.casualties if last <= c.head < cut and not c.part]
        effects = {c.effect for c in self.casualties if c.head == index}
        if self.words.norms[self.words.skip_back(cut - 1, self.start)] not in _STOPS or not before:
            return False
        placed = any(self.cues.kinds.get(self.words.norms[i]) == "in" for i in range(before[-1].end, cut))
        return placed and any(c.effect in effects for c in before)

    def _own_toll(self, index: int, last: int, cut: int) -> bool:
        """Whether a toll behind "and" belongs to another incident: one was told before it, and one is told after it.

        Not so behind a colon ("massacre in X: 30 dead in a raid").
        """
        told = any(last <= t.start < cut and t.meaning.id != "massacre" for t in self.triggers)
        if not told or self.words.norms[self.words.skip_back(cut - 1, self.start)] == ":":
            return False
        ahead = range(index, min(self.end, index + 25))
        following = next((t for t in sorted(self._events) if t in ahead), None)
        if following is None:
            return False
        return not any(self.words.norms[i] in _STOPS and self._stops_toll(i) for i in range(index, following))

    def _stops_toll(self, index: int) -> bool:
        """Whether a new clause begins behind this stop, so that the toll before it has no cause of its own."""
        first = self.words.skip_forward(index + 1, self.end)
        return first < self.end and (
            self.cues.segments.openers.longest_at(self.words.norms, first, self.end) is not None
            or self.words.norms[first] in self.cues.verbs.speech
        )

    def _opens_effect(self, start: int, end: int) -> bool:
        """Whether the clause begins with "which led to", "and left behind" …"""
        index = start
        while index < end and (
            self.words.norms[index] in self.cues.words.effect_particles or self.words.tags[index] in ("SPACE", "PUNCT")
        ):
            index += 1
        return index < end and self.words.norms[index] in self.cues.verbs.effect

    def _opener(self, start: int, end: int) -> str:
        index = self.words.skip_forward(start, end)
        while index < end and (
            self.words.norms[index] in _STOPS or self.cues.kinds.get(self.words.norms[index]) == "and"
        ):
            index += 1
        found = self.cues.segments.openers.longest_at(self.words.norms, index, end) if index < end else None
        return found[1] if found else ""

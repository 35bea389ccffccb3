"""One clause → tellings of its own, or more of the telling before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from kgbuild.assembly.additions import REACH_OF_DAMAGE, add_damage, add_nearer_place
from kgbuild.assembly.anaphora import points_back
from kgbuild.assembly.clauses import Clause
from kgbuild.assembly.continuing import Continuation
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.events import EventFinder, lead_of
from kgbuild.assembly.filling import FrameFiller
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import BOMBINGS, GENERIC, KILLINGS, STRIKES, Frame, more_precise
from kgbuild.assembly.means import is_further, weigh_means
from kgbuild.pipeline.triggers import Trigger

_CLASS_OF_EFFECT = {
    "killed": "Killing",
    "injured": "Killing",
    "missing": "Abduction",
    "abducted": "Abduction",
    "detained": "Detention",
    "displaced": "Displacement",
}
_REACH_OF_VERB = 4


@dataclass(slots=True)
class ClauseReader:
    """Reads the clauses of one sentence in order into `frames`.

    `recent` is the last telling of the sentences before. Without `joins_effects`, what a clause tells of the dead and
    the damage stays apart from what led to it.
    """

    cues: Cues
    found: Findings
    filler: FrameFiller
    number: int
    headline: bool
    recent: Frame | None
    joins_effects: bool = True
    frames: list[Frame] = field(default_factory=list)
    _events: EventFinder = field(init=False)
    _continuing: Continuation = field(init=False)
    _resumed: Frame | None = None
    """The telling of a sentence before that the last clause went on about."""

    def __post_init__(self) -> None:
        self._events = EventFinder(self.cues, self.found)
        self._continuing = Continuation(self.cues, self.found, self.number, self.joins_effects)

    def read(self, clause: Clause) -> None:
        groups = self._events.groups(clause)
        told, before = self.recent, self.frames[-1] if self.frames else self._resumed
        if not groups:
            self._read_toll(clause, before)
        elif before is None and told is not None and self._continuing.is_bare_effect(clause, groups, told):
            self._resume(clause, told)
        elif before is None or self._continuing.has_own_place(clause):
            self._read_events(clause, groups)
        elif self._continuing.is_effect(clause):
            self._join(clause, self._hit_by(before))
        elif clause.opener in self.cues.segments.elaborating:
            self._elaborate(clause, groups[0], before)
        else:
            self._read_events(clause, groups)

    def _read_events(self, clause: Clause, groups: list[list[Trigger]]) -> None:
        begins = [clause.start, *(self._begin(before[-1].end, after[0]) for before, after in pairwise(groups))]
        for position, (group, begin) in enumerate(zip(groups, begins, strict=True)):
            stop = begins[position + 1] if position + 1 < len(groups) else clause.end
            frame = self._event(clause, group, begin, stop)
            frame.beside = position > 0 and self._events.accompanies(group[0], clause)
            came_before = position > 0 and not frame.beside and not self._follows(begin, clause.start)
            frame.earlier = frame.earlier or came_before
            self.frames.append(frame)

    def _begin(self, floor: int, noun: Trigger) -> int:
        """Where the telling at `noun` begins: at "after" with its subject, behind "said that", at the verb that
        carries it, or there.
        """
        for begin in (self._events.reply(noun, floor), self._events.turn(floor, noun.start), self._said(floor, noun)):
            if begin is not None:
                return begin
        return self._governor(noun.start, floor)

    def _said(self, floor: int, verb: Trigger) -> int | None:
        """Where "said *that* X was hit" opens what is told, with the subject before its verb."""
        norms, openings = self.found.words.norms, self.cues.segments.openings
        said = (i for i in range(verb.start - 1, floor, -1) if norms[i] in openings)
        return next(said, None) if verb.meaning.form == "verb" else None

    def _governor(self, noun: int, floor: int) -> int:
        """The verb shortly before an event noun that carries it, or its negation; else the noun itself."""
        norms, verbs = self.found.words.norms, self.cues.verbs
        for index in range(noun - 1, max(floor, noun - _REACH_OF_VERB) - 1, -1):
            if norms[index] in verbs.light or norms[index] in verbs.suffered:
                negated = index > floor and norms[index - 1] in self.cues.background.negations
                return index - 1 if negated else index
        return noun

    def _event(self, clause: Clause, group: list[Trigger], begin: int, stop: int) -> Frame:
        lead = lead_of(group)
        frame = self._frame(lead.meaning.cls, lead, lead.start, begin, stop)
        frame.casualties = [c for c in clause.casualties if begin <= c.start < stop or begin <= c.head < stop]
        self.filler.fill(frame, begin, stop, group)
        self._date_before(frame)
        frame.aside = self._is_aside(group[0], clause.start)
        frame.answering = self._events.reply(lead, clause.start) is not None
        frame.anaphoric = points_back(self.cues, self.found, frame, group[0])
        if self.recent is not None:
            weigh_means(self.found, self.cues, frame, group[0])
        self._liken(frame, group)
        frame.further = frame.further or is_further(self.found, self.cues, frame, group[0])
        return frame

    def _liken(self, frame: Frame, group: list[Trigger]) -> None:
        """ "a *similar* attack": of the kind of the one told just before."""
        told = self.frames[-1] if self.frames else self.recent
        if told is None or self.number - told.sentence > 1 or told.cls not in STRIKES | BOMBINGS | KILLINGS:
            return
        near = (i for t in group if t.meaning.form == "noun" for i in (t.start - 1, t.end, t.end + 1))
        similar = any(
            frame.start <= i < frame.end and self.found.words.norms[i] in self.cues.words.similar for i in near
        )
        if similar and frame.cls in GENERIC | {told.cls, "Bombing"}:
            frame.cls, frame.likened = told.cls, True
            frame.add("weapons", *told.weapons)

    def _read_toll(self, clause: Clause, before: Frame | None) -> None:
        """A clause without an event: its figures and damage belong to what was told, or tell a killing themselves."""
        sums_up = bool(clause.casualties) and self.cues.background.totals.stands_in(
            self.found.words.norms, clause.start, clause.end
        )
        if not sums_up and before is not None and self._continuing.belongs_to(clause, before):
            self._join(clause, self._hit_by(before))
            return
        if not sums_up and self.recent is not None and self._continuing.tells_more(clause, self.recent):
            self._resume(clause, self.recent)
            return
        if before is None and self.recent is not None and self._continuing.names_one_hurt(clause, self.recent):
            self._add_victims(clause, self.recent)
            self.recent.spans.append((clause.start, clause.end))
            return
        totals = [c for c in clause.casualties if not c.part]
        if totals:
            cls = _CLASS_OF_EFFECT[totals[0].effect]
            frame = self._frame(cls, None, totals[0].head, clause.start, clause.end)
            frame.casualties = list(clause.casualties)
            self.filler.fill(frame, clause.start, clause.end, [])
            self._date_before(frame)
            self.frames.append(frame)
        elif before is not None:
            self.filler.fill_facilities(before, clause.start, clause.end)
            dates = self.found.dates_in(clause.start, clause.end)
            before.date = before.date or self.filler.dating.day_of(before, dates)
            add_nearer_place(self.found, self.cues, before, clause.start, clause.end)
        elif self.recent is not None and self.number - self.recent.sentence <= REACH_OF_DAMAGE:
            add_damage(self.found, self.cues, self.recent, clause.start, clause.end)

    def _add_victims(self, clause: Clause, frame: Frame) -> None:
        """Those of the clause's figures that are told by name."""
        starts = {c.start for c in clause.casualties}
        names = self.found.names_in(clause.start, clause.end)
        frame.add("victims", *(m.entity for m in names if m.cls == "Person" and m.start in starts))

    def _is_aside(self, trigger: Trigger, start: int) -> bool:
        """Whether the event is told of a name only ("the base, *which X took on Monday*")."""
        previous = self.found.words.skip_back(trigger.start - 1, start)
        return previous >= start and self.found.words.norms[previous] in self.cues.words.relatives

    def _date_before(self, frame: Frame) -> None:
        """ "two days after *the attack*": its date is reckoned from that of what was told before, or of the article."""
        if frame.date is not None:
            return
        told = self.frames[-1].date if self.frames else None
        day = self.filler.dating.before(frame, told, self.cues.days_between)
        if day is not None:
            frame.date, frame.earlier = day, True

    def _hit_by(self, before: Frame) -> Frame:
        """The raid whose missiles the air defence met, as "in which two were killed" is of the raid."""
        if before.cls != "WeaponInterception":
            return before
        told = [f for f in (self.recent, *self.frames) if f is not None and self.number - f.sentence <= 1]
        return next((f for f in reversed(told) if f.cls in STRIKES and not f.headline), before)

    def _join(self, clause: Clause, frame: Frame) -> None:
        frame.casualties.extend(clause.casualties)
        frame.spans.append((clause.start, clause.end))
        self.filler.fill_facilities(frame, clause.start, clause.end)
        if self.cues.words.passive:  # "shot, *and killed X*"
            self._add_victims(clause, frame)

    def _resume(self, clause: Clause, told: Frame) -> None:
        self._join(clause, told)
        self._resumed = told

    def _elaborate(self, clause: Clause, group: list[Trigger], frame: Frame) -> None:
        """ "…, where a car bomb killed 19": the clause tells more of the incident before it."""
        detail = self._frame(lead_of(group).meaning.cls, lead_of(group), group[0].start, clause.start, clause.end)
        self.filler.fill(detail, clause.start, clause.end, group)
        frame.cls = more_precise(frame, detail)
        for slot in ("agents", "targets", "weapons", "victims"):
            frame.add(slot, *getattr(detail, slot))
        frame.facilities |= detail.facilities
        frame.casualties.extend(clause.casualties)
        frame.date = frame.date or detail.date
        frame.spans.append((clause.start, clause.end))

    def _frame(self, cls: str, trigger: Trigger | None, head: int, start: int, end: int) -> Frame:
        return Frame(cls, trigger, head, start, end, self.number, headline=self.headline, spans=[(start, end)])

    def _follows(self, begin: int, start: int) -> bool:
        """Whether "followed by" stands before `begin`: then it came later, as it is told."""
        near = range(max(start, begin - 2), begin)
        return any(self.found.words.norms[i] in self.cues.verbs.following for i in near)

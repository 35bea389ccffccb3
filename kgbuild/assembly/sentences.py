"""One sentence → the tellings of incidents in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from kgbuild.assembly.background import is_background
from kgbuild.assembly.classes import refined_class
from kgbuild.assembly.clauses import Clause, ClauseCutter
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import AllFindings, Findings
from kgbuild.assembly.frames import GENERIC, Frame, more_precise, related
from kgbuild.assembly.roles import RoleReader
from kgbuild.pipeline.annotations import DateMention, EntityMention
from kgbuild.pipeline.casualty_phrases import CasualtyMention
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import Words, words_of

_CLASS_OF_EFFECT = {
    "killed": "Killing",
    "injured": "Killing",
    "missing": "Abduction",
    "abducted": "Abduction",
    "detained": "Detention",
    "displaced": "Displacement",
}


_OF_THINGS = frozenset({"launch", "fall", "intercept"})
"""Words that tell an incident only of a weapon."""


@dataclass(slots=True)
class SentenceReader:
    """Reads the sentences of one document in order.

    Without `joins_effects`, what a clause tells of the dead and the damage stays apart from what led to it.
    """

    doc: Doc
    cues: Cues
    joins_effects: bool = True
    last: Frame | None = None
    hurt: Frame | None = None
    recent: Frame | None = None
    _all: AllFindings = field(init=False)
    _found: Findings = field(init=False)
    """What was found in the sentence that is read."""

    def __post_init__(self) -> None:
        self._all = AllFindings(self.doc)

    def read(self, start: int, end: int, number: int, *, headline: bool) -> list[Frame]:
        """The tellings in the sentence of tokens [start, end); `number` counts the sentences of the document."""
        words = words_of(self.doc)
        self._found = self._all.within(start, end)
        names = [m for m in self._found.mentions if m.group != "weapon" and not m.generic]
        triggers = [t for t in self._found.triggers if not any(m.start <= t.start and t.end <= m.end for m in names)]
        casualties = self._found.casualties
        whole, mentions = Clause(start, end, triggers, casualties), self._mentions(start, end)
        triggers = [t for t in triggers if t.meaning.id not in _OF_THINGS or self._tells(words, t, whole, mentions)]
        if not triggers and not casualties:
            self._roster(words, start, end)
            return []
        frames: list[Frame] = []
        for clause in ClauseCutter(words, self.cues, start, end, triggers, casualties).clauses():
            clause.effect = clause.effect and self.joins_effects
            frames.extend(self._clause(words, clause, frames, number, headline))
        if any(self.cues.earlier_toll.longest_at(words.norms, i, end) for i in range(start, end)):
            for frame in frames:
                frame.superseded, frame.casualties, frame.anaphoric = frame.casualties, [], True
        if any(self.cues.rising.longest_at(words.norms, i, end) for i in range(start, end)):
            for frame in frames:
                frame.anaphoric = True
        hurt = [f for f in frames if f.casualties]
        self.hurt = hurt[-1] if hurt else self.hurt
        self.recent = frames[-1] if frames and not headline else self.recent
        for frame in frames:
            self._inherit_agents(words, frame)
            frame.background = is_background(words, frame, start, end, self.cues)
        return frames

    def _roster(self, words: Words, start: int, end: int) -> None:
        """ "The dead are A, B and C": the names belong to the toll told last."""
        if self.hurt is None or not any(norm in self.cues.the_hurt for norm in words.norms[start:end]):
            return
        persons = [m.entity for m in self._mentions(start, end) if m.group == "person" and m.cls != "PopulationGroup"]
        if persons:
            self.hurt.add("victims", *persons)
            self.hurt.spans.append((start, end))

    def _inherit_agents(self, words: Words, frame: Frame) -> None:
        """ "the shelling", "they also hit …": who did it was said with what was told just before."""
        last = self.last
        if frame.agents and not frame.headline:
            self.last = frame
        if last is None or frame.agents or frame.trigger is None or not related(frame.cls, last.cls):
            return
        distance, meaning = frame.sentence - last.sentence, frame.trigger.meaning
        pointing = meaning.form == "noun" and (frame.trigger.definite or meaning.id == "target")
        carried = meaning.form == "verb" and meaning.frame == "attack" and distance == 0
        if (pointing and distance <= 2) or (carried and words.norms[frame.start] not in self.cues.effect_verbs):
            frame.agents = [agent for agent in last.agents if agent not in frame.targets]
            if frame.cls in GENERIC and frame.cls != "Offensive":
                frame.cls = last.cls

    def _clause(self, words: Words, clause: Clause, frames: list[Frame], number: int, headline: bool) -> list[Frame]:
        mentions = self._mentions(clause.start, clause.end)
        events = [t for t in clause.triggers if self._tells(words, t, clause, mentions)]
        groups = self._groups(words, events, clause)
        if not groups:
            return self._without_event(words, clause, mentions, frames, number, headline)
        if clause.effect and frames and not _has_own_place(mentions, clause):
            self._join_effects(words, clause, frames[-1])
            return []
        if clause.opener in self.cues.elaborating and frames and not _has_own_place(mentions, clause):
            self._elaborate(words, clause, groups[0], frames[-1])
            return []
        made = []
        for position, group in enumerate(groups):
            stop = groups[position + 1][0].start if position + 1 < len(groups) else clause.end
            begin = clause.start if position == 0 else group[0].start
            made.append(self._frame(words, clause, group, begin, stop, number, headline, position > 0))
        return made

    def _mentions(self, start: int, end: int) -> list[EntityMention]:
        """The names in [start, end) but for those that only say who speaks."""
        speakers = {at for claim in self._found.claims if claim.kind != "responsibility" for at in claim.named}
        return [m for m in self._found.mentions if start <= m.start < end and m.entity and m.start not in speakers]

    def _tells(self, words: Words, trigger: Trigger, clause: Clause, mentions: list[EntityMention]) -> bool:
        """Whether a weak word tells an incident here: beside a weapon, a casualty or what it is aimed at."""
        if not trigger.meaning.weak:
            return True
        near = [m for m in mentions if trigger.end <= m.start <= trigger.end + 12]
        if trigger.meaning.id == "target":
            return bool(mentions) or bool(clause.casualties)
        if trigger.meaning.id == "launch" and self._is_gunfire(words, trigger, clause.end):
            return True
        if trigger.meaning.id == "advance":
            return any(m.group == "place" for m in near)
        if trigger.meaning.id in _OF_THINGS:
            return any(m.group == "weapon" and m.start <= trigger.end + 5 for m in near)
        if trigger.meaning.id == "massacre":
            return bool(clause.casualties) or bool(near)
        return any(d.interval.earliest for d in self._dates(clause.start, clause.end))

    def _is_gunfire(self, words: Words, trigger: Trigger, end: int) -> bool:
        """ "opened … fire": the object may stand behind the doer."""
        return any(norm in self.cues.gunfire for norm in words.norms[trigger.end : min(end, trigger.end + 6)])

    def _dates(self, start: int, end: int) -> list[DateMention]:
        return [d for d in self._found.dates if start <= d.start < end]

    def _groups(self, words: Words, events: list[Trigger], clause: Clause) -> list[list[Trigger]]:
        """Triggers that tell one incident together; what stands behind "after", "in reply to" is another."""
        groups: list[list[Trigger]] = []
        for trigger in events:
            if groups and self.cues.earlier.longest_before(words.norms, trigger.start, clause.start) is not None:
                groups.append([trigger])
            elif groups:
                groups[-1].append(trigger)
            else:
                groups.append([trigger])
        return groups

    def _without_event(
        self,
        words: Words,
        clause: Clause,
        mentions: list[EntityMention],
        frames: list[Frame],
        number: int,
        headline: bool,
    ) -> list[Frame]:
        if frames and (clause.effect or self._continues(clause, mentions, frames[-1])):
            self._join_effects(words, clause, frames[-1])
            return []
        if clause.effect and self.recent is not None and not _has_own_place(mentions, clause):
            self._join_effects(words, clause, self.recent)
            return []
        totals = [c for c in clause.casualties if not c.part]
        if not totals:
            if frames:
                self._facility_effects(words, clause.start, clause.end, frames[-1])
            return []
        frame = self._new_frame(_CLASS_OF_EFFECT[totals[0].effect], None, totals[0].head, clause, number, headline)
        frame.casualties = list(clause.casualties)
        self._complete(words, frame, clause.start, clause.end, [])
        return [frame]

    def _continues(self, clause: Clause, mentions: list[EntityMention], frame: Frame) -> bool:
        """Whether figures without a place of their own carry on the toll of the telling before."""
        if not self.joins_effects or _has_own_place(mentions, clause):
            return False
        known = {c.effect for c in frame.casualties if not c.part}
        return all(c.part or c.effect not in known for c in clause.casualties)

    def _join_effects(self, words: Words, clause: Clause, frame: Frame) -> None:
        frame.casualties.extend(clause.casualties)
        frame.spans.append((clause.start, clause.end))
        self._facility_effects(words, clause.start, clause.end, frame)

    def _elaborate(self, words: Words, clause: Clause, group: list[Trigger], frame: Frame) -> None:
        """ "…, where a car bomb killed 19": the clause tells more of the incident before it."""
        detail = Frame(_lead(group).meaning.cls, _lead(group), group[0].start, clause.start, clause.end, frame.sentence)
        self._complete(words, detail, clause.start, clause.end, group)
        frame.cls = more_precise(frame, detail)
        for slot in ("agents", "targets", "weapons", "victims"):
            frame.add(slot, *getattr(detail, slot))
        frame.facilities |= detail.facilities
        frame.casualties.extend(clause.casualties)
        frame.date = frame.date or detail.date
        frame.spans.append((clause.start, clause.end))

    def _frame(
        self,
        words: Words,
        clause: Clause,
        group: list[Trigger],
        begin: int,
        stop: int,
        number: int,
        headline: bool,
        earlier: bool,
    ) -> Frame:
        lead = _lead(group)
        frame = self._new_frame(lead.meaning.cls, lead, lead.start, clause, number, headline)
        frame.start, frame.end, frame.earlier = begin, stop, earlier
        frame.spans = [(begin, stop)]
        frame.casualties = [c for c in clause.casualties if begin <= c.start < stop or begin <= c.head < stop]
        self._complete(words, frame, begin, stop, group)
        frame.anaphoric = self._points_back(words, frame, group[0])
        return frame

    def _points_back(self, words: Words, frame: Frame, trigger: Trigger) -> bool:
        """ "the shelling …": a definite event noun without a place, or as the subject of what it led to."""
        if not trigger.definite or trigger.meaning.form != "noun":
            return False
        near = words.norms[max(frame.start, trigger.start - 2) : trigger.end + 3]
        return not frame.places or (not frame.agents and any(norm in self.cues.effect_verbs for norm in near))

    def _new_frame(
        self, cls: str, trigger: Trigger | None, head: int, clause: Clause, number: int, headline: bool
    ) -> Frame:
        frame = Frame(cls, trigger, head, clause.start, clause.end, number, headline=headline)
        frame.spans = [(clause.start, clause.end)]
        return frame

    def _complete(self, words: Words, frame: Frame, start: int, end: int, group: list[Trigger]) -> None:
        mentions = self._mentions(start, end)
        frame.casualties = [_with_side(c, mentions) for c in frame.casualties]
        frame.cls = refined_class(words, frame, start, end, mentions, group, self.cues)
        dates = self._dates(start, end)
        times = frozenset(index for date in dates for index in range(date.start, date.end))
        RoleReader(words, self.cues, mentions, start, end, times).fill(frame, group)
        self._facility_effects(words, start, end, frame)
        if dates:
            nearest = min(dates, key=lambda d: abs(d.start - frame.head))
            frame.date = nearest.interval
        for index in range(max(start, frame.head - 8), min(end, frame.head + 12)):
            if self.cues.hedges.longest_at(words.norms, index, end) is not None:
                frame.hedged = True

    def _facility_effects(self, words: Words, start: int, end: int, frame: Frame) -> None:
        """ "the destruction of the mosque": the effect word before a facility, within reach, tells its fate."""
        facilities = [m for m in self._mentions(start, end) if m.group == "facility"]
        index = start
        while index < end:
            hit = self.cues.effects_on_facilities.longest_at(words.norms, index, end)
            if hit is None:
                index += 1
                continue
            stop, effect = hit
            behind = [m for m in facilities if stop <= m.start <= stop + 6]
            ahead = [m for m in facilities if m.end <= index and index - m.end <= 6]
            chosen = behind[:1] or ahead[-1:]
            for mention in chosen:
                if frame.facilities.get(mention.entity) != "destroyed":
                    frame.facilities[mention.entity] = effect
                frame.add("targets", mention.entity)
            index = stop


def _lead(group: list[Trigger]) -> Trigger:
    """The trigger that says most of what happened."""
    return max(group, key=lambda t: (not t.meaning.weak, _WEIGHT.get(t.meaning.id, 1), -t.start))


_WEIGHT = {
    "gain": 3,
    "suicide": 4,
    "chemical": 4,
    "assassinate": 3,
    "airstrike": 3,
    "shell": 3,
    "blast": 3,
    "explode": 2,
}


def _with_side(casualty: CasualtyMention, mentions: list[EntityMention]) -> CasualtyMention:
    """ "11 of ISIS": people counted by nothing but their force are combatants."""
    if casualty.group != "unknown":
        return casualty
    forces = [m for m in mentions if m.cls in ("ArmedGroup", "StateForce") and 0 <= m.start - casualty.end <= 3]
    return replace(casualty, group="combatant") if forces else casualty


def _has_own_place(mentions: list[EntityMention], clause: Clause) -> bool:
    first = min((c.start for c in clause.casualties), default=clause.start)
    return any(m.group == "place" and m.cls != "Country" and m.start >= first - 12 for m in mentions)

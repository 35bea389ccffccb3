"""One sentence → the tellings of incidents in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from kgbuild.assembly.background import is_background, is_unreal
from kgbuild.assembly.classes import refined_class
from kgbuild.assembly.clauses import Clause, ClauseCutter
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import AllFindings, Findings
from kgbuild.assembly.frames import (
    ARMED,
    BOMBINGS,
    GENERIC,
    GROUND,
    KILLINGS,
    LASTING,
    STRIKES,
    Frame,
    more_precise,
    related,
)
from kgbuild.assembly.roles import RoleReader
from kgbuild.model import DateInterval
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


_REACH_OF_DEMANDS = 3
"""Tokens between "demanded" and the arrest or the death that was demanded."""
_REACH_OF_SUBJECT = 5
_DATELINE = 12
_DASHES = frozenset({"-", "–", "—", "--", "ـ", "/"})
_LONG = 3
"""Days that no single strike lasts."""

_GIVEN = frozenset({"attack", "explosion", "detonate", "kill"})
"""Events of which "the …" names one that was told before."""

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
        casualties = [
            c for c in self._found.casualties if not is_unreal(words, c.head, start, self.cues, reach=_REACH_OF_DEMANDS)
        ]
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
            frame.background = is_background(words, frame, start, end, self._dates(start, end), self.cues)
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
        if self._is_suffered(words, frame, frame.trigger):
            return
        pointing = meaning.form == "noun" and (frame.trigger.definite or meaning.id == "target")
        carried = meaning.form == "verb" and meaning.frame == "attack" and distance == 0
        if (pointing and distance <= 2) or (carried and words.norms[frame.start] not in self.cues.effect_verbs):
            frame.agents = [agent for agent in last.agents if agent not in frame.targets]
            if frame.cls in GENERIC and frame.cls != "Offensive":
                frame.cls = last.cls

    def _clause(self, words: Words, clause: Clause, frames: list[Frame], number: int, headline: bool) -> list[Frame]:
        mentions = self._mentions(clause.start, clause.end)
        events = [t for t in clause.triggers if self._tells(words, t, clause, mentions)]
        events = [t for t in events if not is_unreal(words, t.start, clause.start, self.cues)] or events
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
            follows = any(words.norms[i] in self.cues.following for i in range(max(clause.start, begin - 2), begin))
            earlier = position > 0 and not follows
            made.append(self._frame(words, clause, group, begin, stop, number, headline, earlier))
        return made

    def _mentions(self, start: int, end: int) -> list[EntityMention]:
        """The names in [start, end) but for those that only say who speaks."""
        claims = [claim for claim in self._found.claims if claim.kind != "responsibility"]
        speakers = {at for claim in claims for at in (*claim.named, *claim.seats)}
        speakers |= self._dateline(start, end)
        return [m for m in self._found.mentions if start <= m.start < end and m.entity and m.start not in speakers]

    def _dateline(self, start: int, end: int) -> frozenset[int]:
        """The places before a dash at the start of a sentence ("Baghdad (AFP) - …"): where it was written."""
        words = words_of(self.doc)
        at = frozenset(
            m.start for m in self._found.mentions if m.group == "place" and start <= m.start < start + _DATELINE
        )
        if start not in at:
            return frozenset()
        stop = next((i for i in range(start, min(end, start + _DATELINE)) if words.norms[i] in _DASHES), None)
        told = any(start <= t.start < (stop or start) for t in self._found.triggers)
        return frozenset(i for i in at if stop is not None and i < stop and not told)

    def _place_of_source(self, start: int, end: int) -> list[str]:
        """Where the source of the claims in [start, end) is: "a hospital in X said" may be all that tells the place."""
        at = {seat for claim in self._found.claims for seat in claim.seats} | self._dateline(start, end)
        return [
            m.entity for m in self._found.mentions if start <= m.start < end and m.start in at and m.group == "place"
        ]

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
        if trigger.meaning.id == "enter":
            return any(m.group in ("place", "facility") for m in near) and self._fighters_follow(words, trigger)
        if trigger.meaning.id == "flee":
            return any(m.cls in ARMED and abs(m.start - trigger.start) <= _REACH_OF_SUBJECT for m in mentions)
        if trigger.meaning.id == "besieging":
            return any(m.group == "place" and m.start <= trigger.end + _REACH_OF_SUBJECT for m in near)
        if trigger.meaning.id == "burning":
            return any(m.group == "actor" and m.start <= trigger.end + 3 for m in near)
        return any(d.interval.earliest for d in self._dates(clause.start, clause.end))

    def _fighters_follow(self, words: Words, trigger: Trigger) -> bool:
        """Whether those who move are fighters or a force, not a convoy or a law."""
        armed = {m.start for m in self._found.mentions if m.cls in ARMED}
        near = range(trigger.end, min(len(words.norms), trigger.end + 2))
        return any(i in armed or words.lemmas[i] in self.cues.fighters for i in near)

    def _is_gunfire(self, words: Words, trigger: Trigger, end: int) -> bool:
        """ "opened … fire": the object may stand behind the doer."""
        return any(norm in self.cues.gunfire for norm in words.norms[trigger.end : min(end, trigger.end + 6)])

    def _dates(self, start: int, end: int) -> list[DateMention]:
        return [d for d in self._found.dates if start <= d.start < end]

    def _groups(self, words: Words, events: list[Trigger], clause: Clause) -> list[list[Trigger]]:
        """Triggers that tell one incident together; what stands behind "after", "in reply to" is another."""
        groups: list[list[Trigger]] = []
        for trigger in events:
            if not groups or self._opens_group(words, trigger, groups[-1], clause):
                groups.append([trigger])
            else:
                groups[-1].append(trigger)
        return groups

    def _opens_group(self, words: Words, trigger: Trigger, group: list[Trigger], clause: Clause) -> bool:
        if self.cues.earlier.longest_before(words.norms, trigger.start, clause.start) is not None:
            return True
        behind = words.skip_forward(trigger.end, clause.end)
        if behind < clause.end and words.norms[behind] in self.cues.another:
            return True
        clash = trigger.meaning.frame == "clash"
        before = range(max(clause.start, trigger.start - 2), trigger.start)
        if clash and any(words.norms[i] in self.cues.following for i in before):
            return True
        first = trigger.start
        while first - 1 > clause.start and words.norms[first - 1] in self.cues.between_times:
            first -= 1
        if self.cues.earlier.longest_before(words.norms, first, clause.start) is not None:
            return True
        if trigger.meaning.weak:
            return False
        return not any(_one_story(t.meaning.cls, trigger.meaning.cls) for t in group)

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
        """ "the shelling …": a definite event noun without a place, or as the subject of its sentence."""
        if not trigger.definite or trigger.meaning.form != "noun":
            return False
        if self._is_suffered(words, frame, trigger):
            return False
        if trigger.meaning.number == "singular" and trigger.meaning.frame in _GIVEN and not frame.agents:
            return True
        near = words.norms[max(frame.start, trigger.start - 2) : trigger.end + 3]
        return not frame.places or (not frame.agents and any(norm in self.cues.effect_verbs for norm in near))

    def _is_suffered(self, words: Words, frame: Frame, trigger: Trigger) -> bool:
        """Whether the event noun only says what somebody came under, which points back to nothing."""
        return any(norm in self.cues.suffered for norm in words.norms[frame.start : trigger.start])

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
        frame.add("seats", *self._place_of_source(start, end))
        frame.date = self._date(words, frame, dates)
        for index in range(max(start, frame.head - 8), min(end, frame.head + 12)):
            if self.cues.hedges.longest_at(words.norms, index, end) is not None:
                frame.hedged = True

    def _date(self, words: Words, frame: Frame, dates: list[DateMention]) -> DateInterval | None:
        """The date nearest to the trigger; "for three weeks" dates what lasts, not what strikes."""
        lasting, day = frame.cls in LASTING, self.doc._.article.published
        past = [d for d in dates if day is None or d.interval.earliest is None or d.interval.earliest <= day]
        fitting = [
            d for d in past if lasting or not (words.norms[d.start] in self.cues.since and d.interval.days() > _LONG)
        ]
        fitting = [d for d in fitting if not self._dates_a_name(words, frame, d)]
        return min(fitting, key=lambda d: abs(d.start - frame.head)).interval if fitting else None

    def _dates_a_name(self, words: Words, frame: Frame, date: DateMention) -> bool:
        """Whether the date belongs to what is told of a place ("…, which fell in May"), not to the incident."""
        names = [m for m in self._found.mentions if m.group == "place" and frame.head < m.end <= date.start]
        behind = (words.norms[m.end] for m in names if m.end < date.start)
        return date.interval.days() > 0 and any(norm in self.cues.relatives for norm in behind)

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


def _one_story(a: str, b: str) -> bool:
    """Whether words of two classes may tell one incident in a clause: "assassinated X by setting off a bomb"."""
    means = STRIKES | BOMBINGS | GROUND
    return related(a, b) or (a in KILLINGS and b in means) or (b in KILLINGS and a in means)


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

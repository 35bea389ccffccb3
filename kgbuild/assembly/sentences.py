"""One sentence → the tellings of incidents in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kgbuild.assembly.additions import REACH_OF_DAMAGE, add_damage, add_doers
from kgbuild.assembly.anaphora import is_suffered
from kgbuild.assembly.background import is_background, is_unreal
from kgbuild.assembly.clauses import Clause, ClauseCutter
from kgbuild.assembly.coordination import carries_on, elides_subject, has_unnamed_doer, shares_subject
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.events import EventFinder
from kgbuild.assembly.filling import FrameFiller
from kgbuild.assembly.findings import AllFindings, Findings
from kgbuild.assembly.frames import GENERIC, GROUND, STRIKES, Frame, related
from kgbuild.assembly.rosters import Roster
from kgbuild.assembly.telling import ClauseReader
from kgbuild.pipeline.annotations import EntityMention, written_on
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention
from kgbuild.pipeline.triggers import Trigger

_HELD = frozenset({"abducted", "detained"})
_REACH_OF_FREEING = 4
_REACH_OF_DEMANDS = 3
"""Tokens between "demanded" and the arrest or the death that was demanded."""
_MOST_DEAD = 3000
"""More are the dead of a war, not of an incident."""
_THOUSANDS = (1000, 9999)
""" "thousands" of dead are those of a war, too."""
_PAIR = 2
_EVERYWHERE = 3
_TOWNS = frozenset({"City", "Governorate", "Country"})
_REACH_OF_AGENTS = 2
"""Sentences over which who did it is thought to hold."""
_REACH_OF_DOERS = 2
_REACH_OF_AREA = 2
_REACH_OF_BURIAL = 5


@dataclass(slots=True)
class SentenceReader:
    """Reads the sentences of one document in order. Without `joins_effects`: see ClauseReader.

    It keeps the last tellings: that with agents, that with figures, and that of the body.
    """

    doc: Doc
    cues: Cues
    joins_effects: bool = True
    _all: AllFindings = field(init=False)
    _with_agents: Frame | None = None
    _with_figures: Frame | None = None
    _last: Frame | None = None
    _pair: Sequence[str] = ()
    _heading: Frame | None = None
    _placed: Frame | None = None
    _roster: Roster = field(init=False)

    def __post_init__(self) -> None:
        self._all = AllFindings(self.doc)
        self._roster = Roster(self.cues)

    def read(self, start: int, end: int, number: int, *, headline: bool) -> list[Frame]:
        """The tellings in the sentence of tokens [start, end); `number` counts the sentences of the document."""
        found = self._all.within(start, end)
        casualties = self._casualties(found, start)
        triggers = self._triggers(found, Clause(start, end, found.triggers, casualties))
        if not triggers and not casualties:
            self._add(found, start, end, number)
            return []
        filler = FrameFiller(self.cues, found, written_on(self.doc))
        reader = ClauseReader(self.cues, found, filler, number, headline, self._last, self.joins_effects)
        places = frozenset(at for m in found.mentions if m.group == "place" for at in range(m.start, m.end))
        for clause in ClauseCutter(found.words, self.cues, start, end, triggers, casualties, places).clauses():
            reader.read(clause)
        self._mark_tolls(found, reader.frames, start, end)
        self._remember(reader.frames, headline=headline)
        self._read_list(found, reader.frames, start, end)
        for frame in reader.frames:
            self._inherit_agents(found, frame)
            self._resolve_pair(found, frame)
            told = is_background(found.words, frame, start, end, found.dates, self.cues)
            frame.background = told or self._is_everywhere(found, frame)
        return reader.frames

    def _read_list(self, found: Findings, frames: list[Frame], start: int, end: int) -> None:
        """ "The coalition conducted nine strikes:", and below it "- Near X, two strikes …": the line over a list says
        whose they are and of what kind, and tells none of its own.
        """
        norms = found.words.norms
        item = norms[found.words.skip_forward(start, end)] in self.cues.words.bullets
        if self._heading is not None and item:
            for frame in frames:
                if not frame.agents and related(frame.cls, self._heading.cls):
                    frame.agents = [agent for agent in self._heading.agents if agent not in frame.targets]
                    frame.cls = self._heading.cls if frame.cls in GENERIC else frame.cls
                    self._heading.background = True
        elif not item:
            over_list = norms[found.words.skip_back(end - 1, start)] == ":" and frames
            self._heading = frames[-1] if over_list else None

    def _is_everywhere(self, found: Findings, frame: Frame) -> bool:
        """ "the battles went on in Damascus, Homs and Aleppo": of one war, in no certain place and with no toll."""
        event = frame.trigger
        if event is None or event.meaning.number != "plural" or frame.cls != "ArmedClash" or frame.casualties:
            return False
        towns = {m.entity for m in found.mentions if m.cls in _TOWNS}
        return len(frame.places) >= _EVERYWHERE and towns.issuperset(frame.places)

    def _resolve_pair(self, found: Findings, frame: Frame) -> None:
        """ "around the two towns": those that were told of together last."""
        if len(frame.places) == _PAIR:
            self._pair = frame.places
        elif not frame.places and any(
            n in self.cues.words.both_places for n in found.words.norms[frame.start : frame.end]
        ):
            frame.places = list(self._pair)
        elif not frame.places and self._in_that_area(found, frame):
            places = list(self._placed.places if self._placed is not None else ())
            if frame.cls in STRIKES | GROUND:
                frame.places = places
            else:  # no more than where it may have been
                frame.seats = places
        if frame.places and not frame.headline:
            self._placed = frame

    def _in_that_area(self, found: Findings, frame: Frame) -> bool:
        """Whether it happened in "the area", with no adjective, of what was told shortly before."""
        if self._placed is None or frame.sentence - self._placed.sentence > _REACH_OF_AREA:
            return False
        words, that = found.words, self.cues.words.that_area
        at = next((i for i in range(frame.start, frame.end) if words.norms[i] in that), None)
        if at is None or any(m.group == "place" and m.start <= at < m.end for m in found.mentions):
            return False
        return (
            at + 1 >= frame.end
            or words.norms[at + 1] == words.lemmas[at + 1]
            or words.norms[at + 1] in self.cues.words.same
        )

    def _casualties(self, found: Findings, start: int) -> list[CasualtyMention]:
        """The figures but for those demanded or feared, and those of bodies that are taken away."""
        return [
            c
            for c in found.casualties
            if not (c.effect == "killed" and ((c.min or 0) > _MOST_DEAD or (c.min, c.max) == _THOUSANDS))
            and not self._is_taken_away(found, c, start)
            and not is_unreal(found.words, c.head, start, self.cues, reach=_REACH_OF_DEMANDS)
            and not (c.effect in _HELD and self._is_freed(found, c, start))
        ]

    def _is_freed(self, found: Findings, held: CasualtyMention, start: int) -> bool:
        """ "the release of 300 captives": nobody was taken."""
        before = range(max(start, min(held.head, held.start) - _REACH_OF_FREEING), min(held.head, held.start))
        return any(found.words.norms[i] in self.cues.background.freeing for i in before)

    def _is_taken_away(self, found: Findings, toll: CasualtyMention, start: int) -> bool:
        """ "they handed over *his* body": of one of whom was told before."""
        norms, tolls = found.words.norms, self.cues.tolls
        near = norms[max(start, toll.head - _REACH_OF_BURIAL) : toll.head]
        return norms[toll.head] in tolls.bodies and not tolls.burial.isdisjoint(near)

    def _triggers(self, found: Findings, sentence: Clause) -> list[Trigger]:
        """The words that tell incidents here, which those inside names do not."""
        names = [m for m in found.mentions if m.group != "weapon"]
        events = EventFinder(self.cues, found)
        told = (t for t in sentence.triggers if not any(_only_names(t, m) for m in names))
        return [meant for t in told if (meant := events.meant(t, sentence)) is not None]

    def _mark_tolls(self, found: Findings, frames: list[Frame], start: int, end: int) -> None:
        """An earlier toll replaces none; that one and a rising toll are of an incident told before."""
        if self.cues.tolls.earlier.stands_in(found.words.norms, start, end):
            for frame in frames:
                frame.superseded, frame.casualties, frame.anaphoric = frame.casualties, [], True
        if self.cues.tolls.rising.stands_in(found.words.norms, start, end):
            for frame in frames:
                frame.anaphoric = frame.risen = True

    def _remember(self, frames: list[Frame], *, headline: bool) -> None:
        self._with_figures = next((f for f in reversed(frames) if f.casualties), self._with_figures)
        self._last = frames[-1] if frames and not headline else self._last

    def _add(self, found: Findings, start: int, end: int, number: int) -> None:
        """What the sentence says of the incidents told before, for it tells none of its own."""
        hurt = self._with_figures or self._last
        if hurt is not None:
            self._roster.read(found, hurt, start, end)
        if self._last is not None and number - self._last.sentence <= REACH_OF_DAMAGE:
            add_damage(found, self.cues, self._last, start, end)
        if self._last is not None and number - self._last.sentence <= _REACH_OF_DOERS:
            add_doers(found, self.cues, self._last, start, end)

    def _inherit_agents(self, found: Findings, frame: Frame) -> None:
        """ "the shelling", "they also hit …": who did it was said with what was told just before."""
        told = self._with_agents
        if frame.agents and not frame.headline:
            self._with_agents = frame
        if told is None or frame.agents or frame.trigger is None:
            return
        if has_unnamed_doer(found, self.cues, frame.trigger, frame):
            return
        if shares_subject(found, self.cues, frame, told) or carries_on(found, self.cues, frame, told):
            frame.agents = [agent for agent in told.agents if agent not in frame.targets]
            return
        if not related(frame.cls, told.cls):
            return
        if is_suffered(self.cues, found, frame, frame.trigger):
            return
        if frame.sentence - told.sentence <= 1 and elides_subject(found, self.cues, frame):
            frame.agents = [agent for agent in told.agents if agent not in frame.targets]
            return
        distance, meaning = frame.sentence - told.sentence, frame.trigger.meaning
        pointing = meaning.form == "noun" and (frame.trigger.definite or meaning.id == "target")
        carried = meaning.form == "verb" and meaning.frame == "attack" and distance == 0
        opens_effect = found.words.norms[frame.start] in self.cues.verbs.effect
        if (pointing and distance <= _REACH_OF_AGENTS) or (carried and not opens_effect):
            frame.agents = [agent for agent in told.agents if agent not in frame.targets]
            if frame.cls in GENERIC and frame.cls != "Offensive":
                frame.cls = told.cls


def _only_names(trigger: Trigger, name: EntityMention) -> bool:
    """Whether the word belongs to a name, or to a common noun ("a *launching* site")."""
    if name.generic and (name.group != "facility" or trigger.start == name.start):
        return False
    return name.start <= trigger.start and trigger.end <= name.end

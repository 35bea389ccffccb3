"""Frames → the reports of an article: places made precise, dates filled in, spans turned into characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from spacy.tokens import Doc

from kgbuild.assembly.aims import aim_at_uniforms, aim_at_victims
from kgbuild.assembly.air_powers import name_owners
from kgbuild.assembly.attacks import settle_classes
from kgbuild.assembly.attributing import Attributor
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.frames import WAGED, Frame, related
from kgbuild.assembly.likeness import SAME_AREA, Likeness
from kgbuild.assembly.place_match import all_wide
from kgbuild.assembly.report_writing import ReportWriter
from kgbuild.assembly.sentences import SentenceReader
from kgbuild.assembly.sums import without_sums
from kgbuild.assembly.within import Joiner
from kgbuild.model import DateInterval, Entity, Report
from kgbuild.pipeline.annotations import written_on
from kgbuild.pipeline.words import sentences_of, words_of

_DATE_REACH = 5
"""Sentences over which a date is thought to hold."""
_LONGEST_LENT = 3
"""Days of a date that others may lean on; "in the last weeks" is said of one incident alone."""
_DAYS_OF_NEWS = 31


@dataclass(slots=True)
class Assembler:
    """Makes the reports of one document. `without` may leave out joining "headlines" and "effects"."""

    doc: Doc
    cues: Cues
    base: str
    without: frozenset[str] = frozenset()
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._starts = [start for start, _ in sentences_of(self.doc)]

    def reports(self) -> tuple[Report, ...]:
        """All incidents that the article reports, in the order of their first words."""
        entities = {e.id: e for e in self.doc._.entities}
        frames = self._frames()
        told = [f for f in frames if not f.background and not _heads_background(f, frames)]
        likeness = Likeness(entities)
        joined = Joiner(likeness, joins_headlines="headlines" not in self.without).join(told)
        kept = without_sums([f for f in joined if self._is_incident(f, entities)])
        self._borrow_places(kept, frames, _scene(kept, frames, likeness))
        name_owners(kept, entities)
        kept.sort(key=lambda f: f.head)
        settle_classes(kept, likeness)
        aim_at_victims(kept, entities)
        aim_at_uniforms(kept, self.doc, self.cues)
        writer = ReportWriter(self.doc, self.base, entities)
        return tuple(writer.report(frame, f"i{n}") for n, frame in enumerate(kept, 1))

    def _frames(self) -> list[Frame]:
        reader = SentenceReader(self.doc, self.cues, joins_effects="effects" not in self.without)
        attributor = Attributor(self.doc, self.cues, self._starts)
        frames: list[Frame] = []
        for number, (start, end, headline) in enumerate(self._sentences(), 1):
            told_shortly_before = _told_since(frames, number - _DATE_REACH)
            for frame in reader.read(start, end, number, headline=headline):
                attributor.attribute(frame)
                frame.past = frame.date is not None and not self._is_recent(frame.date)
                self._lend_date(frame, told_shortly_before)
                told_shortly_before.append(frame)
                frames.append(frame)
        return frames

    def _sentences(self) -> Iterator[tuple[int, int, bool]]:
        """Tokens of each sentence of headlines and body, and whether it is a headline.

        A body sentence is read once: pages print captions, leads and posts twice.
        """
        read: set[tuple[str, ...]] = set()
        for segment in self.doc._.segments:
            headline = segment.kind == "headline"
            if not headline and segment.kind != "body":
                continue
            for start, end in self._bounds(segment.start, segment.end):
                sentence = tuple(words_of(self.doc).norms[start:end])
                if headline or sentence not in read:
                    yield start, end, headline
                if not headline:
                    read.add(sentence)

    def _lend_date(self, frame: Frame, told: list[Frame]) -> None:
        """Let a telling without a date lean on the last dated one of its kind, or of any kind right before it."""
        near = [
            f
            for f in told
            if f.date is not None
            and not f.earlier
            and not f.aside
            and f.date.days() <= _LONGEST_LENT
            and frame.sentence - f.sentence <= _DATE_REACH
            and (related(f.cls, frame.cls) or frame.sentence - f.sentence <= 1)
            and (self._is_recent(f.date) or (frame.anaphoric and frame.sentence - f.sentence <= 1))
        ]
        if near and frame.date is None:
            alike = [f for f in near if related(f.cls, frame.cls)]
            frame.context_date = (alike or near)[-1].date

    def _is_recent(self, told: DateInterval) -> bool:
        """Whether a date is of the days that an article is about, not of the history it recalls."""
        day = written_on(self.doc)
        return day is None or told.earliest is None or (day - told.earliest).days <= _DAYS_OF_NEWS

    def _bounds(self, start: int, end: int) -> list[tuple[int, int]]:
        """The sentences within [start, end)."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        bounds = [*self._starts[first:last], end]
        return [(max(begin, start), stop) for begin, stop in pairwise(bounds)]

    def _is_incident(self, frame: Frame, entities: Mapping[str, Entity]) -> bool:
        """A telling needs something that ties it to the world: a place, a figure, a facility, or who did it to whom or
        when.
        """
        if frame.earlier and frame.tellings == 1 and not frame.places and frame.date is None:
            return False
        if _is_sweeping(frame) or _is_standing(frame, entities):
            return False
        if frame.trigger is None:
            how_and_who = frame.cls != "Killing" and (frame.agents or frame.targets)
            return bool(frame.casualties) and bool(frame.places or frame.victims or how_and_who)
        deed = frame.agents and (
            frame.targets or frame.wider or frame.date or frame.cls == "Withdrawal" or frame.answering
        )
        counted = any(c.min is not None for c in frame.casualties)
        return bool(frame.places or frame.facilities or deed or counted)

    def _borrow_places(self, kept: list[Frame], frames: list[Frame], scene: list[str]) -> None:
        """Give a telling without a place that of its kind told before it in its sentence, else that of its source, else
        the scene of the article.
        """
        for frame in (f for f in kept if not f.places):
            beside = takewhile(lambda f: f.head < frame.head, _told_since(frames, frame.sentence))  # noqa: B023 - taken at once
            lent = next((f.places for f in beside if f.places and related(f.cls, frame.cls)), [])
            frame.places = list(lent or frame.seats or scene)


def _scene(kept: list[Frame], frames: list[Frame], likeness: Likeness) -> list[str]:
    """The places of the headline, where all that is told with a place plays there.

    In other articles, what is told without a place is most often of elsewhere.
    """
    headed = next((f for f in frames if f.headline and f.places), None)
    if headed is None or any(likeness.places(headed, f) not in SAME_AREA for f in kept if f.places):
        return []
    return headed.places


def _told_since(frames: list[Frame], sentence: int) -> list[Frame]:
    """The last of the frames, which stand in the order of their sentences: those from that sentence on."""
    return frames[bisect_left(frames, sentence, key=lambda f: f.sentence) :]


def _heads_background(headline: Frame, frames: list[Frame]) -> bool:
    """Whether a headline gives the toll of what the body tells as a total over a long time."""
    tolls = {(c.effect, c.min) for c in headline.casualties if c.min is not None and not c.part}
    totals = {(c.effect, c.min) for f in frames if f.background for c in f.casualties}
    told = {(c.effect, c.min) for f in frames if not f.background and f is not headline for c in f.casualties}
    return headline.headline and bool(tolls & totals) and not tolls & told


def _is_sweeping(frame: Frame) -> bool:
    """ "several attacks killed dozens": many at no place and no time are no incident."""
    many = frame.trigger is not None and frame.trigger.meaning.number == "plural" and frame.tellings == 1
    return many and not (frame.places or frame.wider) and frame.date is None and not frame.headline


def _is_standing(frame: Frame, entities: Mapping[str, Entity]) -> bool:
    """ "the raids in Syria": an event noun with nothing but a country or a governorate is of a war, not of a day."""
    if frame.trigger is None or frame.trigger.meaning.form != "noun" or frame.headline or not frame.places:
        return False
    told = frame.casualties or frame.facilities or frame.date or frame.weapons
    sides = frame.cls == "ArmedClash" and len(frame.agents) > 1
    return not (told or sides) and frame.cls in WAGED and all_wide(frame.places, entities)

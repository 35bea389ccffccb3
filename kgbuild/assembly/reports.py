"""Frames → the reports of an article: places made precise, dates filled in, spans turned into characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise, takewhile

from spacy.tokens import Doc

from kgbuild import ids
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.frames import ARMED, Frame, related
from kgbuild.assembly.sentences import SentenceReader
from kgbuild.assembly.sums import without_sums
from kgbuild.assembly.within import Joiner
from kgbuild.model import Article, Casualty, DateInterval, Entity, FacilityEffect, Report, Span
from kgbuild.pipeline.attribution import Claim
from kgbuild.pipeline.casualty_phrases import CasualtyMention
from kgbuild.pipeline.ordered import Ordered
from kgbuild.pipeline.words import Words, words_of

_OBSERVERS = frozenset({"MonitoringOrganization", "MediaOrganization"})
_DATE_REACH = 5
"""Sentences over which a date is thought to hold."""
_DAYS_OF_NEWS = 31
_REACH_OF_OWN = 8
_MINISTRIES = frozenset({"GovernmentBody", "State"})
_WIDE = frozenset({"Country", "Governorate", "District"})


@dataclass(slots=True)
class Assembler:
    """Makes the reports of one document. `without` may leave out joining "headlines" and "effects"."""

    doc: Doc
    cues: Cues
    base: str
    without: frozenset[str] = frozenset()
    _starts: list[int] = field(init=False)
    _claims: Ordered[Claim] = field(init=False)
    _classes: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._starts = [sentence.start for sentence in self.doc.sents]
        self._claims = Ordered(self.doc._.claims)
        self._classes = {entity.id: entity.cls for entity in self.doc._.entities}

    def reports(self) -> tuple[Report, ...]:
        """All incidents that the article reports, in the order of their first words."""
        entities = {e.id: e for e in self.doc._.entities}
        frames = self._frames()
        told = [f for f in frames if not f.background and not _heads_background(f, frames)]
        joined = Joiner(entities, joins_headlines="headlines" not in self.without).join(told)
        kept = without_sums([f for f in joined if self._is_incident(f)])
        self._borrow_places(kept, frames)
        kept.sort(key=lambda f: f.head)
        return tuple(self._report(frame, f"i{n}", entities) for n, frame in enumerate(kept, 1))

    def _frames(self) -> list[Frame]:
        reader = SentenceReader(self.doc, self.cues, joins_effects="effects" not in self.without)
        frames: list[Frame] = []
        number = 0
        read: set[tuple[str, ...]] = set()
        for segment in self.doc._.segments:
            if segment.kind not in ("headline", "body"):
                continue
            for start, end in self._sentences(segment.start, segment.end):
                number += 1
                sentence = tuple(words_of(self.doc).norms[start:end])
                if segment.kind == "body":
                    if sentence in read:
                        continue  # pages print captions, leads and posts twice
                    read.add(sentence)
                found = reader.read(start, end, number, headline=segment.kind == "headline")
                for frame in found:
                    self._attribute(frame)
                    self._lend_date(frame, _told_since(frames, number - _DATE_REACH))
                    frames.append(frame)
        return frames

    def _lend_date(self, frame: Frame, told: list[Frame]) -> None:
        """Let a telling without a date lean on the last dated one of its kind, as "on Tuesday" may."""
        near = [
            f
            for f in told
            if f.date is not None
            and not f.earlier
            and frame.sentence - f.sentence <= _DATE_REACH
            and (self._is_recent(f.date) or (frame.anaphoric and frame.sentence - f.sentence <= 1))
        ]
        if near and frame.date is None:
            alike = [f for f in near if related(f.cls, frame.cls)]
            frame.context_date = (alike or near)[-1].date

    def _is_recent(self, told: DateInterval) -> bool:
        """Whether a date is of the days that an article is about, not of the history it recalls."""
        day = self.doc._.article.published
        return day is None or told.earliest is None or (day - told.earliest).days <= _DAYS_OF_NEWS

    def _sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        bounds = [*self._starts[first:last], end]
        return [(max(begin, start), stop) for begin, stop in pairwise(bounds)]

    def _attribute(self, frame: Frame) -> None:
        sentence = self._starts[bisect_right(self._starts, frame.head) - 1]
        claims = [c for c in self._claims.within(sentence, frame.head + 1) if frame.head < c.end]
        for claim in claims:
            if not frame.agents and (claim.kind == "responsibility" or self._tells_own(claim, frame)):
                frame.add("agents", *claim.sources)
            frame.add("sources", *claim.sources)
            if claim.kind == "denial":
                frame.certainty = "denied"
        classes = {self._classes[source] for source in frame.sources}
        if frame.certainty == "asserted" and (
            frame.hedged or any(c.kind == "doubt" for c in claims) or (classes and not classes & _OBSERVERS)
        ):
            frame.certainty = "alleged"

    def _tells_own(self, claim: Claim, frame: Frame) -> bool:
        """Whether a force tells what it did itself: "the army announced that its aircraft …"."""
        words = words_of(self.doc)
        armed = {e.id for e in self.doc._.entities if e.cls in ARMED or e.cls in _MINISTRIES}
        if claim.carried or not claim.sources or not set(claim.sources) <= armed:
            return False
        begin = max(claim.start, frame.head - _REACH_OF_OWN)
        near = range(begin, min(claim.end, frame.head + _REACH_OF_OWN // 2))
        return any(
            words.norms[i] in self.cues.own and words.norms[i + 1] not in self.cues.suffered
            for i in near
            if i + 1 < claim.end
        )

    def _is_incident(self, frame: Frame) -> bool:
        """A telling needs something that ties it to the world: a place, a doer, one hit, or the hurt."""
        if frame.earlier and frame.tellings == 1 and not frame.places and frame.date is None:
            return False
        if _is_sweeping(frame):
            return False
        if frame.trigger is None:
            return bool(frame.casualties) and bool(frame.places or frame.agents or frame.targets or frame.victims)
        return bool(frame.places or frame.agents or frame.targets or frame.casualties or frame.facilities)

    def _borrow_places(self, kept: list[Frame], frames: list[Frame]) -> None:
        """Give a telling without a place that of the one before it in its sentence, else the headline's."""
        headline = [f for f in frames if f.headline and f.places]
        for frame in (f for f in kept if not f.places):
            told = _told_since(frames, frame.sentence)
            near = takewhile(lambda f: f.sentence == frame.sentence, told)  # noqa: B023 - taken at once
            beside = next((f.places for f in near if f is not frame and f.places), [])
            frame.places = list(beside or frame.seats or (headline[0].places if headline else []))

    def _report(self, frame: Frame, report_id: str, entities: dict[str, Entity]) -> Report:
        words, article = words_of(self.doc), self.doc._.article
        trigger = self._trigger_span(words, frame)
        return Report(
            id=report_id,
            iri=ids.report_iri(self.base, article.id, trigger[0]),
            cls=frame.cls,
            date=self._date(frame, article),
            trigger=trigger,
            evidence=self._evidence(words, frame),
            places=self._specific(frame, entities),
            perpetrators=tuple(frame.agents),
            targets=tuple(t for t in frame.targets if t not in frame.agents),
            weapons=tuple(frame.weapons),
            victims=tuple(frame.victims),
            facilities=tuple(FacilityEffect(entity=e, effect=x) for e, x in frame.facilities.items()),
            casualties=tuple(self._casualty(words, c, superseded=False) for c in frame.casualties)
            + tuple(self._casualty(words, c, superseded=True) for c in frame.superseded),
            sources=tuple(frame.sources),
            certainty=frame.certainty,
            confidence=self._confidence(frame),
        )

    def _trigger_span(self, words: Words, frame: Frame) -> Span:
        end = frame.trigger.end if frame.trigger else frame.head + 1
        return words.starts[frame.head], words.ends[end - 1]

    def _evidence(self, words: Words, frame: Frame) -> tuple[Span, ...]:
        spans = set()
        for start, end in frame.spans:
            while end > start + 1 and not words.texts[end - 1].strip():
                end -= 1
            while start < end - 1 and not words.texts[start].strip():
                start += 1
            spans.add((words.starts[start], words.ends[end - 1]))
        return tuple(sorted(spans))

    def _date(self, frame: Frame, article: Article) -> DateInterval | None:
        """The date told, else that of its context, else the day of writing and the day before it."""
        for told in (frame.date, frame.context_date):
            if told is not None and told.earliest is not None:
                return told
        day = article.published or self._day_of_writing()
        if day is None:
            return None
        return DateInterval(earliest=day - timedelta(days=1), latest=day, precision="days")

    def _day_of_writing(self) -> date | None:
        """The first full date of the headline or of a dateline, where nothing else says when the article is from."""
        top = [s for s in self.doc._.segments if s.kind in ("headline", "dateline")]
        days = [
            d.interval.earliest
            for d in self.doc._.dates
            if d.interval.precision == "day" and any(s.start <= d.start < s.end for s in top)
        ]
        return days[0] if days else None

    def _specific(self, frame: Frame, entities: dict[str, Entity]) -> tuple[str, ...]:
        """The places without those that contain another of them, and without wide ones where a narrow one is named."""
        places = [p for p in frame.places if p in entities]
        containers = {w for p in places for w in _containers(p, entities)}
        narrow = [p for p in places if p not in containers]
        exact = [p for p in narrow if entities[p].cls not in _WIDE]
        return tuple(exact or narrow or places)

    def _casualty(self, words: Words, c: CasualtyMention, *, superseded: bool) -> Casualty:
        return Casualty(
            effect=c.effect,
            min=c.min,
            max=c.max,
            group=c.group,
            start=words.starts[c.start],
            end=words.ends[c.end - 1],
            part=c.part,
            superseded=superseded,
            nationality=c.nationality,
        )

    def _confidence(self, frame: Frame) -> float:
        filled = sum(map(bool, (frame.places, frame.agents, frame.targets or frame.casualties, frame.date)))
        return round(min(0.95, 0.4 + 0.1 * filled + 0.05 * min(frame.tellings, 3)), 2)


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
    return many and not frame.places and frame.date is None and not frame.headline


def _containers(place: str, entities: dict[str, Entity]) -> set[str]:
    seen: set[str] = set()
    queue = list(entities[place].within) if place in entities else []
    while queue:
        parent = queue.pop()
        if parent not in seen:
            seen.add(parent)
            queue.extend(entities[parent].within if parent in entities else ())
    return seen

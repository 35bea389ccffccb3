"""A joined telling → the report that it makes: spans in characters, the narrowest places, a date in any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from spacy.tokens import Doc

from kgbuild import ids
from kgbuild.assembly.frames import Frame
from kgbuild.model import Casualty, DateInterval, Entity, FacilityEffect, Report, Span
from kgbuild.pipeline.annotations import written_on
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention
from kgbuild.pipeline.words import Words, words_of

_MOST_LISTED = 4
"""More governorates are those of a whole country."""
_WIDE = frozenset({"Country", "Governorate", "District"})


@dataclass(frozen=True, slots=True)
class ReportWriter:
    """Writes the reports of one document. `entities` by id."""

    doc: Doc
    base: str
    entities: dict[str, Entity]

    def report(self, frame: Frame, report_id: str) -> Report:
        words, article = words_of(self.doc), self.doc._.article
        trigger = self._trigger_span(words, frame)
        return Report(
            id=report_id,
            iri=ids.report_iri(self.base, article.id, trigger[0]),
            cls=frame.cls,
            date=self._date(frame),
            trigger=trigger,
            evidence=self._evidence(words, frame),
            places=self._specific(frame),
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

    def _date(self, frame: Frame) -> DateInterval | None:
        """The date told, else that of its context, else the day of writing and the day before it."""
        for told in (frame.date, frame.context_date):
            if told is not None and told.earliest is not None:
                return told
        day = written_on(self.doc)
        if day is None:
            return None
        return DateInterval(earliest=day - timedelta(days=1), latest=day, precision="days")

    def _specific(self, frame: Frame) -> tuple[str, ...]:
        """The places without those that contain another of them, and without wide ones where a narrow one is named."""
        places = [p for p in frame.places if p in self.entities]
        containers = {w for p in places for w in _containers(p, self.entities)}
        narrow = [p for p in places if p not in containers]
        exact = [p for p in narrow if self.entities[p].cls not in _WIDE]
        beside = [
            p for p in narrow if p in frame.listed
        ]  # "in the countryside of Latakia and the governorate of Raqqa"
        if len(beside) <= _MOST_LISTED and any(p in beside for p in exact):
            exact = [p for p in narrow if p in exact or p in beside]
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


def _containers(place: str, entities: dict[str, Entity]) -> set[str]:
    seen: set[str] = set()
    queue = list(entities[place].within) if place in entities else []
    while queue:
        parent = queue.pop()
        if parent not in seen:
            seen.add(parent)
            queue.extend(entities[parent].within if parent in entities else ())
    return seen

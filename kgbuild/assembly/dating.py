"""Which of the times that a stretch names is that of the incident it tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import LASTING, TREATIES, Frame
from kgbuild.language.days_between import DaysBetween
from kgbuild.model import DateInterval
from kgbuild.pipeline.annotations import DateMention
from kgbuild.pipeline.words import COMMAS

_LONG = 3
"""Days that no single strike lasts."""
_YEAR = 364
"""Days over which a war rather than an incident goes on."""
_FOUGHT = frozenset({"ArmedClash", "Offensive"})
_REACH_OF_OTHER = 14
_DAYS_OF_SPEECH = 2
_REACH_OF_OPENING = 12
_LATE = 2
"""Days before the article on which that may have happened for which it gives no date."""


@dataclass(frozen=True, slots=True)
class Dating:
    """Reads the dates of one sentence of an article that was published on that day."""

    cues: Cues
    found: Findings
    published: date | None

    def of(self, frame: Frame, dates: list[DateMention]) -> DateInterval | None:
        """The past date nearest to the trigger; that of what somebody said where no other is told."""
        fitting = [d for d in dates if self._is_past(d) and not self._only_since(frame, d)]
        fitting = [d for d in fitting if not self._dates_a_name(frame, d) and not self._dates_speech(d)]
        fitting = [d for d in fitting if not self._dates_another(frame, d)]
        fitting = [d for d in fitting if not self._dates_the_word(frame, d)] or fitting
        return min(fitting, key=lambda d: abs(d.start - frame.head)).interval if fitting else None

    def day_of(self, frame: Frame, dates: list[DateMention]) -> DateInterval | None:
        """The same among those dates that are of no more than a few days."""
        return self.of(frame, [d for d in dates if d.interval.days() <= _LONG])

    def before(self, frame: Frame, told: DateInterval | None, between: DaysBetween) -> DateInterval | None:
        """The date of what came so many days before what was `told`: "two days after *the attack*"."""
        spans = ((head, between.before(self.found.words.norms, head)) for head in self._heads(frame))
        head, span = next((found for found in spans if found[1] is not None), (0, None))
        if span is None:
            return None
        days, slack, start = span
        dated = told is not None and told.earliest is not None and told.days() <= _LONG
        latest = (told.latest if dated and told is not None else None) or self.published
        if latest is None:
            return None
        slack = slack if dated else max(slack, _LATE)
        last = latest - timedelta(days=days)
        text = " ".join(self.found.words.texts[start:head])
        earliest, precision = last - timedelta(days=slack), "days" if slack else "day"
        return DateInterval(earliest=earliest, latest=last, precision=precision, text=text)

    def _heads(self, frame: Frame) -> list[int]:
        """The event noun, and before it the word of the deaths that it caused; not that of deaths it answered."""
        event = frame.trigger.start if frame.trigger is not None else frame.head
        norms, earlier = self.found.words.norms, self.cues.segments.earlier
        tolls = {c.head for c in frame.casualties if c.head < event}
        return sorted({event} | {head for head in tolls if not earlier.stands_in(norms, head, event)})

    def _is_past(self, told: DateMention) -> bool:
        earliest = told.interval.earliest
        return self.published is None or earliest is None or earliest <= self.published

    def _only_since(self, frame: Frame, told: DateMention) -> bool:
        """ "for three weeks" dates what lasts, not what strikes; "since 1984" dates a war, not its battles."""
        since = self.found.words.norms[told.start] in self.cues.words.since
        if not since or frame.cls not in LASTING:
            return since and told.interval.days() > _LONG
        return frame.cls in _FOUGHT and told.interval.days() > _YEAR

    def _dates_a_name(self, frame: Frame, told: DateMention) -> bool:
        """Whether the date belongs to what is told of a place ("…, which fell in May"), not to the incident."""
        norms = self.found.words.norms
        names = [m for m in self.found.mentions if m.group == "place" and frame.head < m.end <= told.start]
        described = [m for m in names if m.end < told.start and norms[m.end] in self.cues.words.relatives]
        return told.interval.days() > 0 and any(
            not any(norm in COMMAS for norm in norms[m.end : told.start]) for m in described
        )

    def _dates_another(self, frame: Frame, told: DateMention) -> bool:
        """Whether it is that of a treaty or an earthquake named before it ("broke the truce *agreed on in May*"), or of
        the start of what went on since then.
        """
        words, lists = self.found.words, self.cues.words
        if frame.cls in TREATIES:
            return False
        near = range(max(frame.head + 1, told.start - _REACH_OF_OTHER), told.start)
        since = frame.cls not in LASTING and any(words.norms[i] in lists.since for i in near)
        return since or any(words.lemmas[i] in lists.otherwise_dated for i in near)

    def _dates_speech(self, told: DateMention) -> bool:
        """Whether it only says when somebody spoke ("…, police said on Monday"), about the day of writing."""
        words, earliest = self.found.words, told.interval.earliest
        if self.published is None or earliest is None or (self.published - earliest).days > _DAYS_OF_SPEECH:
            return False
        index = told.start - 1
        while index > 0 and words.norms[index] in self.cues.words.telling:
            index -= 1
        return bool(self.cues.words.telling) and words.norms[index] in self.cues.verbs.speech

    def _dates_the_word(self, frame: Frame, told: DateMention) -> bool:
        """Whether the date stands between a verb of speech and what is said: "X said *on Monday* that …"."""
        norms, speech = self.found.words.norms, self.cues.verbs
        openings = self.cues.segments.openings
        before = range(told.start - 1, max(-1, told.start - _REACH_OF_OPENING), -1)
        verb = next((i for i in before if norms[i] in speech.speech or norms[i] in openings), None)
        if verb is None or norms[verb] in openings:
            return False
        near = range(told.end, min(frame.head, told.end + _REACH_OF_OPENING))
        return any(norms[i] in openings for i in near)

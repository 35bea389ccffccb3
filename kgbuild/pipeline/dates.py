"""Finds expressions of time and resolves them (`kgbuild_dates`).

Reads the tokens, `doc._.article` (for the publication date) and `doc._.segments`; sets `doc._.dates`. Where an article
has no publication date, a dateline or a full date beside "today" or a weekday near its top is the day of writing; where
there is none, what is told from that day stays open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.arabic import dates as arabic
from kgbuild.calendar_dates import CalendarDate
from kgbuild.english import dates as english
from kgbuild.model import DateInterval
from kgbuild.pipeline.annotations import DateMention, register_extensions
from kgbuild.pipeline.time_text import TimeText, time_text_of
from kgbuild.pipeline.words import Words, words_of
from kgbuild.relative_dates import Expression, Interval, Resolve, month, precision_of, since

_FINDERS: dict[str, Callable[[str], Iterator[Expression]]] = {
    "ar": arabic.find_expressions,
    "en": english.find_expressions,
}
_JOINTS = re.compile(r"[\s،,(\-/]*(?:(?:ل\s)?(?:الموافق|المصادف|يوم|the|on)\s(?:ل\s)?)?\Z")
_SINCE = re.compile(r"(?<!\w)(?:منذ|since)\s\Z")
_RANGE = re.compile(r"(?<!\w)(?:(?:من|بين|from|between)\s)?(?P<day>\d{1,2})\s(?:الي|و|حتي|-|to|and)\s(?:ال\s?)?\Z")
_AFTER_DATE = re.compile(r"\s(?:الجاري|الحالي|(?P<last>الماضي|المنصرم|الفايت)|(?P<next>المقبل|القادم))(?!\w)")
_TOP_LINES = 4
_FUTURE_DAYS = 14


@Language.factory("kgbuild_dates", assigns=["doc._.dates"], requires=["doc._.segments"])
def create(nlp: Language, name: str) -> DateFinder:
    """The component for the pipeline's language."""
    return DateFinder(nlp.lang or "ar")


class DateFinder:
    """Finds the expressions first, then the day of writing, then resolves the ones by the other."""

    def __init__(self, language: str) -> None:
        register_extensions()
        self._find = _FINDERS[language]

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        time_text = time_text_of(doc)
        expressions = _joined(time_text.text, _without_overlaps(self._expressions(time_text)))
        anchor = _anchor(doc, words, time_text, expressions)
        doc._.dates = tuple(_mention(doc, words, time_text, expression, anchor) for expression in expressions)
        return doc

    def _expressions(self, time_text: TimeText) -> Iterator[Expression]:
        for found in time_text.dates:
            yield _calendar(time_text.text, found)
        yield from self._find(time_text.text)


def _calendar(text: str, found: CalendarDate) -> Expression:
    """A written date; without a year it is the latest such day before, or shortly after, the day of writing."""
    start, end, resolve = found.start, found.end, partial(_written, found)
    if found.year is None:
        behind = _AFTER_DATE.match(text, end)
        if behind:
            end = behind.end()
            shift = -1 if behind["last"] else 1 if behind["next"] else 0
            resolve = partial(_written_in_month, found, month(found.month, shift) if shift else None)
    before = _RANGE.search(text, max(0, start - 40), start)
    if before and found.day and 1 <= int(before["day"]) < found.day:
        first = replace(found, day=int(before["day"]))
        return Expression(before.start(), end, "calendar", 5, partial(_range, resolve, partial(_written, first)))
    return Expression(start, end, "calendar", 5 if found.year else 4, resolve)


def _written(found: CalendarDate, anchor: date | None) -> Interval | None:
    interval = found.interval(anchor)
    if interval and anchor and found.year is None and (interval[0] - anchor).days > _FUTURE_DAYS:
        interval = found.interval(date(anchor.year - 1, 1, 1)) or interval
    if interval is None:
        return None
    return Interval(*interval, "day" if found.day else "month")


def _written_in_month(found: CalendarDate, whole: Resolve | None, anchor: date | None) -> Interval | None:
    if whole is None:  # "this month": of the year of writing
        return _written(found, anchor)
    within = whole(anchor)
    if within is None:
        return None
    return _written(replace(found, year=within.earliest.year), anchor)


def _range(last: Resolve, first: Resolve, anchor: date | None) -> Interval | None:
    begin, end = first(anchor), last(anchor)
    if begin is None or end is None or begin.earliest > end.latest:
        return end
    return Interval(begin.earliest, end.latest, precision_of(begin.earliest, end.latest))


def _without_overlaps(found: Iterator[Expression]) -> list[Expression]:
    """In the order of the text; of those that overlap the longest, then the one of the highest rank."""
    kept: list[Expression] = []
    taken: set[int] = set()
    for expression in sorted(found, key=lambda one: (one.start - one.end, -one.rank, one.start)):
        characters = range(expression.start, expression.end)
        if taken.isdisjoint(characters):
            taken.update(characters)
            kept.append(expression)
    return sorted(kept, key=lambda one: one.start)


def _joined(text: str, expressions: list[Expression]) -> list[Expression]:
    """Expressions that stand together as one ("today, Sunday 28-11-2021"), with "since" before them taken in."""
    joined: list[Expression] = []
    for expression in expressions:
        previous = joined[-1] if joined else None
        if previous and previous.kind != expression.kind and "span" not in (previous.kind, expression.kind):
            between = text[previous.end : expression.start]
            if "\n" not in between and len(between) < 30 and _JOINTS.match(between):
                joined[-1] = _together(previous, expression)
                continue
        joined.append(expression)
    return [_with_since(text, expression) for expression in joined]


def _together(first: Expression, second: Expression) -> Expression:
    better, other = (first, second) if first.rank >= second.rank else (second, first)

    def resolve(anchor: date | None) -> Interval | None:
        return better.resolve(anchor) or other.resolve(anchor)

    kind = "dated" if "calendar" in (first.kind, second.kind) else "day"
    return Expression(first.start, second.end, kind, better.rank, resolve)


def _with_since(text: str, expression: Expression) -> Expression:
    before = _SINCE.search(text, max(0, expression.start - 12), expression.start)
    if before is None:
        return expression
    return replace(expression, start=before.start(), resolve=since(expression.resolve))


def _anchor(doc: Doc, words: Words, time_text: TimeText, expressions: list[Expression]) -> date | None:
    """The day of writing: of publication, of the dateline, or the full date beside "today" or a weekday at the top."""
    if doc._.article is not None and doc._.article.published is not None:
        published: date = doc._.article.published
        return published
    top = [s for s in doc._.segments if s.kind in ("headline", "dateline", "body")][:_TOP_LINES]
    top += [s for s in doc._.segments if s.kind == "dateline"]
    for expression in expressions:
        start, _ = time_text.tokens(expression.start, expression.end)
        segment = next((s for s in top if s.start <= start < s.end), None)
        certain = expression.resolve(None)
        if segment is None or certain is None or certain.precision != "day":
            continue
        if segment.kind == "dateline" or expression.kind == "dated":
            return certain.earliest
    return None


def _mention(doc: Doc, words: Words, time_text: TimeText, found: Expression, anchor: date | None) -> DateMention:
    start, end = time_text.tokens(found.start, found.end)
    interval = found.resolve(anchor)
    text = doc[start:end].text
    if interval is None:
        return DateMention(start, end, DateInterval(earliest=None, latest=None, precision="unknown", text=text), False)
    return DateMention(start, end, DateInterval(**interval._asdict(), text=text))

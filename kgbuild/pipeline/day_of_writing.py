"""The day on which an article was written, where no publication date is known: what its own text says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from spacy.tokens import Doc

from kgbuild.pipeline.annotations import Segment
from kgbuild.pipeline.time_text import TimeText
from kgbuild.relative_dates import Expression

_TOP_LINES = 4
_LATER_DAYS = 3


def day_of_writing(doc: Doc, time_text: TimeText, expressions: list[Expression]) -> date | None:
    """The day of publication, else of the dateline, else of "today, 28-11-2021", else of a full date at the top."""
    article = doc._.article
    if article is not None and article.published is not None:
        published: date = article.published
        return published
    for days in (
        _datelines(doc, time_text, expressions),
        _told_days(expressions),
    ):
        found = next(days, None)
        if found is not None:
            return found
    return None


def _datelines(doc: Doc, time_text: TimeText, expressions: list[Expression]) -> Iterator[date]:
    lines = [segment for segment in doc._.segments if segment.kind == "dateline"]
    for expression in expressions:
        day = _full_day(expression)
        if day and _segment(time_text, expression, lines):
            yield day


def _told_days(expressions: list[Expression]) -> Iterator[date]:
    """ "today, 28-11-2021", "yesterday, 27-11-2021"."""
    for expression in expressions:
        day = _full_day(expression)
        if day and expression.meaning.offset is not None:
            yield day - timedelta(days=expression.meaning.offset)


def _full_day(expression: Expression) -> date | None:
    """The day of a date with its year."""
    found = expression.meaning.resolve(None)
    return found.earliest if found and found.precision == "day" else None


def _segment(time_text: TimeText, expression: Expression, segments: Iterable[Segment]) -> Segment | None:
    start, _ = time_text.tokens(expression.start, expression.end)
    return next((segment for segment in segments if segment.start <= start < segment.end), None)

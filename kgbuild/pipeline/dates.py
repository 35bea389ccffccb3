"""Finds expressions of time and resolves them (`kgbuild_dates`).

Reads the tokens, `doc._.article` (for the publication date) and `doc._.segments`; sets `doc._.dates`, none of them in
furniture. Where an article has no publication date, the day of writing is what the text says it is
(`kgbuild.pipeline.day_of_writing`); where it says nothing, what is told from that day stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.arabic import dates as arabic
from kgbuild.english import dates as english
from kgbuild.language.relative_dates import Expression, complete, edge, into_the_night, since, together
from kgbuild.language.time_words import Rule, TimeWords, apply, time_words
from kgbuild.language.written_dates import WrittenDates
from kgbuild.model import DateInterval, Span
from kgbuild.pipeline.annotations import DateMention, register_extensions
from kgbuild.pipeline.day_of_writing import day_of_writing
from kgbuild.pipeline.lexicon import folded, lexicon
from kgbuild.pipeline.time_text import TimeText, time_text_of

_LONGEST_LEAD = 40
_LONGEST_JOINT = 30
_DAY_TOLD = 1
"""How many days later the end of a time may be that others are told from."""


@Language.factory("kgbuild_dates", assigns=["doc._.dates"], requires=["doc._.segments"])
def create(nlp: Language, name: str) -> DateFinder:
    """The component for the pipeline's language."""
    return DateFinder(nlp.lang or "ar")


@dataclass(frozen=True, slots=True)
class _Leads:
    """What stands before and between expressions and belongs to them."""

    joint: re.Pattern[str]
    part: re.Pattern[str]
    edge: re.Pattern[str]
    since: re.Pattern[str]

    def corrected(self, text: str, first: Expression, second: Expression) -> bool:
        """ "Today (yesterday)": a newspaper's word for the day in brackets behind an agency's."""
        days = first.meaning.kind == second.meaning.kind == "day"
        return days and text[first.end : second.start].strip() == "(" and text[second.end :][:2].strip() == ")"


class DateFinder:
    """Finds the expressions first, then the day of writing, then resolves the ones by the other."""

    def __init__(self, language: str) -> None:
        register_extensions()
        self._language = language
        self._words = time_words(language)
        self._others = folded(lexicon(language, "roles")["words"]["otherwise_dated"])
        if language == "ar":
            self._rules: tuple[Rule, ...] = arabic.rules()
            self._written = WrittenDates(self._words, arabic.behind_dates())
            self._leads = _leads(self._words, arabic.part_of_day(self._words))
        else:
            self._rules = english.rules()
            self._written = WrittenDates(self._words, english.behind_dates())
            self._leads = _leads(self._words, english.part_of_day(self._words))

    def __call__(self, doc: Doc) -> Doc:
        time_text = time_text_of(doc)
        found = self._joined(time_text.text, _without_overlaps(self._expressions(doc, time_text)))
        expressions = [self._with_leads(time_text.text, expression) for expression in found]
        day = day_of_writing(doc, time_text, expressions, self._language, self._others)
        doc._.written = day
        doc._.dates = tuple(_mentions(doc, time_text, expressions, day))
        return doc

    def _expressions(self, doc: Doc, time_text: TimeText) -> Iterable[Expression]:
        furniture = [time_text.span(s.start, s.end) for s in doc._.segments if s.kind == "furniture"]
        windows = tuple(_outside(time_text.windows, furniture))
        yield from self._written.expressions(time_text.text, tuple(time_text.dates_in(windows)))
        yield from apply(self._rules, time_text.text, windows)

    def _joined(self, text: str, expressions: list[Expression]) -> list[Expression]:
        """Expressions that stand together as one: "today, Sunday 28-11-2021"."""
        joined: list[Expression] = []
        for expression in expressions:
            previous = joined[-1] if joined else None
            if previous and self._leads.corrected(text, previous, expression):
                joined[-1] = Expression(previous.start, expression.end, expression.meaning)
            elif previous and self._tell_one_time(text, previous, expression):
                joined[-1] = Expression(previous.start, expression.end, together(previous.meaning, expression.meaning))
            else:
                joined.append(expression)
        return joined

    def _tell_one_time(self, text: str, first: Expression, second: Expression) -> bool:
        if second.start - first.end > _LONGEST_JOINT or not complete(first.meaning, second.meaning):
            return False
        return self._leads.joint.fullmatch(text, first.end, second.start) is not None

    def _with_leads(self, text: str, found: Expression) -> Expression:
        """The expression with the part of the day, "since" and "at the end of" before it taken in."""
        start, meaning = found.start, found.meaning
        floor = max(0, start - _LONGEST_LEAD)
        if meaning.written is not None and meaning.written.day is not None:
            part = self._leads.part.search(text, floor, start)
            if part:
                start = part.start()
                meaning = meaning._replace(resolve=into_the_night(meaning.resolve)) if part["night"] else meaning
        elif meaning.kind in ("span", "calendar", "hijri"):
            at = self._leads.edge.search(text, floor, start)
            if at:
                start = at.start()
                meaning = meaning._replace(resolve=edge(self._words.edges[at["edge"]], meaning.resolve))
        before = self._leads.since.search(text, max(0, start - _LONGEST_LEAD), start)
        if before:
            start, meaning = before.start(), meaning._replace(resolve=since(meaning.resolve))
        return Expression(start, _closed(text, start, found.end), meaning)


def _leads(words: TimeWords, part_of_day: str) -> _Leads:
    """ "the morning of" before a date, "the end of" before a month, "since" before either."""
    return _Leads(
        joint=re.compile(rf"[^\S\n]*[،,(\-/]?[^\S\n]*(?:{words['joints']}[^\S\n])*[(]?[^\S\n]*"),
        part=re.compile(rf"(?<!\w)(?=\S){part_of_day}\Z"),
        edge=re.compile(rf"(?<!\w)(?P<edge>{words['edges']})\s(?:{words['month_words']}\s)?\Z"),
        since=re.compile(rf"(?<!\w){words['since']}\s\Z"),
    )


def _closed(text: str, start: int, end: int) -> int:
    """The end, past the bracket that closes one which the expression opens: "اليوم (السبت)"."""
    is_open = text.count("(", start, end) > text.count(")", start, end)
    return end + 2 if is_open and text.startswith(" )", end) else end


def _outside(windows: Iterable[Span], furniture: list[Span]) -> Iterator[Span]:
    """The windows that are not in furniture; neither crosses a line, and both are in the order of the text."""
    lines = iter(furniture)
    line = next(lines, None)
    for start, end in windows:
        while line and line[1] <= start:
            line = next(lines, None)
        if not line or start < line[0]:
            yield start, end


def _without_overlaps(found: Iterable[Expression]) -> list[Expression]:
    """In the order of the text; of those that overlap the longest, then the one of the highest rank."""
    kept: list[Expression] = []
    taken: set[int] = set()
    for expression in sorted(found, key=lambda one: (one.start - one.end, -one.meaning.rank, one.start)):
        characters = range(expression.start, expression.end)
        if taken.isdisjoint(characters):
            taken.update(characters)
            kept.append(expression)
    return sorted(kept, key=lambda one: one.start)


def _mentions(
    doc: Doc, time_text: TimeText, expressions: Iterable[Expression], day: date | None
) -> Iterator[DateMention]:
    """The expressions resolved: from the day of writing, or from the last day told before ("the same day")."""
    told = day
    for expression in expressions:
        mention = _mention(doc, time_text, expression, told if expression.meaning.kind == "told" else day)
        if mention.interval.earliest is not None and mention.interval.days() <= _DAY_TOLD:
            told = mention.interval.earliest
        yield mention


def _mention(doc: Doc, time_text: TimeText, found: Expression, day: date | None) -> DateMention:
    start, end = time_text.tokens(found.start, found.end)
    interval = found.meaning.resolve(day)
    text = doc[start:end].text
    if interval is None:
        return DateMention(start, end, DateInterval(earliest=None, latest=None, precision="unknown", text=text), False)
    return DateMention(start, end, DateInterval(**interval._asdict(), text=text))

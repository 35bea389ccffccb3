"""The document as one string of folded words, for patterns of dates, with the way back to the tokens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import accumulate

from spacy.tokens import Doc

from kgbuild.arabic import dates as arabic
from kgbuild.english import dates as english
from kgbuild.language.calendar_dates import CalendarDate, calendar_names, date_words, find_dates
from kgbuild.language.time_words import rule_words, time_words
from kgbuild.model import Span
from kgbuild.pipeline.words import Words, words_of

_KEY = "kgbuild.time_text"


class TimeText:
    """`text` joins the tokens' norms by single spaces; white space between lines is a line break.

    `windows` are the stretches of it that may hold a time: they lie within one line, have only words, numbers and signs
    that stand in the patterns, and at least one of them that tells a time. Patterns are slow, and most text tells none.
    """

    def __init__(self, words: Words) -> None:
        pieces = ["\n" if tag == "SPACE" else norm for norm, tag in zip(words.norms, words.tags, strict=True)]
        self.text = " ".join(pieces)
        self._starts = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))[:-1]
        self.windows = tuple(_windows(pieces, self._starts))

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens, end exclusive, that hold the characters `start` to `end` of `text`."""
        return bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1)

    def span(self, first: int, last: int) -> Span:
        """The characters of the tokens from `first` up to but without `last`."""
        return self._starts[first], self._starts[last - 1] + 1

    @cached_property
    def dates(self) -> tuple[CalendarDate, ...]:
        """The dates of the calendar that are written out."""
        return tuple(self.dates_in(self.windows))

    def dates_in(self, windows: Iterable[Span]) -> Iterator[CalendarDate]:
        """Those of some of the windows."""
        return (found for start, end in windows for found in find_dates(self.text, start, end))

    def date_tokens(self) -> frozenset[int]:
        """The tokens that belong to written dates."""
        spans = (self.tokens(found.start, found.end) for found in self.dates)
        return frozenset(index for start, end in spans for index in range(start, end))


def _windows(pieces: list[str], starts: list[int]) -> Iterator[Span]:
    known, telling = _vocabulary()
    first, tells = 0, False
    for index, piece in enumerate((*pieces, "\n")):
        word = piece.removeprefix("ال")
        if piece != "\n" and (piece in known or word in known or not piece.isalpha()):
            tells = tells or piece in telling or word in telling or (len(piece) == 4 and piece.isdecimal())
            continue
        if tells:
            yield starts[first], starts[index - 1] + len(pieces[index - 1])
        first, tells = index + 1, False


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """The words that stand in any pattern, and those of which every time holds one; pages mix the languages."""
    known = date_words() | rule_words(arabic.rules()) | rule_words(english.rules())
    names = calendar_names()
    named = {part for name in (*names.months, *names.weekdays) for part in name.split() if len(part) > 2}
    return known, frozenset(named) | time_words("ar").cores | time_words("en").cores


def time_text_of(doc: Doc) -> TimeText:
    """The text for `doc`, made once and kept with it."""
    found = doc.user_data.get(_KEY)
    if not isinstance(found, TimeText):
        found = doc.user_data[_KEY] = TimeText(words_of(doc))
    return found

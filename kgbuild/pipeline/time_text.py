"""The document as one string of folded words, for patterns of dates, with the way back to the tokens."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from spacy.tokens import Doc

from kgbuild.calendar_dates import CalendarDate, find_dates
from kgbuild.pipeline.words import Words, words_of

_KEY = "kgbuild.time_text"


class TimeText:
    """`text` joins the tokens' norms by single spaces; white space between lines is a line break."""

    def __init__(self, words: Words) -> None:
        pieces = ["\n" if tag == "SPACE" else norm for norm, tag in zip(words.norms, words.tags, strict=True)]
        self.text = " ".join(pieces)
        self._starts = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))[:-1]

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens, end exclusive, that hold the characters `start` to `end` of `text`."""
        return bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1)

    @cached_property
    def dates(self) -> tuple[CalendarDate, ...]:
        """The dates of the calendar that are written out."""
        return tuple(find_dates(self.text))

    def date_tokens(self) -> frozenset[int]:
        """The tokens that belong to written dates."""
        spans = (self.tokens(found.start, found.end) for found in self.dates)
        return frozenset(index for start, end in spans for index in range(start, end))


def time_text_of(doc: Doc) -> TimeText:
    """The text for `doc`, made once and kept with it."""
    found = doc.user_data.get(_KEY)
    if not isinstance(found, TimeText):
        found = doc.user_data[_KEY] = TimeText(words_of(doc))
    return found

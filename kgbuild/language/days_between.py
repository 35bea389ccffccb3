"""How long before something else an event took place: "two days after the attack", "بعد أسبوع على الهجوم", "غداة"."""

from __future__ import annotations

import re
from functools import cache

from kgbuild.language.time_words import TimeWords, time_words

_REACH = 8


class DaysBetween:
    """Reads the words before an event in one language."""

    def __init__(self, words: TimeWords) -> None:
        lead, tail, noun = words["later_leads"], words["later_tails"], r"\s(?:\S+\s)?\Z"
        self._words = words
        self._patterns = tuple(
            (
                unit.days,
                re.compile(
                    rf"(?<!\S){lead}\s(?:(?P<two>{unit.two})|(?P<count>{words.number})\s(?:{unit.many}|{unit.one})"
                    rf"|{unit.one})\s{tail}{noun}"
                ),
            )
            for unit in words.units
            if 0 < unit.days < 365 and words.has("later_leads")
        )
        day_after = words["day_after"] if words.has("day_after") else r"(?!)"
        self._day_after = re.compile(rf"(?<!\S){day_after}{noun}")

    def before(self, norms: list[str], at: int) -> tuple[int, int, int] | None:
        """Days that lie between the event at the token `at` and what is told besides, days by which it may be earlier
        still, and the token where the words for it begin; None where nothing says so.
        """
        start = max(0, at - _REACH)
        text = " ".join(norms[start:at]) + " "
        day_after = self._day_after.search(text)
        if day_after is not None:
            return 1, 0, start + text.count(" ", 0, day_after.start())
        for days, pattern in self._patterns:
            match = pattern.search(text)
            if match is not None:
                count = 2 if match["two"] else self._words.value(match["count"]) if match["count"] else 1
                begin = start + text.count(" ", 0, match.start())
                return count * days, 0 if days == 1 else days // 2, begin
        return None


@cache
def days_between(language: str) -> DaysBetween:
    """The reader of a language, made once."""
    return DaysBetween(time_words(language))

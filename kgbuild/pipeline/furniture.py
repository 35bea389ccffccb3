"""Tells the reporting on a page from what frames it: share buttons, credits, links to other pages.

Patterns are data (`data/<language>/furniture.toml`). In doubt a line is reporting: a lost sentence costs more than a
menu that is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kgbuild.language.folding import fold_key, fold_text
from kgbuild.language.lexicons import lexicon

_SHORT = 12
_BODY_WORDS = 12
_LONG_BODY_WORDS = 30
_CREDIT_WORDS = 25
_DATELINE_WORDS = 9
_SENTENCE_END = re.compile(r"[.!؟?][\s\"'”»)\]]*$")
_CUT_OFF = re.compile(r"(?:…|\.\.+|\[.*\])[\s\"'”»)\]]*$")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]\W*$")
_AFTER_DASH = re.compile(r"[-–—|/:]\s*([^-–—|/:.]{2,40})$")
_PARTS = re.compile(r"\s[-–—ـ|]\s?|\s?[-–—|]\s|[/:]|(?<=\w)[-–—](?=\w)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text, from its first to its last visible token; `key` is its folded words."""

    start: int
    end: int
    text: str
    key: str

    @property
    def words(self) -> int:
        """How many words the line has."""
        return self.key.count(" ") + 1 if self.key else 0

    @property
    def is_reporting(self) -> bool:
        """Whether the line can only be a paragraph of text: a whole sentence of some length, or a very long line."""
        if self.words >= _LONG_BODY_WORDS:
            return True
        return self.words >= _BODY_WORDS and bool(_SENTENCE_END.search(self.text)) and not _CUT_OFF.search(self.text)


@dataclass(frozen=True, slots=True)
class Furniture:
    """The patterns of a language; every entry is a folded key, and what a line starts with has a blank behind it."""

    lines: frozenset[str]
    starts: tuple[str, ...]
    bylines: tuple[str, ...]
    byline_starts: tuple[str, ...]
    headings: frozenset[str]
    endings: frozenset[str]
    tails: re.Pattern[str]
    patterns: re.Pattern[str]
    credits: frozenset[str]
    agency_words: frozenset[str]
    abbreviations: frozenset[str]

    def is_line(self, line: Line) -> bool:
        """Whether the line is furniture by itself, wherever it stands."""
        if not line.key or line.key in self.lines:
            return True
        if line.words <= _SHORT and f"{line.key} ".startswith(self.starts):
            return True
        return self.is_byline(line) or bool(self.patterns.fullmatch(fold_text(line.text)))

    def is_byline(self, line: Line) -> bool:
        """Whether the line says who wrote or edited the report: "إعداد: … – تحرير: …"."""
        if line.words > _SHORT:
            return False
        head = re.split(r"[:–—-]", line.text, maxsplit=1)[0]
        named = fold_key(head) in self.bylines and head != line.text
        return named or f"{line.key} ".startswith(self.byline_starts)

    def is_credit(self, line: Line) -> bool:
        """Whether the line stands under a picture and names its source at the end: "… (Getty)", "… - متداول"."""
        if line.words > _CREDIT_WORDS or _SENTENCE_END.search(line.text):
            return False
        found = _IN_BRACKETS.search(line.text) or _AFTER_DASH.search(line.text)
        return found is not None and any(
            key == credit or key.startswith(f"{credit} ")
            for part in re.split(r"[/،,]", found.group(1))
            if (key := fold_key(part))
            for credit in self.credits
        )

    def is_place_and_agency(self, line: Line) -> bool:
        """Whether the line is like "إدلب – نورث برس": a few names about a dash, one of them an agency's."""
        if line.words > _DATELINE_WORDS or _SENTENCE_END.search(line.text) or any(c.isdigit() for c in line.text):
            return False
        words = set(line.key.split())
        parts = [part for part in _PARTS.split(line.text) if fold_key(part)]
        names_agency = bool(words & self.agency_words)
        return names_agency and (len(parts) >= 2 or len(words) <= 2)


@cache
def furniture(languages: tuple[str, ...] = ("ar", "en")) -> Furniture:
    """The patterns of the languages together, read once: an Arabic page has English buttons."""
    found = [lexicon(code, "furniture") for code in languages]
    entries = {name: [entry for data in found for entry in data[name]] for name in found[0]}
    keys = {name: tuple(fold_key(entry) for entry in entries[name]) for name in entries if name != "patterns"}
    return Furniture(
        lines=frozenset(keys["lines"]),
        starts=tuple(f"{start} " for start in keys["starts"]),
        bylines=keys["bylines"],
        byline_starts=tuple(f"{byline} " for byline in keys["bylines"] if " " in byline),
        headings=frozenset(keys["headings"]),
        endings=frozenset(keys["endings"]),
        tails=_tail_pattern(entries["tails"]),
        patterns=re.compile("|".join(f"(?:{pattern})" for pattern in entries["patterns"])),
        credits=frozenset(keys["credits"]),
        agency_words=frozenset(keys["agency_words"]),
        abbreviations=frozenset(fold_text(entry) for entry in entries["abbreviations"]),
    )


def _tail_pattern(tails: Iterable[str]) -> re.Pattern[str]:
    """Where, after the end of a sentence, a link to another page begins in the same line; searched in folded text."""
    phrases = "|".join(re.escape(fold_text(tail)) for tail in tails)
    return re.compile(rf"(?<=[.!؟?\"”»])\s+(?=(?:{phrases})\b)")

"""What the server must know of a query's text before it runs: its form, its dataset clauses, its limit.

The text is split into tokens by the grammar's terminals (https://www.w3.org/TR/sparql11-query/#sparqlGrammar); only
the engine parses it in full.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_BLANK = r"\s+|\#[^\n\r]*"
_IRI = r"""<[^<>"{}|^`\\\x00-\x20]*>"""
_STRING = r"""\"\"\"(?:[^"\\]|\\.|"(?!""))*+(?:\"\"\")?|'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?
    |"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?"""
_VARIABLE = r"[?$]\w+|@[A-Za-z][\w-]*"
_NAME = r"""[\w.\-]*+:[^\s<>"{}()|^`;,\[\]]*"""
_WORD = r"[A-Za-z_][\w-]*+(?![.:])|\d[\w.]*+(?![:\-])"
_RUN = r"[\w.\-]++"
"""Words, dots and hyphens that no blank parts. Whether a name begins there is asked once, not at each of its letters:
a text of 16 MiB would take hours. For the same reason a string without an end takes what is left of the text."""

_TOKEN = re.compile(
    rf"""(?P<skip>{_BLANK})|(?P<iri>{_IRI})|(?P<string>{_STRING})|(?P<word>{_WORD})|(?P<other>{_VARIABLE}|{_NAME})
    |(?P<run>{_RUN})|(?P<open>[{{(\[])|(?P<close>[}})\]])|(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_PART = re.compile(r"(?P<word>[A-Za-z_][\w-]*|\d[\w.]*)|(?P<sign>.)")
_FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
_CHANGING = frozenset(("RAND", "NOW", "UUID", "STRUUID", "BNODE", "SERVICE"))
_IN_BODY = ("RAND", "NOW", "UUID", "BNODE", "SERVICE", "CONSTRUCT", "VALUES", "\\")
"""Without one of these, nothing in braces changes an outline; an escape may hide any letter."""

LONGEST_KEPT = 20_000
"""Characters of a text that anything is remembered of, or that is rewritten: a body may have 16 MiB."""

MOST_DIGITS = 19
"""Fewer make a number that the engine takes."""


class Word(NamedTuple):  # a tuple is made in a third of the time
    """A keyword or number outside of strings, IRIs and comments; `depth` counts open brackets of all kinds."""

    text: str
    start: int
    end: int
    depth: int


class Token(NamedTuple):
    """What is no blank and no comment; `depth` counts the brackets around it, a bracket's own pair not among them."""

    kind: str
    text: str
    start: int
    end: int
    depth: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, given in capitals."""
        return self.kind == "word" and self.text.upper() in words

    @property
    def is_variable(self) -> bool:
        return self.kind == "other" and self.text[0] in "?$"

    @property
    def name(self) -> str:
        """Of a variable: `?x` and `$x` are the same."""
        return self.text[1:]


@dataclass(frozen=True, slots=True)
class QueryOutline:
    """What the words of a query tell; all but `changing` by those outside of all brackets.

    `limit` is the number after LIMIT, `trailing_values` the VALUES behind the solution modifiers, `changing` whether
    there is a word anywhere by which the same query may be answered otherwise the next time.
    """

    form: str | None = None
    has_dataset: bool = False
    limit: Word | None = None
    trailing_values: Word | None = None
    changing: bool = False


def tokens(text: str) -> Iterator[Token]:
    depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "skip":
            continue
        start, end = match.span()
        if kind == "run":
            for part in _PART.finditer(text, start, end):
                yield Token(part.lastgroup or "", part[0], *part.span(), depth)
            continue
        depth -= kind == "close"
        yield Token(kind, match[0], start, end, depth)
        depth += kind == "open"


def words(text: str, begin: int = 0, *, head: bool = False) -> Iterator[Word]:
    """Keywords and numbers, one after the other: a text may hold millions. `head`: to the first brace only."""
    depth = 0
    for match in _TOKEN.finditer(text, begin):
        kind = match.lastgroup
        if kind == "word":
            yield Word(match[0].upper(), *match.span(), depth)
        elif kind == "open":
            if head and match[0] == "{":
                return
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "run":
            for part in _PART.finditer(text, *match.span()):
                if part.lastgroup == "word":
                    yield Word(part[0].upper(), *part.span(), depth)


def outline(text: str) -> QueryOutline:
    """Kept for the texts asked for last, unless they are long."""
    return _outline(text) if len(text) <= LONGEST_KEPT else _outline.__wrapped__(text)


@lru_cache(maxsize=512)
def _outline(text: str) -> QueryOutline:
    form = limit = values = None
    has_dataset = changing = False
    before = ""
    for word in _telling_words(text):
        changing = changing or word.text in _CHANGING
        if word.depth == 0:
            form = form or (word.text if word.text in _FORMS else None)
            has_dataset = has_dataset or word.text == "FROM"
            limit = limit or (word if before == "LIMIT" and word.text.isdecimal() else None)
            values = values or (word if word.text == "VALUES" else None)
            before = word.text
    return QueryOutline(form, has_dataset, limit, values, changing)


def _telling_words(text: str) -> Iterator[Word]:
    """All words or, where those within the one pair of outermost braces can tell nothing, those before and behind it.

    That takes half the time.
    """
    end = text.rfind("}") + 1
    if not end or len(text) > LONGEST_KEPT or not _ends_body(text, end):
        return words(text)
    upper = text.upper()
    if any(hint in upper for hint in _IN_BODY):
        return words(text)
    return itertools.chain(words(text, head=True), words(text, end))


def _ends_body(text: str, end: int) -> bool:
    """Whether the last brace of a text is that of the body, and stands in no string and no comment."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    if any(mark in text[end:] for mark in "\"'#"):
        return False
    return "#" not in line or "#" not in re.sub(_IRI, "", line)


def with_limit(text: str, rows: int, found: QueryOutline | None = None) -> str:
    """The query with an outermost LIMIT of at most `rows`; an ASK or a text that is no query stays as it is.

    `found` is its outline, where that is known.
    """
    found = found or outline(text)
    if found.form in (None, "ASK"):
        return text
    if limit := found.limit:
        fits = len(limit.text) < MOST_DIGITS and int(limit.text) <= rows
        return text if fits else f"{text[: limit.start]}{rows}{text[limit.end :]}"
    if values := found.trailing_values:
        return f"{text[: values.start]}LIMIT {rows} {text[values.start :]}"
    return f"{text}\nLIMIT {rows}"

"""What the server must know of a query's text before it runs: its form, its dataset clauses, its limit.

The text is split into tokens by the grammar's terminals (https://www.w3.org/TR/sparql11-query/#sparqlGrammar); only
the engine parses it in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<other>[?$]\w+|@[A-Za-z][\w-]*|[\w.\-]*:[^\s<>"{}()|^`;,\[\]]*|_:\S+)
    |(?P<word>[A-Za-z_][\w-]*|\d[\w.]*)
    |(?P<open>[{(\[])|(?P<close>[})\]])
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")


@dataclass(frozen=True, slots=True)
class Word:
    """A keyword or number outside of strings, IRIs and comments; `depth` counts open brackets of all kinds."""

    text: str
    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Token:
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
    """The outermost words of a query."""

    words: tuple[Word, ...]

    @property
    def form(self) -> str | None:
        return next((w.text for w in self.words if w.depth == 0 and w.text in _FORMS), None)

    @property
    def has_dataset(self) -> bool:
        """Whether it has a FROM clause."""
        return any(w.text == "FROM" and w.depth == 0 for w in self.words)

    def limit(self) -> Word | None:
        """The number after the outermost LIMIT."""
        pairs = zip(self.words, self.words[1:], strict=False)
        return next((n for w, n in pairs if w.text == "LIMIT" and w.depth == 0 and n.text.isdigit()), None)

    def trailing_values(self) -> Word | None:
        """The VALUES clause behind the solution modifiers."""
        return next((w for w in self.words if w.text == "VALUES" and w.depth == 0), None)


def tokens(text: str) -> Iterator[Token]:
    depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        depth -= kind == "close"
        if kind != "skip":
            yield Token(kind, match.group(), match.start(), match.end(), depth)
        depth += kind == "open"


@lru_cache(maxsize=512)
def outline(text: str) -> QueryOutline:
    words, depth = [], 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "word":
            words.append(Word(match.group().upper(), match.start(), match.end(), depth))
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
    return QueryOutline(tuple(words))


def with_limit(text: str, rows: int) -> str:
    """The query with an outermost LIMIT of at most `rows`; an ASK or a text that is no query stays as it is."""
    found = outline(text)
    if found.form in (None, "ASK"):
        return text
    limit, values = found.limit(), found.trailing_values()
    if limit:
        return text if int(limit.text) <= rows else f"{text[: limit.start]}{rows}{text[limit.end :]}"
    if values:
        return f"{text[: values.start]}LIMIT {rows} {text[values.start :]}"
    return f"{text}\nLIMIT {rows}"

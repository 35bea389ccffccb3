"""What the engine's parser says of a text that it cannot read, and what of that helps who wrote it.

The parser names everything that could have stood at the place where it gave up: signs, some keywords, classes of
characters, white space, and between them, where there is one, a sentence about the fault itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_EXPECTED = re.compile(r"expected (?:one of )?")
_ITEM = re.compile(r'"((?:\\.|[^"\\])*)"|\[[^\]]*\]|([^,\[\]"]+)')
_SIGN = re.compile(r"\\?([^\w\s\\$])")
_SENTENCE = re.compile(r"[A-Z]\w* \w+.*", re.DOTALL)
_LONGEST = 300

_UPDATE = re.compile(
    r"(?:\s|#.*\n|PREFIX\s+\S+\s+<[^>]*>|BASE\s+<[^>]*>)*"
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)

NO_PREFIX = "Prefix not found"
"""The engine's reason where a name is written with a prefix that the text does not declare."""


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """Where reading ended, counted from 1. `reason` says why where the parser knows; else `signs` are the signs that
    could have followed, if any."""

    line: int
    column: int
    reason: str
    signs: str


def syntax_fault(message: str) -> SyntaxFault | None:
    """What an engine's message says of a fault in a text; None where it is about something else."""
    place = _PLACE.search(message)
    if place is None:
        return None
    line, column, said = int(place[1]), int(place[2]), place[3]
    expected = _EXPECTED.match(said)
    if expected is None:
        return SyntaxFault(line, column, said[:_LONGEST], "")
    items = [(match[1], match[2]) for match in _ITEM.finditer(said, expected.end())]
    sentences = [bare.strip() for _, bare in items if bare and _SENTENCE.fullmatch(bare.strip())]
    signs = [sign[1] for quoted, _ in items if quoted and (sign := _SIGN.fullmatch(quoted))]
    return SyntaxFault(line, column, sentences[0][:_LONGEST] if sentences else "", " ".join(dict.fromkeys(signs)))


def is_update(text: str) -> bool:
    """Whether a text that is no query begins as an update does."""
    return _UPDATE.match(text) is not None

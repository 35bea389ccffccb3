"""What a reader is given, what it gives back, and the limits that keep its memory bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BufferedReader
from typing import Any, NamedTuple

from kgbuild.errors import InputError
from kgbuild.model import Article

MEBIBYTE = 1 << 20
MAX_RECORD = 10 * MEBIBYTE
"""Bytes of one article in its file: a line of JSON, a row, a page, a text file."""
MAX_DOCUMENT = 64 * MEBIBYTE
"""Bytes of a file that has to be read whole although it holds many articles: a JSON array, a feed."""
MAX_TEXT = 1_000_000
"""Code points of an article's text; what spaCy takes by default."""

EMPTY = "it is empty; delete it or put an article into it"

_CHUNK = MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read.

    `path` is where it is, as the caller wrote it, for messages. `name` identifies it on any machine: its path relative
    to the folder that was read; None where it has none (standard input). `stream` is open for reading and can be peeked
    into. For a document inside an archive, `line` counts its record from 1, `url` is where it was fetched from,
    `retrieved` on which day (UTC) and `charset` the encoding that the server named.
    """

    path: str
    name: str | None
    stream: BufferedReader[Any]
    line: int | None = None
    url: str | None = None
    charset: str | None = None
    retrieved: date | None = None


ArticleReader = Callable[[Source], Iterator[Article | InputError]]
"""A format's reader: gives its articles in order, and an error in the place of each record that is refused.

It raises `InputError` where the rest of the file cannot be read either. It may read the file as it goes, and never
holds more of it than `MAX_DOCUMENT` bytes."""


class Line(NamedTuple):
    """A line with its end; `content` is None where it is too long. `number` counts from 1, `length` bytes."""

    number: int
    content: bytes | None
    length: int


def read_whole(source: Source, limit: int = MAX_RECORD) -> bytes:
    """All bytes of a file.

    Raises:
        InputError: it is empty or larger than `limit` bytes.
    """
    data = source.stream.read(limit + 1)
    if len(data) > limit:
        reason = f"larger than {limit // MEBIBYTE} MiB, the limit for this format; split it"
        raise InputError(source.path, reason, line=source.line)
    if not data.strip():
        raise InputError(source.path, EMPTY, line=source.line)
    return data


def read_lines(source: Source, limit: int = MAX_RECORD) -> Iterator[Line]:
    """The lines of a file one by one; of a line longer than `limit` bytes nothing is kept but its length."""
    number = 0
    while line := source.stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            yield Line(number, None, len(line) + _skip_line(source.stream))
        else:
            yield Line(number, line, len(line))


def too_long(source: Source, line: Line) -> InputError:
    """The refusal of a line that is over the limit."""
    reason = f"a line of {line.length / MEBIBYTE:.1f} MiB; the limit for one article is {MAX_RECORD // MEBIBYTE} MiB"
    return InputError(source.path, reason, line=line.number)


def _skip_line(stream: BufferedReader[Any]) -> int:
    skipped = 0
    while chunk := stream.readline(_CHUNK):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return skipped

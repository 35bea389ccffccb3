"""`.csv` and `.tsv`: an article a row, columns named in the first row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace

from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading.encoding import broken, decode, guess_encoding, lines_in_utf8
from kgbuild.reading.record import article_of_record
from kgbuild.reading.source import EMPTY, MAX_RECORD, Source, read_lines, too_long

_DELIMITERS = (",", ";", "\t")


def read_csv(source: Source) -> Iterator[Article | InputError]:
    """The articles of a table with a column `text`; a broken row is refused alone.

    Raises:
        InputError: there is no column `text`, or no row.
    """
    csv.field_size_limit(MAX_RECORD)  # of the whole process; the default of 128 KiB is less than a long article
    lines = _TextLines(source)
    columns, delimiter = _header(source, lines)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.number + 1
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield lines.take_error() or InputError(source.path, f"broken CSV: {error}", line=start)
            continue
        if refused := lines.take_error():
            yield refused
        elif row:
            yield _article_of_row(source, columns, row, start)
    if lines.number == 1:
        raise InputError(source.path, "the table has no rows below the names of its columns")


def _header(source: Source, lines: _TextLines) -> tuple[list[str], str]:
    """The names of the columns, and the delimiter."""
    header = next(lines, "")
    if lines.error:
        raise lines.error
    if not header.strip():
        raise InputError(source.path, EMPTY)
    columns, delimiter = _columns(header)
    if "text" not in columns:
        named = ", ".join(columns)[:200]
        raise InputError(source.path, f"no column `text`; the first row names {named or 'none'}", line=1)
    return columns, delimiter


def looks_like_csv(head: bytes) -> bool:
    """Whether a file that begins so has a first row that names a column `text` and another one."""
    columns, _ = _columns(head.decode("utf-8-sig", "replace").split("\n", 1)[0])
    return len(columns) > 1 and "text" in columns


class _TextLines(Iterator[str]):
    """The lines of a file as text, with their ends.

    What is wrong with one is kept in `error` and an empty line given in its place, so that its row can be refused.
    """

    def __init__(self, source: Source) -> None:
        self.number = 0
        self.error: InputError | None = None
        self._source = source
        self._encoding = guess_encoding(source.stream.peek())
        self._lines = read_lines(replace(source, stream=lines_in_utf8(source.stream)))

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except UnicodeDecodeError as error:
            raise broken(self._source.path, error, self.number + 1) from error
        self.number = line.number
        if line.content is None:
            self.error = self.error or too_long(self._source, line)
            return "\n"
        try:
            return decode(line.content, self._source.path, declared=self._encoding, line=line.number)
        except InputError as error:
            self.error = self.error or error
            return "\n"

    def take_error(self) -> InputError | None:
        """What was wrong since the last call."""
        error, self.error = self.error, None
        return error


def _columns(header: str) -> tuple[list[str], str]:
    """The names in the first row, and the delimiter that parts them; no names where it is no row of a table."""
    try:
        readings = [(next(csv.reader([header.strip()], delimiter=mark), []), mark) for mark in _DELIMITERS]
    except csv.Error:
        return [], _DELIMITERS[0]
    names, delimiter = max(readings, key=lambda reading: len(reading[0]))
    return [name.strip().lower() for name in names], delimiter


def _article_of_row(source: Source, columns: list[str], row: list[str], line: int) -> Article | InputError:
    if len(row) > len(columns):
        reason = f"{len(row)} cells in a table of {len(columns)} columns; put quotes around a cell that holds a comma"
        return InputError(source.path, reason, line=line)
    try:
        return article_of_record(dict(zip(columns, row, strict=False)), source.path, line)
    except InputError as error:
        return error

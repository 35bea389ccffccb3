"""`.jsonl` (an object a line) and `.json` (an object, an array of objects, or an object a line)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading.record import article_of_record
from kgbuild.reading.source import EMPTY, MAX_DOCUMENT, Line, Source, read_lines, read_whole, too_long

_WRONG_SHAPE = 'not a JSON object; an article is written {"text": "…", "title": "…", "published": "YYYY-MM-DD"}'


def read_json_lines(source: Source) -> Iterator[Article | InputError]:
    """One article a line; a broken line is refused alone. Blank lines are passed over."""
    empty = True
    for line in read_lines(source):
        if line.content is None or line.content.strip(b"\xef\xbb\xbf \t\r\n"):
            empty = False
            yield _article_of_line(source, line)
    if empty:
        raise InputError(source.path, EMPTY)


def read_json(source: Source) -> Iterator[Article | InputError]:
    """The articles of one JSON document; records of an array count as lines from 1.

    Raises:
        InputError: the document is broken, or larger than `MAX_DOCUMENT`.
    """
    data = read_whole(source, MAX_DOCUMENT)
    try:
        document = parse_json(data, source.path)
    except InputError as error:
        if not _looks_like_lines(data):
            raise error
        for number, content in enumerate(data.splitlines(), 1):
            if content.strip():
                yield _article_of_line(source, Line(number, content, len(content)))
        return
    for number, record in enumerate(document if isinstance(document, list) else [document], 1):
        yield _article_of_object(record, source, number)


def parse_json(data: bytes, path: str, line: int | None = None) -> object:
    """The value that `data` holds in UTF-8.

    Raises:
        InputError: it is not JSON; `line` is where it stands in the file, else the line in `data` is named.
    """
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        reason = f"broken UTF-8 at byte {error.start}; JSON has to be UTF-8, save it so"
        raise InputError(path, reason, line=line or data.count(b"\n", 0, error.start) + 1) from error
    except json.JSONDecodeError as error:
        reason = f"broken JSON, column {error.colno}: {error.msg}; mend it there, or is the file cut short?"
        raise InputError(path, reason, line=line or error.lineno) from error
    except (RecursionError, ValueError) as error:  # nested too deep; a number of thousands of digits
        raise InputError(path, f"JSON that cannot be read: {error}", line=line) from error


def _looks_like_lines(data: bytes) -> bool:
    """Whether the first line that is not blank is an object by itself."""
    first = data.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _article_of_line(source: Source, line: Line) -> Article | InputError:
    if line.content is None:
        return too_long(source, line)
    try:
        record = parse_json(line.content, source.path, line.number)
    except InputError as error:
        return error
    return _article_of_object(record, source, line.number)


def _article_of_object(record: object, source: Source, number: int) -> Article | InputError:
    if not isinstance(record, dict):
        return InputError(source.path, _WRONG_SHAPE, line=number)
    try:
        return article_of_record(record, source.path, number)
    except InputError as error:
        return error

"""Files, folders and standard input → articles, one after the other, with what was refused."""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, cast

from kgbuild import ids
from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading.article import clean
from kgbuild.reading.formats import Format, format_of_content, format_of_name, known_extensions
from kgbuild.reading.source import Source

_STDIN = "-"
_BUFFER = 1 << 16


def read_paths(
    paths: Sequence[str | Path], *, published: date | None = None, on_error: Callable[[InputError], None]
) -> Iterator[Article]:
    """The articles of all paths, in the order given, read as they are asked for.

    An article whose id an earlier one had is dropped where the text is the same, and refused where it is not.

    Args:
        paths: files, folders (read recursively, in sorted order; files of other formats and hidden ones are passed
            over), or `-` for standard input, whose format is told by its beginning.
        published: the date of articles that have none.
        on_error: called with each refusal; reading goes on behind it.
    """
    seen: dict[str, tuple[str, str]] = {}
    for path in paths:
        for read in _read_path(path):
            found = _new_or_refused(read, seen) if isinstance(read, Article) else read
            if isinstance(found, InputError):
                on_error(found)
            elif found is not None:
                yield found if found.published or not published else replace(found, published=published)


class _File(NamedTuple):
    """A file to read. `format` is None where its beginning has to tell it."""

    path: Path
    shown: str
    name: str | None
    format: Format | None


def _new_or_refused(article: Article, seen: dict[str, tuple[str, str]]) -> Article | InputError | None:
    text = ids.digest(article.text)
    first_text, first_source = seen.setdefault(article.id, (text, ""))
    if not first_source:
        seen[article.id] = (text, article.source)
        return article
    if first_text == text:
        return None
    reason = (
        f"has the id of another article with another text, {first_source}: {article.id!r}; "
        "give them ids of their own, or read the folder that holds both"
    )
    return InputError(article.source, reason)


def _read_path(path: str | Path) -> Iterator[Article | InputError]:
    if str(path) == _STDIN:
        yield from _read_stream(_standard_input(), _STDIN, None, None)
        return
    try:
        for file in _files_of(Path(path)):
            if isinstance(file, InputError):
                yield file
            else:
                yield from _read_file(file)
    except OSError as error:  # a folder on the way that may not be entered
        yield InputError(_shown(Path(path)), f"cannot be read: {error.strerror or error}")


def _files_of(path: Path) -> Iterator[_File | InputError]:
    shown = _shown(path)
    if path.is_dir():
        yield from _files_of_folder(path)
    elif not path.exists():
        yield InputError(shown, "no such file or folder")
    elif not path.is_file():  # a pipe, such as a shell's <(…)
        yield _File(path, shown, None, None)
    elif (format := format_of_name(path.name)) is None:
        yield InputError(shown, f"not a format that is read; these are: {known_extensions()}")
    else:
        yield _File(path, shown, _name(path.name), format)


def _files_of_folder(folder: Path) -> Iterator[_File | InputError]:
    errors: list[OSError] = []
    found = others = 0
    for path in _walk(folder, errors):
        format = format_of_name(path.name)
        if format is None:
            others += 1
        else:
            found += 1
            yield _File(path, _shown(path), _name(path.relative_to(folder).as_posix()), format)
    for error in errors:
        yield InputError(_shown(Path(error.filename)), f"cannot be read: {error.strerror}")
    if not found and not errors:
        passed = f"; {others} files of other formats" if others else ""
        yield InputError(_shown(folder), f"no articles in this folder{passed}; formats: {known_extensions()}")


def _walk(folder: Path, errors: list[OSError]) -> Iterator[Path]:
    """The files below a folder that are not hidden, sorted; links to folders are not followed."""
    for directory, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(directory, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _read_file(file: _File) -> Iterator[Article | InputError]:
    try:
        with io.FileIO(file.path) as raw, io.BufferedReader(raw, _BUFFER) as stream:
            yield from _read_stream(stream, file.shown, file.name, file.format)
    except OSError as error:
        yield InputError(file.shown, f"cannot be read: {error.strerror or error}")


def _read_stream(
    stream: io.BufferedReader[Any], shown: str, name: str | None, format: Format | None
) -> Iterator[Article | InputError]:
    format = format or format_of_content(stream.peek())
    try:
        yield from format.reader(Source(path=shown, name=name, stream=stream))
    except InputError as error:
        yield error


def _standard_input() -> io.BufferedReader[Any]:
    buffer = sys.stdin.buffer
    return buffer if isinstance(buffer, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", buffer))


def _name(relative: str) -> str:
    """What identifies a file on any machine: its path with slashes, in one Unicode form (macOS writes another)."""
    return clean(unicodedata.normalize("NFC", relative))


def _shown(path: Path) -> str:
    """A path for people, whatever bytes its name holds."""
    return clean(str(path))

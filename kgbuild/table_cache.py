"""Tables that take long to work out of data files, kept from run to run in the user's cache folder.

A table is worked out anew where any of its sources has another content or, if it is large, another size or time of
change. A cache that cannot be read or written is done without: it only costs time. The folder is `$KGBUILD_CACHE`, else
`kgbuild` in `$XDG_CACHE_HOME` or `~/.cache`; it may be deleted at any time.
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

Table = TypeVar("Table")

_CHECKSUM = 4
_LARGE = 1_000_000
"""Bytes from which a file is not read to tell whether it has changed."""


def cached_table(name: str, sources: Sequence[Path], make: Callable[[], Table]) -> Table:
    """`make()`, or what it gave in an earlier run; of dicts, lists, tuples, strings, numbers and None only.

    `sources` are all the files that the table depends on, modules included.
    """
    path = cache_folder() / f"{name}.marshal"
    key = _key(sources)
    found: Table | None = _read(path, key)
    if found is None:
        found = make()
        _write(path, (key, found))
    return found


def cache_folder() -> Path:
    """Where tables are kept; it need not exist."""
    if named := os.environ.get("KGBUILD_CACHE"):
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path(os.path.expanduser("~"), ".cache")) / "kgbuild"  # noqa: PTH111 - no home, no error


def _key(sources: Sequence[Path]) -> str:
    """The sources as they are now; marshal's format is that of the Python version."""
    return "\n".join((sys.version, *map(_state, sources)))


def _state(source: Path) -> str:
    about = source.stat()
    if about.st_size < _LARGE:  # installed anew or checked out elsewhere, it is still the same
        return f"{source.name} {sha256(source.read_bytes()).hexdigest()}"
    return f"{source} {about.st_size} {about.st_mtime_ns}"


def _read(path: Path, key: str) -> Any | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    checksum, content = data[:_CHECKSUM], data[_CHECKSUM:]
    if crc32(content).to_bytes(_CHECKSUM) != checksum:  # marshal must not be given what it did not write
        return None
    try:
        kept_key, table = marshal.loads(content)
    except (ValueError, EOFError, TypeError):  # another Python's
        return None
    return table if kept_key == key else None


def _write(path: Path, content: object) -> None:
    """Write beside it and rename, so that nobody reads half a table."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
        data = marshal.dumps(content)  # type: ignore[arg-type]
        with os.fdopen(descriptor, "wb") as file:
            file.write(crc32(data).to_bytes(_CHECKSUM) + data)
        Path(name).replace(path)

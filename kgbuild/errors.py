"""Every error the library raises.

KgbuildError
├── InputError         some input was refused; names the source, the place in it and the remedy
├── UsageError         the request itself is wrong; nothing was done
├── StoreError         the store cannot be opened, read or written
│   └── StoreBusyError another process holds the writer's lock
└── QueryError         a query is malformed or cannot be answered; may carry line and column
"""

from __future__ import annotations

from pathlib import Path


class KgbuildError(Exception):
    """The root of the tree; its text is written for the person who runs the program."""


class UsageError(KgbuildError):
    """The request itself is wrong; nothing was done."""


class InputError(KgbuildError):
    """Some input was refused; the rest can be processed."""

    def __init__(self, source: str, reason: str, *, line: int | None = None, offset: int | None = None) -> None:
        """`line` counts from 1; `offset` is a byte or character offset from 0, as `reason` says."""
        self.source, self.reason, self.line, self.offset = source, reason, line, offset
        place = f", line {line}" if line is not None else f", offset {offset}" if offset is not None else ""
        super().__init__(f"{source}{place}: {reason}")


class StoreError(KgbuildError):
    """The store cannot be opened, read or written."""


class StoreBusyError(StoreError):
    """Another process holds the writer's lock."""


class QueryError(KgbuildError):
    """A query is malformed or cannot be answered."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        """`line` and `column` count from 1 and are None where the engine does not say."""
        self.line, self.column = line, column
        super().__init__(message)


def unreadable(error: OSError | UnicodeDecodeError) -> str:
    """What to tell of a file of text that cannot be read."""
    if isinstance(error, UnicodeDecodeError):
        return f"cannot be read: byte {error.start} is not UTF-8; save it as UTF-8"
    return f"cannot be read: {error.strerror or error}"


def unwritable(path: Path, error: OSError) -> UsageError:
    """What to raise where a file or folder cannot be made."""
    remedy = f"make {path.parent} first" if isinstance(error, FileNotFoundError) else "name another place"
    return UsageError(f"{path}: cannot be written: {error.strerror}; {remedy}")

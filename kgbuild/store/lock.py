"""Locks on files: the kernel gives them back whenever their holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from kgbuild.errors import StoreBusyError


class FileLock:
    """A lock on one file, exclusive or shared, held until `release`."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def exclusive(cls, path: Path) -> FileLock | None:
        """Take the lock for one holder alone, or None where others hold it."""
        return cls._take(path, os.O_RDWR | os.O_CREAT, fcntl.LOCK_EX)

    @classmethod
    def shared(cls, path: Path) -> FileLock | None:
        """Take the lock beside other readers, or None where it is held exclusively."""
        return cls._take(path, os.O_RDONLY, fcntl.LOCK_SH)

    @classmethod
    def _take(cls, path: Path, flags: int, kind: int) -> FileLock | None:
        handle = os.open(path, flags | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:
            os.close(handle)
            raise
        return cls(handle)

    def sign(self, text: str) -> None:
        """Say in the file who holds the lock; for people only."""
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, text.encode(), 0)

    def release(self) -> None:
        """Give the lock back; again changes nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def writer_lock(path: Path) -> FileLock:
    """The lock of the one writer. StoreBusyError where another process has it."""
    lock = FileLock.exclusive(path)
    if lock is None:
        holder = path.read_text(encoding="utf-8", errors="replace").strip() or "another process"
        remedy = "wait until it is done, or end it, and run again"
        raise StoreBusyError(f"{path.parent}: {holder} is writing to it; {remedy}")
    lock.sign(f"process {os.getpid()}\n")
    return lock

"""A long answer on its way: the worker fills it as fast as it can, the client empties it as slowly as it likes."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator

PIECE = 64 << 10


class BrokenAnswerError(Exception):
    """The worker ended before its answer was whole; what has been sent of it must not look complete."""


class Spool(Iterator[bytes]):
    """A temporary file without a name, written by one thread, read by another, which reads to its end or closes it."""

    def __init__(self, first: bytes) -> None:
        self._file = tempfile.TemporaryFile(prefix="kgbuild-")  # noqa: SIM115  closed by the reader
        self._changed = threading.Condition()
        self._size = self._position = 0
        self._state = "open"
        self.abandoned = False
        self.add(first)

    @property
    def size(self) -> int:
        return self._size

    def add(self, data: bytes) -> None:
        with self._changed:
            if not self.abandoned:
                os.pwrite(self._file.fileno(), data, self._size)
                self._size += len(data)
                self._changed.notify()

    def finish(self, *, whole: bool) -> None:
        """No more will come; `whole` is whether the answer is complete."""
        with self._changed:
            self._state = "whole" if whole else "broken"
            self._changed.notify()

    def __next__(self) -> bytes:
        """What has been added, from the beginning; BrokenAnswerError at the end of an answer that is not whole."""
        if self.abandoned:
            raise StopIteration
        try:
            piece = self._next(self._position)
        except BrokenAnswerError:
            self.close()
            raise
        if not piece:
            self.close()
            raise StopIteration
        self._position += len(piece)
        return piece

    def close(self) -> None:
        """Nobody reads on, or even began to."""
        with self._changed:
            self.abandoned = True
            self._file.close()

    def _next(self, position: int) -> bytes:
        with self._changed:
            self._changed.wait_for(lambda: self._size > position or self._state != "open")
            if self._size == position and self._state == "broken":
                raise BrokenAnswerError
        return os.pread(self._file.fileno(), PIECE, position)

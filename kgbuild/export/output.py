"""A file that appears whole or not at all, compressed as its name says, with its checksum beside it."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import IO, Any, cast

import zstandard

from kgbuild.errors import UsageError, unwritable


@dataclass(slots=True)
class Output:
    """`file` takes the content; `sha256` of the finished file is known once it is closed."""

    file: IO[bytes]
    sha256: str = ""


class _Hashing:
    """Passes bytes on and hashes them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


@contextmanager
def written(path: Path) -> Iterator[Output]:
    """Write a file under a temporary name and rename it at the end; if anything fails, nothing of it stays.

    What a process left that was killed while it wrote the same file goes, too.
    """
    if path.is_dir():
        raise UsageError(f"{path}: a folder; name the file to write, such as {path / 'incidents.csv'}")
    _remove_abandoned(path)
    temporary = _temporary(path)
    try:  # from before the file is there, since a signal may come at any time
        try:
            raw = temporary.open("wb")
        except OSError as error:
            raise unwritable(path, error) from error
        with raw:
            hashing = _Hashing(raw)
            file = _compressor(path, cast(IO[bytes], hashing))
            output = Output(file)
            yield output
            if file is not cast(Any, hashing):
                file.close()
            raw.flush()
            os.fsync(raw.fileno())
        output.sha256 = hashing.digest.hexdigest()
        temporary.replace(path)
        _write_checksum(path, output.sha256)
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that it is there whole or not at all."""
    temporary = _temporary(path)
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _write_checksum(path: Path, digest: str) -> None:
    """In the form that `sha256sum --check` reads."""
    write_whole(path.with_name(path.name + ".sha256"), f"{digest}  {path.name}\n")


def _temporary(path: Path) -> Path:
    """A hidden name beside the file that tells which process writes it."""
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


def _remove_abandoned(path: Path) -> None:
    for found in path.parent.glob(f".{escape(path.name)}.*.tmp"):
        number = found.name.removesuffix(".tmp").rpartition(".")[2]
        if number.isdecimal() and not _is_running(int(number)):
            found.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # somebody else's process
    return True


def _compressor(path: Path, raw: IO[bytes]) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.GzipFile("", "wb", fileobj=raw, mtime=0))
    if path.suffix == ".bz2":
        return cast(IO[bytes], bz2.BZ2File(raw, "wb"))
    if path.suffix == ".zst":
        return cast(IO[bytes], zstandard.ZstdCompressor().stream_writer(raw, closefd=False))
    return raw

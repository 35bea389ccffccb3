"""Bytes → text: UTF-8, a byte order mark, what the file declares, or a legacy encoding that is recognised."""

from __future__ import annotations

import codecs
import io
import re
from typing import Any

from charset_normalizer import from_bytes

from kgbuild.errors import InputError

LEGACY_ENCODINGS = ("cp1256", "iso8859_6", "cp720", "cp1252")
"""What Arabic and English text was written in before Unicode; nothing else is guessed."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LONGEST_IN_UTF8 = 4
"""Bytes of a character."""
_MULTIBYTE = re.compile("[\x80-\uffef\U00010000-\U0010ffff]")
_SAMPLE = 1 << 16


def decode(data: bytes, source: str, *, declared: str | None = None, line: int | None = None) -> str:
    """The text of `data`, without its byte order mark; nothing else is changed.

    Args:
        data: all bytes of the text.
        source: the file, for messages.
        declared: an encoding that the file itself names; ignored where the bytes contradict it.
        line: the line that `data` is, for messages.

    Raises:
        InputError: it is no text, or in no encoding that we know.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_strictly(data[len(mark) :], encoding, source, line)
    if b"\0" in data:
        reason = "a NUL byte, so this is no text; convert it to one of the formats that are read"
        raise InputError(source, reason, line=line, offset=data.index(b"\0"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        legacy = _decode_as(data, declared) or _decode_as(data, guess_encoding(data))
        if legacy is None:
            raise broken(source, error, line) from error
        return legacy


def guess_encoding(sample: bytes) -> str | None:
    """The legacy encoding that the beginning of a text is in; None where it is UTF-8 or not known.

    For files that are decoded line by line, where one line would tell too little.
    """
    if sample.isascii() or b"\0" in sample or _mostly_utf8(sample):
        return None
    best = from_bytes(sample[:_SAMPLE], cp_isolation=list(LEGACY_ENCODINGS)).best()
    return best.encoding if best else None


def lines_in_utf8(stream: io.BufferedReader[Any]) -> io.BufferedReader[Any]:
    """The stream itself; of UTF-16 or UTF-32 by its byte order mark, the same in UTF-8, for in these the byte that ends
    a line is half or a quarter of a character. Reading may raise UnicodeDecodeError then.
    """
    begin = stream.peek()[:4]
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if begin.startswith(mark)), "utf-8")
    width = marked[:6]  # the codec without -le or -be takes the order, and the mark away
    return stream if marked == "utf-8" else io.BufferedReader(_Recoded(stream, width))


class _Recoded(io.RawIOBase):
    """A text in UTF-8, read from one in another encoding."""

    def __init__(self, stream: io.BufferedReader[Any], encoding: str) -> None:
        self._text = codecs.getreader(encoding)(stream)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._text.read(chars=max(1, len(buffer) // _LONGEST_IN_UTF8)).encode("utf-8")
        buffer[: len(data)] = data
        return len(data)


def _decode_as(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (LookupError, UnicodeDecodeError):
        return None


def _decode_strictly(data: bytes, encoding: str, source: str, line: int | None) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise broken(source, error, line) from error


def _mostly_utf8(data: bytes) -> bool:
    """Whether more characters are sound UTF-8 of several bytes than are broken: such a file is damaged UTF-8, although
    any code page could read it."""
    lenient = data.decode("utf-8", "replace")
    return len(_MULTIBYTE.findall(lenient)) > lenient.count("\ufffd")


def broken(source: str, error: UnicodeDecodeError, line: int | None) -> InputError:
    """The refusal of bytes that are in no encoding that we know."""
    name = error.encoding.upper()
    reason = f"broken {name} at byte {error.start} and no encoding that we know; save it as UTF-8"
    return InputError(source, reason, line=line, offset=error.start)

"""`.warc` and `.warc.gz`: the pages of a web archive."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.message import Message
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading.plain_text import read_text
from kgbuild.reading.source import MAX_RECORD, ArticleReader, Source
from kgbuild.reading.web_page import read_html

_READERS: dict[str, ArticleReader] = {
    "text/html": read_html,
    "application/xhtml+xml": read_html,
    "text/plain": read_text,
}
_LONGEST_REASON = 120
_BROKEN = (
    *(ArchiveLoadFailed, StatusAndHeadersParserException),
    *(EOFError, OSError, ValueError, zlib.error),
    AttributeError,  # warcio's, where a record lacks a header that it needs
)
_KINDS = ("response", "resource", "conversion")


def read_warc(source: Source) -> Iterator[Article | InputError]:
    """The pages and plain texts of an archive, in its order; pictures, redirects and the like are passed over.

    Records count as lines from 1. An article is identified by the address it was fetched from.

    Raises:
        InputError: there is no page, or the archive is broken; what stands before the broken place has been given.
    """
    found = False
    for reader, page in _pages(source):
        found = True
        try:
            yield from reader(page)
        except InputError as error:
            yield error
    if not found:
        raise InputError(source.path, "no page in this archive: no record of HTML or plain text that was served well")


def _pages(source: Source) -> Iterator[tuple[ArticleReader, Source]]:
    compressed = source.stream.peek(2).startswith(b"\x1f\x8b")
    number = 1
    try:
        for record in ArchiveIterator(_Decompressed(source.stream) if compressed else source.stream):
            if record.rec_type in _KINDS and _status(record) == "200":
                media_type, charset = _content_type(record)
                if reader := _READERS.get(media_type):
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    content = io.BufferedReader(io.BytesIO(_content(record)))
                    page = Source(path=source.path, name=None, stream=content, line=number, url=url, charset=charset)
                    yield reader, replace(page, retrieved=_retrieved(record))
            number += 1
    except _BROKEN as error:
        raise InputError(
            source.path, f"broken archive: {str(error)[:_LONGEST_REASON]}; fetch the file again", line=number
        ) from error


class _Decompressed:
    """A gzip stream that gives what can be read before it is broken.

    warcio's own decompression stops at an archive that was compressed as a whole, and prints what is wrong.
    """

    def __init__(self, stream: io.BufferedReader[Any]) -> None:
        self._gzip = gzip.GzipFile(fileobj=stream)

    def read(self, size: int) -> bytes:
        try:
            return self._gzip.read1(size)
        except EOFError as error:  # which warcio would take for the end of a whole archive
            raise OSError(str(error)) from error


def _retrieved(record: ArcWarcRecord) -> date | None:
    """The day of capture; None where the record has no whole day, and for a conversion, which may be of a later one."""
    written = record.rec_headers.get_header("WARC-Date") or ""
    try:
        return None if record.rec_type == "conversion" else date.fromisoformat(written[:10])
    except ValueError:
        return None


def _status(record: ArcWarcRecord) -> str:
    """The HTTP status; a record without one counts as served well."""
    return (record.http_headers and record.http_headers.get_statuscode()) or "200"


def _content_type(record: ArcWarcRecord) -> tuple[str, str | None]:
    """The media type and the encoding of what was fetched."""
    headers = record.http_headers or record.rec_headers
    header = Message()
    header["Content-Type"] = headers.get_header("Content-Type") or "application/octet-stream"
    return header.get_content_type(), header.get_content_charset()


def _content(record: ArcWarcRecord) -> bytes:
    """What was fetched, without the server's compression; one byte over the limit tells that there is more."""
    content: bytes = record.content_stream().read(MAX_RECORD + 1)
    left = getattr(record.raw_stream, "limit", 0)
    if len(content) <= MAX_RECORD and left and not record.raw_stream.read(1):
        raise EOFError(f"it ends {left} bytes before the record does")
    return content

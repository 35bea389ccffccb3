"""The formats that are read, in one table: by extension, and by how a stream begins.

What is inside a web archive is told by media type instead, see `kgbuild.reading.web_archive`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading.csv_table import looks_like_csv, read_csv
from kgbuild.reading.json_records import read_json, read_json_lines
from kgbuild.reading.parquet_table import read_parquet
from kgbuild.reading.plain_text import read_text
from kgbuild.reading.source import ArticleReader, Source


@dataclass(frozen=True, slots=True)
class Format:
    """A format of articles. `extensions` in lower case with their dots; `begins` matches the first bytes of a file."""

    reader: ArticleReader
    extensions: tuple[str, ...]
    begins: re.Pattern[bytes] | None = None


def _begins(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?:\xef\xbb\xbf)?\s*" + pattern, re.IGNORECASE)


def read_feed(source: Source) -> Iterator[Article | InputError]:
    """See `kgbuild.reading.feed`; like the next two, loaded when it is needed, since its library takes its time."""
    from kgbuild.reading.feed import read_feed

    return read_feed(source)


def read_html(source: Source) -> Iterator[Article | InputError]:
    """See `kgbuild.reading.web_page`."""
    from kgbuild.reading.web_page import read_html

    return read_html(source)


def read_warc(source: Source) -> Iterator[Article | InputError]:
    """See `kgbuild.reading.web_archive`."""
    from kgbuild.reading.web_archive import read_warc

    return read_warc(source)


_FEED_ELEMENT = rb"(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:rss|feed|rdf:RDF)\b"

TEXT = Format(read_text, (".txt",))
CSV = Format(read_csv, (".csv", ".tsv"))

FORMATS = (
    Format(read_warc, (".warc", ".warc.gz"), re.compile(rb"WARC/|\x1f\x8b")),
    Format(read_parquet, (".parquet",), re.compile(rb"PAR1")),
    Format(read_json, (".json",), _begins(rb"\[")),
    Format(read_json_lines, (".jsonl", ".ndjson"), _begins(rb"\{")),
    Format(read_feed, (".xml", ".rss", ".atom"), _begins(_FEED_ELEMENT)),
    Format(read_html, (".html", ".htm", ".xhtml"), _begins(rb"<[!?a-z]")),
    CSV,
    TEXT,
)
"""Every format that is read, in the order in which a stream's beginning is compared with them."""


def format_of_name(name: str) -> Format | None:
    """The format that a file's name ends in."""
    lowered = name.lower()
    return next((format for format in FORMATS if lowered.endswith(format.extensions)), None)


def format_of_content(head: bytes) -> Format:
    """The format of a stream that begins so; plain text where nothing else is recognised."""
    for format in FORMATS:
        if format.begins and format.begins.match(head):
            return format
    return CSV if looks_like_csv(head) else TEXT


def known_extensions() -> str:
    """The extensions for a message."""
    return ", ".join(extension for format in FORMATS for extension in format.extensions)

"""RSS and Atom: an article an entry, out of what the feed itself carries. No link is followed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

import feedparser

from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading.article import make_article
from kgbuild.reading.record import date_of
from kgbuild.reading.source import MAX_DOCUMENT, Source, read_whole

_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "em", "font", "i", "mark", "q", "s", "small", "span", "strong")
)
"""Elements that do not end a line; feedparser has dropped scripts and styles before."""


def read_feed(source: Source) -> Iterator[Article | InputError]:
    """The entries of a feed in its order, counted as lines from 1.

    An entry's text is its title, an empty line, and its full content or else its summary, a paragraph a line.

    Raises:
        InputError: it is no feed, has no entries, or declares entities of its own.
    """
    data = read_whole(source, MAX_DOCUMENT)
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise InputError(
            source.path, "XML with entities of its own (it could swell without limit); remove the <!ENTITY …> lines"
        )
    # a stream, because feedparser would take bytes for the name of a file to open
    try:
        feed = feedparser.parse(io.BytesIO(data))
    except (ValueError, LookupError) as error:  # feedparser's own, over an encoding that is not what it says
        raise InputError(source.path, f"not a feed that can be read: {error}") from error
    if not feed.entries:
        reason = (
            feed.bozo_exception if feed.bozo else "it has no entries" if feed.version else "no RSS or Atom elements"
        )
        raise InputError(source.path, f"not a feed with articles: {reason}")
    publisher = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _article_of_entry(entry, publisher, source, number)
        except InputError as error:
            yield error


def _article_of_entry(entry: Any, publisher: str | None, source: Source, number: int) -> Article:
    title = " ".join(plain_text(entry.get("title") or "").split())
    contents = [content.get("value") or "" for content in entry.get("content", [])]
    body = plain_text(max([*contents, entry.get("summary") or ""], key=len))
    return make_article(
        source=source.path,
        line=number,
        id=entry.get("id"),
        url=entry.get("link"),
        title=title,
        text=f"{title}\n\n{body}" if title and body else title or body,
        published=_published(entry),
        publisher=publisher,
    )


def plain_text(markup: str) -> str:
    """The text of a piece of HTML: a line for each block, single spaces, no empty lines."""
    parser = _TextOfMarkup()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _TextOfMarkup(HTMLParser):
    """Collects the text, with a line end where a block begins or ends."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data.replace("\n", " "))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.pieces.append("\n")


def _published(entry: Any) -> date | None:
    """The day as the feed's own time zone has it; feedparser's parsed form would be that of UTC."""
    for name in ("published", "updated"):
        # past feedparser's own `get`, which would answer for a missing date with the other one
        written, parsed = dict.get(entry, name) or "", dict.get(entry, f"{name}_parsed")
        try:
            return date_of(written) or parsedate_to_datetime(written).date()
        except ValueError:
            if parsed:
                return date(*parsed[:3])
    return None

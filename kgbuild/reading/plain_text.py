"""`.txt`: one article a file, its text kept exactly as it is."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading.article import make_article
from kgbuild.reading.dateline import find_dateline
from kgbuild.reading.encoding import decode
from kgbuild.reading.source import Source, read_whole


def read_text(source: Source) -> Iterator[Article | InputError]:
    """The one article of a text file.

    The text is that of the file down to its line ends (`\\r\\n` stays); only the byte order mark is dropped. The title
    is the first line that is not blank; a line near the top that is only a date is the date of publication.
    """
    text = decode(read_whole(source), source.path, declared=source.charset, line=source.line)
    yield make_article(
        source=source.path,
        line=source.line,
        name=source.name,
        url=source.url,
        text=text,
        title=first_line(text),
        published=find_dateline(text),
        retrieved=source.retrieved,
    )


def first_line(text: str) -> str | None:
    """The first line that is not blank."""
    return next((line.strip() for line in text.splitlines() if line.strip()), None)

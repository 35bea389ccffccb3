"""The one place where an `Article` is made of what a reader found: limits, identity, language."""

from __future__ import annotations

import re
from datetime import date

from kgbuild import ids
from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading.language import detect_language
from kgbuild.reading.source import MAX_TEXT

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with each character that no XML document can hold replaced by U+FFFD: a lone surrogate, a control
    character other than tab and line ends. One for one, so no offset changes; nothing else is touched."""
    return _UNWRITABLE.sub("\ufffd", text)


def make_article(
    *,
    source: str,
    text: str,
    name: str | None = None,
    id: str | None = None,
    url: str | None = None,
    title: str | None = None,
    published: date | None = None,
    publisher: str | None = None,
    language: str | None = None,
    retrieved: date | None = None,
    line: int | None = None,
) -> Article:
    """An article whose id is the given one, else its URL, else `name`, else a hash of its text and title.

    `source` is the file; `line` (from 1) is where in it the article stands, if the file holds several.

    Raises:
        InputError: there is no text, or more than `MAX_TEXT` characters of it.
    """
    if not text.strip():
        raise InputError(source, "the article has no text", line=line)
    if len(text) > MAX_TEXT:
        reason = f"a text of {len(text):,} characters; the limit for one article is {MAX_TEXT:,}; split it"
        raise InputError(source, reason, line=line)
    text = clean(text)
    title = _tidy(title)
    return Article(
        id=_tidy(id) or _tidy(url) or name or ids.digest(text, title or ""),
        source=source if line is None else f"{source}:{line}",
        text=text,
        title=title,
        published=published,
        publisher=_tidy(publisher),
        url=_tidy(url),
        language=language or detect_language(text),
        retrieved=retrieved,
    )


def _tidy(value: str | None) -> str | None:
    """White space at the ends and inside made single spaces; None where nothing is left."""
    return " ".join(clean(value).split()) or None if value else None

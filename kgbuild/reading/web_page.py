"""`.html`: the article out of a saved web page, without the page around it. Nothing is ever fetched."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from configparser import ConfigParser
from datetime import date
from functools import cache

from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config

from kgbuild.errors import InputError
from kgbuild.language.folding import fold_key, fold_text
from kgbuild.language.lexicons import lexicon
from kgbuild.model import Article
from kgbuild.reading.article import make_article
from kgbuild.reading.dateline import find_dateline
from kgbuild.reading.encoding import decode
from kgbuild.reading.source import Source, read_whole

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DECLARED_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_HEAD = 4096
_SHORT = 12
"""Words; a longer line is reporting however it begins."""
_PROSE = 8
"""Words that a line of an article has and a link or a button has not: what trafilatura finds on a page without an
article is its menu."""
_MOST_TAGS = 60_000
"""A page of more is none of an article, and trafilatura would be busy with it for seconds."""
_SHORTEST_ARTICLE = "50"
"""Characters below which trafilatura doubts its own reading; its default of 250 is more than a news flash has."""


def read_html(source: Source) -> Iterator[Article | InputError]:
    """The one article of a web page: its title as the first line, an empty line, a paragraph a line.

    Raises:
        InputError: no article is found in the page.
    """
    data = read_whole(source)
    page = decode(data, source.path, declared=source.charset or _declared_charset(data), line=source.line)
    document = _extract(_DECLARATION.sub("", page), source.url)
    paragraphs = _paragraphs(document.text or "") if document else []
    title = document.title if document else None
    if title and paragraphs and fold_key(paragraphs[0]) == fold_key(title):
        del paragraphs[0]
    if document is None or not any(len(line.split()) >= _PROSE for line in paragraphs):
        reason = "no article text found in the page; save it as .txt if it holds one"
        raise InputError(source.path, reason, line=source.line)
    yield make_article(
        source=source.path,
        line=source.line,
        name=source.name,
        text="\n".join([title, "", *paragraphs] if title else paragraphs),
        url=source.url or document.url,
        title=title,
        published=_published(document),
        publisher=document.sitename,
        retrieved=source.retrieved,
    )


def _extract(page: str, url: str | None) -> Document | None:
    if page.count("<") > _MOST_TAGS:
        return None
    try:
        document = bare_extraction(
            page,
            url=url,
            config=_settings(),
            with_metadata=True,
            include_comments=False,
            # no search of the whole page: the date of a teaser beside the article would be taken for its own
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
        )
    except (ValueError, RecursionError):  # of lxml, on pages built to break it
        return None
    return document if isinstance(document, Document) else None


@cache
def _settings() -> ConfigParser:
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # it would tell stderr of pages we refuse anyway
    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = _SHORTEST_ARTICLE
    return config


def _paragraphs(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not _is_furniture(line)]


def _is_furniture(line: str) -> bool:
    lines, starts = _furniture()
    key = _words(line)
    return key in lines or (key.count(" ") < _SHORT and key.startswith(starts))


@cache
def _furniture() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole lines, and beginnings of short ones, that belong to the page. In other texts the pipeline marks them."""
    tables = [lexicon(code, "furniture") for code in ("ar", "en")]
    lines = frozenset(_words(line) for table in tables for line in table["lines"])
    return lines, tuple(_words(start) + " " for table in tables for start in table["starts"])


def _words(line: str) -> str:
    """The folded words alone, so that "+ الخط -" is الخط."""
    return " ".join(re.findall(r"\w+", fold_text(line)))


def _published(document: Document) -> date | None:
    if document.date:
        return date.fromisoformat(document.date[:10])
    return find_dateline(document.text or "")


def _declared_charset(data: bytes) -> str | None:
    match = _DECLARED_CHARSET.search(data[:_HEAD])
    return match[1].decode("ascii") if match else None

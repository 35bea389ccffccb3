"""A record with named fields (a JSON object, a row of a table) → `Article`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading.article import make_article
from kgbuild.reading.dateline import parse_date

FIELDS = ("id", "url", "title", "text", "published", "publisher", "language", "retrieved")
"""What a record may hold; other fields are left unread. Only `text` must be there."""

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=$|[T ])")


def article_of_record(record: Mapping[str, object], path: str, line: int) -> Article:
    """The article that a record holds; `line` says where in the file `path` it stands, from 1.

    Raises:
        InputError: a field is missing, of a wrong type or no date; there is no text or too much of it.
    """
    try:
        if record.get("text") is None:
            held = ", ".join(str(name) for name in list(record)[:12]) or "nothing"
            raise ValueError(f"no field `text`; the record holds {held}")
        strings = {name: _string(name, record.get(name)) for name in ("url", "title", "publisher")}
        return make_article(
            source=path,
            line=line,
            text=_string("text", record["text"]) or "",
            id=_identifier(record.get("id")),
            published=_date("published", record.get("published")),
            retrieved=_date("retrieved", record.get("retrieved")),
            language=_language(record.get("language")),
            **strings,
        )
    except ValueError as error:
        raise InputError(path, str(error), line=line) from error


def _string(name: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"`{name}` must be a string, not {_kind(value)}")


def _identifier(value: object) -> str | None:
    """Whole numbers are taken too: many a data set counts its articles."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string("id", value)


def _language(value: object) -> str | None:
    text = _string("language", value)
    if not text:
        return None
    match = _LANGUAGE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"`language` must be a code such as ar or en, not {text[:40]!r}")
    return match[1].lower()


def _date(name: str, value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _string(name, value)
    if not text or not text.strip():
        return None
    found = date_of(text)
    if found is None:
        raise ValueError(f"`{name}` is no date: {text[:40]!r}; write it as YYYY-MM-DD")
    return found


def date_of(text: str) -> date | None:
    """The day that a date, a date with a time (as its own time zone has it) or a written-out date names."""
    text = text.strip()
    if match := _ISO_DAY.match(text):
        try:
            return date.fromisoformat(match[0])
        except ValueError:
            return None
    return parse_date(text)


def _kind(value: object) -> str:
    """A type in words that one who writes JSON knows."""
    kinds = ((bool, "true or false"), ((int, float), "a number"), (list, "a list"), (dict, "an object"))
    return next((kind for types, kind in kinds if isinstance(value, types)), type(value).__name__)

"""The interface's languages: Arabic and English, by `?lang=`, else as chosen before, else by Accept-Language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Response, g, request

LANGUAGES = ("ar", "en")
COOKIE = "lang"
YEAR_SECONDS = 365 * 24 * 3600

_CATALOGS = Path(__file__).resolve().parent / "locale"
_LOCALES = {"ar": "ar_SY", "en": "en_GB"}


def choose() -> None:
    """Set `g.language` for this request."""
    asked = request.args.get("lang")
    known = request.cookies.get(COOKIE)
    if asked in LANGUAGES:
        g.language = asked
    elif known in LANGUAGES:
        g.language = known
    else:
        g.language = request.accept_languages.best_match(LANGUAGES, "en")


def remember(response: Response) -> Response:
    """Keep the choice that the switch made."""
    asked = request.args.get("lang")
    if asked in LANGUAGES and request.cookies.get(COOKIE) != asked:
        response.set_cookie(COOKIE, asked, max_age=YEAR_SECONDS, samesite="Lax", httponly=True)
    return response


def current() -> str:
    return str(g.get("language", "en"))


def translate(text: str, **values: object) -> str:
    """The interface's text in the current language; `values` fill its {placeholders}."""
    found = _catalog(current()).get(text, text)
    return found.format(**values) if values else found


@lru_cache(maxsize=len(LANGUAGES))
def _catalog(language: str) -> Mapping[str, str]:
    path = _CATALOGS / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id and m.string}


def day(value: str) -> str:
    """An ISO date as people write it: 8 June 2017, ٨ حزيران."""
    return format_date(date.fromisoformat(value[:10]), "d MMMM y", locale=_LOCALES[current()])


def month(value: str) -> str:
    return format_skeleton("yMMMM", date.fromisoformat(value[:10]), locale=_LOCALES[current()])


def interval(first: str | None, last: str | None, precision: str | None) -> str:
    """A date never finer than its precision; an en dash between the two ends of a range."""
    if not first:
        return translate("date unknown")
    if precision == "year":
        return first[:4]
    if precision == "month":
        return month(first)
    return day(first) if not last or last == first else f"{day(first)} – {day(last)}"


def number(value: float) -> str:
    return str(format_decimal(value, locale="en"))

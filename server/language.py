"""The interface's languages: Arabic and English, by `?lang=`, else as chosen before, else by Accept-Language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Response, g, request

from kgbuild import literals

LANGUAGES = ("ar", "en")
COOKIE = "lang"
YEAR_SECONDS = 365 * 24 * 3600

PLURALS = {"ar": ("zero", "one", "two", "few", "many", "other"), "en": ("one", "other")}
"""The order of plural forms in the catalogues, by CLDR's names."""

_CATALOGS = Path(__file__).resolve().parent / "locale"
_LOCALES = {"ar": "ar_SY", "en": "en_GB"}


class WordedError(Exception):
    """An error to tell people of: a text of the catalogues, with values for its {placeholders}."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text.format(**values) if values else text)
        self.text, self.values = text, values

    @property
    def told(self) -> str:
        """The text in the current language. In Arabic the values, which are written from left to right, do not turn
        what is around them: https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates"""
        values = {name: f"\u2066{value}\u2069" for name, value in self.values.items()}
        return translate(self.text, **(values if current() == "ar" else self.values))


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


def counted(one: str, many: str, n: int) -> str:
    """So many of something, in the plural form that the language has for the number: تقريران، 3 تقارير، 11 تقريراً."""
    language = current()
    forms = _plurals(language).get((one, many), (one, many))
    names = PLURALS[language]
    return forms[names.index(Locale.parse(language).plural_form(n))].format(n=number(n))


@lru_cache(maxsize=len(LANGUAGES))
def _messages(language: str) -> Sequence[Message]:
    with (_CATALOGS / f"{language}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id and message.string]


@lru_cache(maxsize=len(LANGUAGES))
def _catalog(language: str) -> Mapping[str, str]:
    return {message.id: str(message.string) for message in _messages(language) if isinstance(message.id, str)}


@lru_cache(maxsize=len(LANGUAGES))
def _plurals(language: str) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    return {
        tuple(message.id): tuple(message.string)
        for message in _messages(language)
        if isinstance(message.id, tuple | list) and isinstance(message.string, tuple | list)
    }


def day(value: str) -> str:
    """An ISO date as people write it: 8 June 2017, 8 حزيران 2017; anything else that stands for a date as it is."""
    found = literals.day(value)
    return format_date(found, "d MMMM y", locale=_LOCALES[current()]) if found else value


def month(value: str) -> str:
    found = literals.day(value)
    return format_skeleton("yMMMM", found, locale=_LOCALES[current()]) if found else value


def interval(first: str | None, last: str | None, precision: str | None) -> str:
    """A date never finer than its precision; an en dash between the two ends of a range."""
    if not first:
        return translate("date unknown")
    if precision == "year":
        return first[:4]
    if precision == "month":
        return month(first)
    return day(first) if not last or last == first else f"{day(first)} – {day(last)}"


def toll(low: int | None, high: int | None) -> str:
    """A range of figures in short: ≥ 14, 14–21; in Arabic in words, since a dash between numbers reads both ways."""
    if high is None:
        return translate("≥ {n}", n=number(low or 0))
    return number(high) if low == high else translate("{low}–{high}", low=number(low or 0), high=number(high))


def number(value: float) -> str:
    """With the separators of the language, in the digits that its press and our sources use."""
    return str(format_decimal(value, locale=_LOCALES[current()], numbering_system="latn"))

"""Countries: their names in Arabic and English (CLDR, by the package Babel) and what articles call them besides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from kgbuild.language.lexicons import lexicon
from kgbuild.linking.places import Place


@cache
def country_data() -> dict[str, Any]:
    """The content of `data/ar/countries.toml`."""
    return lexicon("ar", "countries")


@cache
def countries() -> Mapping[str, Place]:
    """All countries by ISO 3166 code of two letters. Their names are those that count, the commonest first."""
    data = country_data()
    arabic, english = (Locale(language).territories for language in ("ar", "en"))
    skipped = set(data["skip"]["ar"])
    found: dict[str, Place] = {}
    for code, label in english.items():
        if len(code) != 2 or not code.isalpha() or code in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"):
            continue
        names = [*data["aliases"].get(code, ()), arabic.get(code, "")]
        found[code] = Place(
            key=f"country-{code.lower()}",
            cls="Country",
            names=tuple(dict.fromkeys(name for name in names if name and name not in skipped)),
            label=data["english"].get(code, [label])[0],
            country=code,
            wikidata=data["wikidata"].get(code),
        )
    return found


def english_names(code: str) -> tuple[str, ...]:
    """The English names of a country; none where its name is an everyday word or another place."""
    data = country_data()
    label = Locale("en").territories.get(code, "")
    names = [*data["english"].get(code, ()), label]
    return tuple(dict.fromkeys(name for name in names if name and name not in data["skip"]["en"]))

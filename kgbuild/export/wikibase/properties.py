"""Which P-id renders which property of ours: Wikidata's own where one fits, from P90000 on where none does."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from kgbuild.export.wikibase.model import Property
from kgbuild.resources import data_path

OWN = 90_000
"""The number of the first property of our own."""

LANGUAGES = ("ar", "en")
"""Languages of the labels and descriptions that we ship."""


@cache
def properties() -> Mapping[str, Property]:
    """All properties of `data/wikibase/properties.tsv` by key, in the order of the file."""
    return MappingProxyType({row["key"]: _property(row) for row in table("properties.tsv")})


@cache
def rendering(term: str) -> Property:
    """The property that renders a property of our ontology ("perpetrator"); KeyError where none does."""
    found = next((p for p in properties().values() if p.term == term), None)
    if found is None:
        raise KeyError(term)
    return found


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of `data/wikibase`; every cell of a row is there, if empty."""
    with data_path("wikibase", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def in_languages(row: Mapping[str, str], name: str) -> dict[str, str]:
    """The cells `name_ar` and `name_en` by language, where they are filled."""
    return {language: row[f"{name}_{language}"] for language in LANGUAGES if row[f"{name}_{language}"]}


def _property(row: Mapping[str, str]) -> Property:
    return Property(
        key=row["key"],
        number=int(row["pid"].removeprefix("P")),
        id=row["pid"],
        datatype=row["datatype"],
        term=row["term"] or None,
        labels=in_languages(row, "label"),
        descriptions=in_languages(row, "description"),
    )

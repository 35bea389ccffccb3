"""The filters of a selection in words: which are set, and what can be chosen next, with the numbers that it leaves."""

from __future__ import annotations

from dataclasses import dataclass

from server.catalogue.selection import Selection, entity, entity_name
from server.graph import Text
from server.pages.edition import Edition
from server.pages.listing import label_of, links_by_count
from server.terms import class_label

MOST_FACETS = 12
TITLES = {
    "since": "From", "until": "Until", "type": "Type", "place": "Place", "actor": "Actor", "perpetrator": "By whom",
    "weapon": "Weapon", "facility": "Facility", "killed": "Killed at least", "status": "Status", "thing": "About",
    "certainty": "Certainty", "incident": "Incident", "source": "Source", "box": "Part of the map", "q": "Words",
}  # fmt: skip
"""What the filters are called."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to filter on, with the number of incidents it leaves."""

    label: Text
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: its name in URLs, its title, what can be chosen."""

    name: str
    title: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set, in words, and the selection without it."""

    title: str
    label: str
    without: str


def classes(edition: Edition, selection: Selection) -> list[tuple[str, int]]:
    """Classes of incidents with their numbers, the most frequent first."""
    where, values = selection.where(edition.base)
    text = (
        f"SELECT class, COUNT(*) AS n FROM incident WHERE {where} AND class IS NOT NULL GROUP BY class ORDER BY n DESC"
    )
    return [(row["class"], row["n"]) for row in edition.tables.rows(text, values)]


def facets(edition: Edition, selection: Selection) -> list[Facet]:
    """What can be chosen next, with numbers."""
    language = edition.language
    found = [
        Facet(
            "type",
            "Type",
            [Choice(Text(class_label(cls, language), language), cls, n) for cls, n in classes(edition, selection)],
        )
    ]
    for name, title, roles in (
        ("place", "Place", ("anywhere",)),
        ("actor", "Actor", ("actor",)),
        ("weapon", "Weapon", ("weapon",)),
        ("source", "Source", ("source",)),
    ):
        listed = links_by_count(edition, selection, roles, limit=MOST_FACETS)
        choices = [
            Choice(_source_name(link.text, iri) if name == "source" else link.text, _value(name, iri, edition.base), n)
            for link, iri, n in listed
        ]
        found.append(Facet(name, title, choices))
    return found


def _source_name(text: Text, iri: str) -> Text:
    """Publishers are entities in some graphs, and mere names in others."""
    return text if "://" in iri else Text(iri, None)


def _value(name: str, iri: str, base: str) -> str:
    return iri if name == "source" else entity_name(iri, base)


def chosen(edition: Edition, selection: Selection) -> list[Chosen]:
    """The filters that are set, in words."""
    found = []
    for name, title in TITLES.items():
        value = getattr(selection, name)
        if value:
            label = _in_words(edition, name, value)
            found.append(Chosen(title, label, selection.but(**{name: ""}).query()))
    return found


def _in_words(edition: Edition, name: str, value: str) -> str:
    if name in ("type", "status"):
        return class_label(value, edition.language)
    if name in ("place", "actor", "perpetrator", "weapon", "facility", "thing", "source"):
        iri = value if name == "source" else entity(value, edition.base)
        rows = edition.tables.rows("SELECT * FROM thing WHERE iri = ?", (iri,))
        return label_of(edition, rows[0]).text if rows else value
    return value

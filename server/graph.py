"""The graph as pages read it: descriptions of things, with their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import quote

from pyoxigraph import NamedNode

from kgbuild import literals
from kgbuild.vocab import CKO, DCTERMS, GROUP_OF, OWL, RDF, RDFS, SKOS
from server.engine.engine import Engine, Value

Descriptions: TypeAlias = Mapping[str, "Description"]

CONTEXT = 32
"""Letters of the article that the graph keeps on either side of a quote."""

_DECIMAL = re.compile(r"-?\d+(\.\d+)?")

LABELS = (RDFS.label, SKOS.prefLabel, DCTERMS.title)


@dataclass(frozen=True, slots=True)
class Text:
    """Words with their language, so that a page can mark it."""

    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Description:
    """What the graph says of one thing: values by predicate."""

    iri: str
    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)

    def all(self, predicate: NamedNode) -> tuple[Value, ...]:
        return self.values.get(predicate.value, ())

    def iris(self, *predicates: NamedNode) -> list[str]:
        return sorted({v.text for p in predicates for v in self.all(p) if v.kind == "uri"})

    def one(self, predicate: NamedNode) -> str | None:
        """The first value in the order of text."""
        return min((value.text for value in self.all(predicate)), default=None)

    def number(self, predicate: NamedNode) -> int | None:
        return literals.number(self.one(predicate) or "")

    def decimal(self, predicate: NamedNode) -> float | None:
        found = self.one(predicate)
        return float(found) if found is not None and _DECIMAL.fullmatch(found) else None

    @property
    def cls(self) -> str | None:
        """The class of the contract that it bears."""
        names = sorted(iri.removeprefix(CKO.iri) for iri in self.iris(RDF.type))
        return next((name for name in names if name in GROUP_OF), None)

    def name(self, language: str) -> Text | None:
        """Its label in that language, else in another one."""
        labels = [value for predicate in LABELS for value in self.all(predicate)]
        if not labels:
            return None
        order = {"ar": 1, "en": 2} | {language: 0}
        best = min(labels, key=lambda value: (order.get(value.language or "", 3), value.text))
        return Text(best.text, best.language)

    def other_names(self, shown: str) -> list[Text]:
        """Every other name it has, each once."""
        found = {(v.text, v.language) for p in (*LABELS, SKOS.altLabel) for v in self.all(p) if v.text != shown}
        return [Text(*pair) for pair in sorted(found, key=lambda pair: (pair[1] or "", pair[0]))]

    @property
    def same_as(self) -> list[str]:
        return self.iris(OWL.sameAs)


def describe(engine: Engine, iris: Iterable[str]) -> dict[str, Description]:
    """The statements of each of these things over all graphs, each statement once."""
    wanted = sorted(set(iris))
    if not wanted:
        return {}
    found: dict[str, dict[str, list[Value]]] = {iri: {} for iri in wanted}
    for row in engine.select("describe", things=[NamedNode(iri) for iri in wanted]):
        found[row["s"].text].setdefault(row["p"].text, []).append(row["o"])
    return {iri: Description(iri, {p: tuple(v) for p, v in values.items()}) for iri, values in found.items()}


def path_of(iri: str, base: str) -> str | None:
    """Where this server shows a thing: base + rest is at /rest; None for things of others."""
    if iri.startswith(CKO.iri):
        return f"/ontology#{iri.removeprefix(CKO.iri)}"
    if not iri.startswith(base):
        return None
    rest, mark, fragment = iri.removeprefix(base).partition("#")
    return "/" + quote(rest, safe="/:@!$&'()*+,;=~") + (mark + quote(fragment, safe="=,") if mark else "")


def before_quote(text: str) -> str:
    """The words before a quote, without the piece of a word with which they begin where they were cut."""
    words = text.split(maxsplit=1)
    return text if len(text) < CONTEXT or len(words) < 2 else f"… {words[1]}"


def after_quote(text: str) -> str:
    """The words after a quote, without the piece of a word with which they end where they were cut."""
    words = text.rsplit(maxsplit=1)
    return text if len(text) < CONTEXT or len(words) < 2 else f"{words[0]} …"

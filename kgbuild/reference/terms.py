"""The classes and properties, each with all that the files say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import Literal

from kgbuild.reference.facts import MATCHES, Facts, Texts, local
from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO

ONTOLOGY = "https://w3id.org/cko"

KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual")

_TRAITS = ("FunctionalProperty", "InverseFunctionalProperty", "SymmetricProperty", "TransitiveProperty")

ROOTS = ("Incident", "Actor", "People", "Place", "Facility", "Weapon")
"""The classes under which most others stand; what is under none is about documents and records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A name of the ontology. Lists of names hold IRIs, lists of values quoted strings too."""

    iri: str
    kind: str
    labels: Texts
    definitions: Texts
    examples: Texts
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    inverse: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    disjoint: tuple[str, ...] = ()
    matches: tuple[tuple[str, str], ...] = ()
    properties: tuple[str, ...] = ()
    value_of: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    rules: tuple[Texts, ...] = field(default=())

    @property
    def name(self) -> str:
        return local(self.iri)


@cache
def terms() -> Mapping[str, Term]:
    """All terms by local name, classes first, in the order of the file."""
    facts = Facts(ontology_path("conflict.ttl"))
    rules = _rules()
    found = (_term(facts, iri, kind, rules) for kind in KINDS for iri in facts.of_type(kind))
    return {term.name: term for term in found}


@cache
def labels_elsewhere() -> Mapping[str, Texts]:
    """What others call the items of theirs that terms are matched with, by IRI, as far as the file tells."""
    facts = Facts(ontology_path("conflict.ttl"))
    theirs = [iri for iri in list(facts.said) if not iri.startswith(ONTOLOGY) and facts.said[iri]["label"]]
    return {iri: facts.texts(iri, "label") for iri in theirs}


@cache
def about(name: str) -> Texts:
    """What the ontology says of itself, such as its "title"; what has no language is under ""."""
    return Facts(ontology_path("conflict.ttl")).texts(ONTOLOGY, name)


@cache
def about_all(name: str, language: str) -> list[str]:
    """All that the ontology says of itself in a language, such as its scope notes."""
    said = Facts(ontology_path("conflict.ttl")).said[ONTOLOGY][name]
    return [text.value for text in said if isinstance(text, Literal) and text.language == language]


def of_kind(*kinds: str) -> list[Term]:
    return [term for term in terms().values() if term.kind in kinds]


def sections() -> Iterator[tuple[str | None, list[Term]]]:
    """The classes by the class of `ROOTS` that they are under, the root first; None for those under none."""
    classes = of_kind("Class")
    placed = {name: [t for t in classes if name in (t.name, *_all_above(t))] for name in ROOTS}
    taken = {term.name for listed in placed.values() for term in listed}
    yield None, [term for term in classes if term.name not in taken]
    yield from placed.items()


def _all_above(term: Term) -> Iterator[str]:
    for iri in term.above:
        if iri.startswith(CKO.iri):
            yield local(iri)
            yield from _all_above(terms()[local(iri)])


def _term(facts: Facts, iri: str, kind: str, rules: Mapping[str, list[Texts]]) -> Term:
    types = facts.values(iri, "type")
    above = facts.values(iri, "subClassOf") + facts.values(iri, "subPropertyOf")
    return Term(
        iri=iri,
        kind=kind,
        labels=facts.texts(iri, "label"),
        definitions=facts.texts(iri, "definition"),
        examples=facts.texts(iri, "example"),
        above=tuple(above),
        below=tuple(_subjects(facts, iri, "subClassOf", "subPropertyOf")),
        domain=tuple(facts.values(iri, "domain")),
        range=tuple(facts.values(iri, "range")),
        inverse=(*facts.values(iri, "inverseOf"), *_subjects(facts, iri, "inverseOf")),
        traits=tuple(trait for trait in _TRAITS if trait in map(local, types)),
        disjoint=tuple(_disjoint(facts, iri)),
        matches=tuple((sign, value) for match, sign in MATCHES.items() for value in facts.values(iri, match)),
        properties=tuple(_subjects(facts, iri, "domain")),
        value_of=tuple(_subjects(facts, iri, "range")),
        types=tuple(t for t in types if t.startswith(CKO.iri)),
        rules=tuple(rules.get(iri, ())),
    )


def _subjects(facts: Facts, iri: str, *names: str) -> Iterator[str]:
    """Our names that say this of `iri`."""
    for subject in [s for s in facts.said if s.startswith(CKO.iri)]:
        if any(iri in facts.values(subject, name) for name in names):
            yield subject


def _disjoint(facts: Facts, iri: str) -> Iterator[str]:
    """The other members of all lists of disjoint classes that `iri` is in, each once."""
    others: dict[str, None] = {}
    for said in list(facts.said.values()):
        members = [name for head in said["members"] for name in facts.items(head)]
        if iri in members:
            others |= dict.fromkeys(name for name in members if name != iri)
    return iter(others)


def _rules() -> Mapping[str, list[Texts]]:
    """The messages of the shapes, by the property that they constrain and by the class after which a shape is named."""
    facts = Facts(ontology_path("shapes.ttl"))
    found: dict[str, list[Texts]] = {}
    for shape in list(facts.said):
        for path in facts.said[shape]["path"]:
            first = next(iter(facts.items(path)), path.value)
            found.setdefault(first, []).append(facts.texts(shape, "message"))
        for part in facts.values(shape, "property"):
            found.setdefault(CKO.iri + local(shape), []).append(facts.texts(part, "message"))
    return found

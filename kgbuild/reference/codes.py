"""The code lists, and what other codebooks call the same."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kgbuild.reference.facts import MATCHES, Facts, Texts
from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, CODE, GROUP_CLASSES, STATUSES

NO_COUNTERPART = "–"

_TURNED = {"⊂": "⊃", "⊃": "⊂"}
"""What is wider than ours sees ours as narrower."""


@dataclass(frozen=True, slots=True)
class Code:
    """A concept of a code list."""

    notation: str
    labels: Texts
    definitions: Texts


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of ours: `name` as in "certainty"."""

    name: str
    labels: Texts
    definitions: Texts
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A table: for each of our concepts (local name), its codes in each codebook, with their signs."""

    labels: Texts
    books: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A boundary rule: `code` is "" for no counterpart; a condition is a name and its values."""

    code: str
    conditions: tuple[tuple[str, tuple[str, ...]], ...]
    why: Texts


@cache
def code_lists() -> tuple[CodeList, ...]:
    """The lists whose concepts are codes; those whose concepts are classes stand among the classes."""
    facts = Facts(ontology_path("code-lists.ttl"))
    codes = _coded(facts)
    schemes = dict.fromkeys(scheme for code in codes for scheme in facts.values(code, "inScheme"))
    return tuple(_code_list(facts, scheme, codes) for scheme in schemes)


def _coded(facts: Facts) -> list[str]:
    return [s for s in list(facts.said) if s.startswith(CODE) and facts.said[s]["notation"]]


def _code_list(facts: Facts, scheme: str, codes: Sequence[str]) -> CodeList:
    listed = [code for code in codes if scheme in facts.values(code, "inScheme")]
    return CodeList(
        scheme.removeprefix(CODE),
        facts.texts(scheme, "prefLabel"),
        facts.texts(scheme, "definition"),
        tuple(
            Code(facts.said[c]["notation"][0].value, facts.texts(c, "prefLabel"), facts.texts(c, "definition"))
            for c in listed
        ),
    )


def list_of(values: Sequence[str]) -> str | None:
    """The code list that a property's values (quoted strings) are the codes of."""
    wanted = {value.strip('"') for value in values}
    return next((one.name for one in code_lists() if {code.notation for code in one.codes} == wanted), None)


@cache
def books() -> Mapping[str, Texts]:
    """The names of the codebooks' lists: what they are called."""
    facts = _crosswalk_facts()
    schemes = [s for s in facts.said if any(t.endswith("#ConceptScheme") for t in facts.values(s, "type"))]
    return {scheme.removeprefix(CODE): facts.texts(scheme, "prefLabel") for scheme in schemes}


@cache
def codes_of(book: str) -> tuple[Code, ...]:
    """The codes of a codebook's list, by its name as in `books`."""
    return _code_list(_crosswalk_facts(), f"{CODE}{book}", _coded(_crosswalk_facts())).codes


@cache
def ours_of(book: str) -> Mapping[str, list[tuple[str, str]]]:
    """For each code of a codebook our concepts that match it, with the sign read from theirs to ours; none for many."""
    facts, found = _crosswalk_facts(), dict[str, list[tuple[str, str]]]()
    for concept in list(facts.said):
        for match, sign in MATCHES.items():
            for code in facts.values(concept, match):
                if code.startswith(f"{CODE}{book}/"):
                    turned = _TURNED.get(sign, sign)
                    found.setdefault(facts.said[code]["notation"][0].value, []).append((turned, concept))
    return found


@cache
def crosswalks() -> tuple[Crosswalk, ...]:
    by_name = {one.name: one for one in code_lists()}
    incidents = {"ar": "الحوادث", "en": "Incidents"}
    statuses = {"ar": "حالة الحادثة", "en": "Status"}
    places, dates = by_name["place-precision"], by_name["date-precision"]
    return (
        _crosswalk(
            incidents,
            ("acled-event", "ucdp-type-of-violence", "cameo", "plover", "airwars-strike-type"),
            {name: CKO.iri + name for name in sorted(GROUP_CLASSES["incident"])},
        ),
        _crosswalk(statuses, ("airwars-grading",), {name: CKO.iri + name for name in STATUSES}),
        _crosswalk(
            places.labels,
            ("acled-geo-precision", "ucdp-where-prec", "airwars-geolocation-accuracy"),
            {code.notation: f"{CODE}{places.name}/{code.notation}" for code in places.codes},
        ),
        _crosswalk(
            dates.labels,
            ("acled-time-precision", "ucdp-date-prec"),
            {code.notation: f"{CODE}{dates.name}/{code.notation}" for code in dates.codes},
        ),
    )


def _crosswalk(labels: Texts, names: tuple[str, ...], concepts: Mapping[str, str]) -> Crosswalk:
    facts = _crosswalk_facts()
    rows = ((ours, tuple(_cell(facts, iri, book) for book in names)) for ours, iri in concepts.items())
    return Crosswalk(labels, names, tuple(rows))


def _cell(facts: Facts, concept: str, book: str) -> str:
    found = (
        f"{sign} {facts.said[code]['notation'][0].value}"
        for match, sign in MATCHES.items()
        for code in facts.values(concept, match)
        if code.startswith(f"{CODE}{book}/")
    )
    return ", ".join(found) or NO_COUNTERPART


@cache
def _crosswalk_facts() -> Facts:
    return Facts(*sorted(ontology_path().glob("crosswalk-*.ttl")))


def rule_groups() -> Mapping[str, list[str]]:
    """The groups of classes that rules name, with their members."""
    groups: Mapping[str, list[str]] = _rules_file()["groups"]
    return groups


@cache
def rules() -> Mapping[str, list[Rule]]:
    """The boundary rules of each codebook, in the order in which they are tried."""
    return {book: [_rule(rule) for rule in listed] for book, listed in _rules_file().items() if book != "groups"}


def _rule(table: Mapping[str, object]) -> Rule:
    conditions = (
        (name, tuple(value) if isinstance(value, list) else (str(value).lower(),))
        for name, value in table.items()
        if name not in ("code", "why", "why_ar")
    )
    return Rule(str(table["code"]), tuple(conditions), {"en": str(table["why"]), "ar": str(table["why_ar"])})


@cache
def _rules_file() -> Mapping[str, Any]:
    return tomllib.loads(ontology_path("crosswalk-rules.toml").read_text(encoding="utf-8"))

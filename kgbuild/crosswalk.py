"""Codes of other codebooks for our incidents: ACLED, UCDP GED, CAMEO, PLOVER, Airwars.

`ontology/crosswalk-*.ttl` maps classes and code lists as SKOS; `ontology/crosswalk-rules.toml` holds the boundary rules
that look at weapons, sides and circumstances. A codebook is named by its list: `acled-event`, `acled-geo-precision`,
`acled-time-precision`, `ucdp-type-of-violence`, `ucdp-where-prec`, `ucdp-date-prec`, `cameo`, `plover`,
`airwars-strike-type`, `airwars-grading`, `airwars-geolocation-accuracy`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pyoxigraph

from kgbuild.errors import UsageError
from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, CODE, SKOS, ancestors

_DECIDING = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
_LISTS = ("weapons", "perpetrators", "targets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a codebook may ask of an incident; classes are local names. `killed` is None where nothing is said."""

    cls: str
    weapons: frozenset[str] = frozenset()
    perpetrators: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    in_clash: bool = False
    killed: int | None = None


@dataclass(frozen=True, slots=True)
class _Codebooks:
    """All codes by IRI: list and notation, the code above, and the codes that decide for each of our concepts."""

    place: dict[str, tuple[str, str]] = field(default_factory=dict)
    broader: dict[str, str] = field(default_factory=dict)
    matches: dict[str, list[str]] = field(default_factory=dict)


def codebooks() -> tuple[str, ...]:
    """The names of the lists of other codebooks."""
    matched = {code for codes in _codebooks().matches.values() for code in codes}
    return tuple(sorted({_codebooks().place[code][0] for code in matched} | set(_rules())))


def incident_code(codebook: str, case: Case) -> str | None:
    """The code of an incident, None where the codebook has no counterpart; UsageError for an unknown codebook."""
    by_class = concept_code(codebook, case.cls)
    for rule in _rules().get(codebook, ()):
        if _holds(rule, case):
            return rule["code"] or None
    return by_class


def concept_code(codebook: str, concept: str) -> str | None:
    """The code that our class ("AirStrike") or concept ("place-precision/city") maps to by itself, or None."""
    if codebook not in codebooks():
        raise UsageError(f"there is no codebook {codebook}; there are {', '.join(codebooks())}")
    known = _codebooks()
    found = known.matches.get(f"{CODE}{concept}" if "/" in concept else f"{CKO.iri}{concept}", ())
    return next((known.place[code][1] for code in found if known.place[code][0] == codebook), None)


def wider_code(codebook: str, code: str) -> str | None:
    """The code above a code of the same list (the ACLED event type of a sub-event type), or None."""
    known = _codebooks()
    at = {place: iri for iri, place in known.place.items()}
    wider = known.broader.get(at.get((codebook, code), ""))
    return known.place[wider][1] if wider else None


def _holds(rule: Mapping[str, Any], case: Case) -> bool:
    """Whether all conditions of a rule hold; one that a rule does not name always does."""
    killed = case.killed or 0
    kinds = {case.cls, *ancestors(case.cls)}
    return (
        _any(rule, "classes", kinds)
        and all(_any(rule, name, getattr(case, name)) for name in _LISTS)
        and all(_only(rule, f"only_{name}", getattr(case, name)) for name in _LISTS)
        and rule.get("in_clash", case.in_clash) == case.in_clash
        and rule.get("killed", 0) <= killed <= rule.get("killed_at_most", killed)
    )


def _any(rule: Mapping[str, Any], name: str, values: Collection[str]) -> bool:
    return name not in rule or not _names(rule[name]).isdisjoint(values)


def _only(rule: Mapping[str, Any], name: str, values: Collection[str]) -> bool:
    return name not in rule or (bool(values) and _names(rule[name]).issuperset(values))


def _names(listed: Iterable[str]) -> set[str]:
    groups = _tables()["groups"]
    return {name for item in listed for name in groups.get(item, (item,))}


def _rules() -> Mapping[str, Any]:
    return {name: rules for name, rules in _tables().items() if name != "groups"}


@cache
def _tables() -> Mapping[str, Any]:
    with ontology_path("crosswalk-rules.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _codebooks() -> _Codebooks:
    known, matched = _Codebooks(), []
    for path in sorted(ontology_path().glob("crosswalk-*.ttl")):
        for triple in pyoxigraph.parse(path=path):
            subject, value = triple.subject.value, triple.object.value
            if triple.predicate == SKOS.notation:
                known.place[subject] = (subject.removeprefix(CODE).partition("/")[0], value)
            elif triple.predicate == SKOS.broader:
                known.broader[subject] = value
            elif triple.predicate in _DECIDING:
                matched.append((subject, _DECIDING.index(triple.predicate), value))
    for subject, _, value in sorted(matched):
        known.matches.setdefault(subject, []).append(value)
    return known

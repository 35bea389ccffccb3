from __future__ import annotations

import tomllib
from typing import Any

import pytest
from pyoxigraph import parse

from kgbuild import crosswalk, vocab
from kgbuild.crosswalk import Case, codebooks, concept_code, incident_code, wider_code
from kgbuild.errors import UsageError
from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, CODE, SKOS

_EVENT_LISTS = ("acled-event", "ucdp-type-of-violence", "cameo", "plover", "airwars-strike-type")
_PLACE_LISTS = ("acled-geo-precision", "ucdp-where-prec", "airwars-geolocation-accuracy")
_DATE_LISTS = ("acled-time-precision", "ucdp-date-prec")
_MATCHES = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}


def _triples() -> list[Any]:
    return [t for path in sorted(ontology_path().glob("crosswalk-*.ttl")) for t in parse(path=path)]


def _pairs(predicates: set[Any]) -> set[tuple[str, str]]:
    """Our concept and the list of the other codebook that it is said something of."""
    return {
        (t.subject.value, t.object.value.removeprefix(CODE).partition("/")[0])
        for t in _triples()
        if t.predicate in predicates
    }


def _concepts(list_name: str, codes: tuple[str, ...]) -> list[str]:
    return [f"{CODE}{list_name}/{code}" for code in codes]


def test_every_concept_maps_or_has_no_counterpart_in_every_codebook() -> None:
    asked = [(CKO.iri + cls, book) for cls in vocab.GROUP_CLASSES["incident"] for book in _EVENT_LISTS]
    asked += [(c, book) for c in _concepts("place-precision", vocab.PLACE_PRECISIONS) for book in _PLACE_LISTS]
    asked += [(c, book) for c in _concepts("date-precision", vocab.DATE_PRECISIONS) for book in _DATE_LISTS]
    asked += [(CKO.iri + status, "airwars-grading") for status in vocab.STATUSES]
    mapped, none = _pairs(_MATCHES), _pairs({CKO.noCounterpartIn})
    assert [pair for pair in asked if (pair in mapped) == (pair in none)] == []


def test_mappings_lead_to_codes_that_are_defined() -> None:
    defined = {t.subject.value for t in _triples() if t.predicate == SKOS.notation}
    assert {t.object.value for t in _triples() if t.predicate in _MATCHES} <= defined


def test_every_code_of_another_codebook_has_a_name_in_both_languages() -> None:
    names: dict[str, set[str]] = {}
    for triple in _triples():
        if triple.predicate == SKOS.prefLabel:
            names.setdefault(triple.subject.value, set()).add(triple.object.language)
    assert {t.subject.value for t in _triples() if t.predicate == SKOS.notation} <= set(names)
    assert [iri for iri, languages in names.items() if languages != {"ar", "en"}] == []


def test_acled_has_six_types_and_25_sub_events() -> None:
    codes = [t.subject for t in _triples() if t.predicate == SKOS.notation and f"{CODE}acled-event/" in t.subject.value]
    narrower = {t.subject for t in _triples() if t.predicate == SKOS.broader}
    assert len([c for c in codes if c in narrower]) == 25
    assert len([c for c in codes if c not in narrower]) == 6


@pytest.mark.parametrize(
    ("codebook", "concept", "code"),
    [
        ("acled-event", "DroneStrike", "Air/drone strike"),
        ("acled-event", "Bombardment", None),
        ("acled-geo-precision", "place-precision/district", "2"),
        ("acled-geo-precision", "place-precision/country", None),
        ("ucdp-where-prec", "place-precision/governorate", "4"),
        ("ucdp-date-prec", "date-precision/days", "2"),
        ("cameo", "CarBombing", "1832"),
        ("plover", "DroneStrike", "ASSAULT/drone"),
        ("airwars-grading", "SingleSource", "weak"),
        ("airwars-geolocation-accuracy", "place-precision/village", "village"),
        ("airwars-geolocation-accuracy", "place-precision/exact", "exact_location_other"),
        ("airwars-geolocation-accuracy", "place-precision/district", "district"),
    ],
)
def test_code_of_a_concept(codebook: str, concept: str, code: str | None) -> None:
    assert concept_code(codebook, concept) == code


def _case(cls: str, *weapons: str, **more: Any) -> Case:
    return Case(cls=cls, weapons=frozenset(weapons), **more)


_STATE, _GROUP, _CIVILIANS = frozenset({"StateForce"}), frozenset({"ArmedGroup"}), frozenset({"PopulationGroup"})


_ACLED = [
    pytest.param(_case("AirStrike", "WhitePhosphorus"), "Air/drone strike", id="phosphorus by air"),
    pytest.param(_case("ChemicalAttack", "WhitePhosphorus", "Aircraft"), "Air/drone strike", id="called chemical"),
    pytest.param(
        _case("ChemicalAttack", "WhitePhosphorus", "Artillery"),
        "Shelling/artillery/missile attack",
        id="phosphorus shells",
    ),
    pytest.param(_case("ChemicalAttack", "WhitePhosphorus"), None, id="phosphorus, carrier not said"),
    pytest.param(_case("ChemicalAttack", "Chlorine", "BarrelBomb"), "Chemical weapon", id="chlorine"),
    pytest.param(_case("SuicideBombing", "CarBomb"), "Suicide bomb", id="suicide car bomb"),
    pytest.param(_case("SuicideBombing", "CarBomb", in_clash=True), "Armed clash", id="suicide car bomb in a clash"),
    pytest.param(_case("CarBombing", "CarBomb"), "Remote explosive/landmine/IED", id="driverless car bomb"),
    pytest.param(_case("Explosion", "SuicideVest"), "Suicide bomb", id="suicide vest"),
    pytest.param(_case("Explosion", "UnexplodedOrdnance"), "Remote explosive/landmine/IED", id="unexploded"),
    pytest.param(_case("Shelling", "Artillery", in_clash=True), "Armed clash", id="exchanged long-range fire"),
    pytest.param(_case("Bombardment", "Aircraft"), "Air/drone strike", id="bombardment by aircraft"),
    pytest.param(_case("Bombardment", "Mortar"), "Shelling/artillery/missile attack", id="bombardment by mortars"),
    pytest.param(_case("Bombardment"), None, id="bombardment, air or ground not said"),
    pytest.param(_case("Explosion", "Grenade"), "Grenade", id="grenade"),
    pytest.param(_case("TerritorialGain", perpetrators=_STATE), "Government regains territory", id="state gains"),
    pytest.param(
        _case("TerritorialGain", perpetrators=_GROUP), "Non-state actor overtakes territory", id="group gains"
    ),
    pytest.param(_case("Shooting", targets=_CIVILIANS), "Attack", id="shooting at civilians"),
    pytest.param(_case("Shooting", targets=_STATE), "Armed clash", id="shooting at soldiers"),
    pytest.param(_case("Protest"), "Peaceful protest", id="protest"),
    pytest.param(_case("Protest", killed=2), "Excessive force against protesters", id="protest with dead"),
    pytest.param(_case("Raid"), None, id="raid"),
]


@pytest.mark.parametrize(("case", "code"), _ACLED)
def test_acled_boundary_rules(case: Case, code: str | None) -> None:
    assert incident_code("acled-event", case) == code


_UCDP = [
    pytest.param(_STATE, _GROUP, 3, "1", id="state against group"),
    pytest.param(_GROUP, _STATE, 3, "1", id="group against state"),
    pytest.param(_GROUP, _GROUP, 3, "2", id="group against group"),
    pytest.param(_GROUP, _CIVILIANS, 3, "3", id="group against civilians"),
    pytest.param(_STATE, _GROUP, 0, None, id="nobody died"),
    pytest.param(_STATE, _GROUP, None, None, id="no toll told"),
    pytest.param(frozenset(), _CIVILIANS, 3, None, id="unknown side"),
]


@pytest.mark.parametrize(("perpetrators", "targets", "killed", "code"), _UCDP)
def test_ucdp_type_follows_from_the_sides(
    perpetrators: frozenset[str], targets: frozenset[str], killed: int | None, code: str | None
) -> None:
    case = _case("Shelling", perpetrators=perpetrators, targets=targets, killed=killed)
    assert incident_code("ucdp-type-of-violence", case) == code


_OTHERS = [
    ("cameo", _case("ChemicalAttack", "WhitePhosphorus", "Aircraft"), "195"),
    ("cameo", _case("ChemicalAttack", "WhitePhosphorus", "Artillery"), "194"),
    ("cameo", _case("ChemicalAttack", "Sarin"), "2041"),
    ("cameo", _case("Explosion", "SuicideVest"), "1831"),
    ("plover", _case("ChemicalAttack", "WhitePhosphorus", "Helicopter"), "ASSAULT/aerial"),
    ("plover", _case("ChemicalAttack", "WhitePhosphorus", "Mortar"), "ASSAULT/heavy-weapons"),
    ("plover", _case("CarBombing"), "ASSAULT/explosives"),
    ("plover", _case("CarBombing", "SuicideVest"), "ASSAULT/suicide-attack"),
    ("airwars-strike-type", _case("AirStrike", "Helicopter", "BarrelBomb"), "helicopter"),
    ("airwars-strike-type", _case("AirStrike", "Drone"), "drone"),
    ("airwars-strike-type", _case("Bombardment", "Artillery"), "artillery"),
    ("airwars-strike-type", _case("Bombardment", "Aircraft", "Missile"), "airstrike"),
    ("airwars-strike-type", _case("Bombardment"), "unknown"),
    ("airwars-strike-type", _case("Abduction"), None),
]


@pytest.mark.parametrize(("codebook", "case", "code"), _OTHERS)
def test_other_boundary_rules(codebook: str, case: Case, code: str | None) -> None:
    assert incident_code(codebook, case) == code


def test_a_sub_event_belongs_to_its_type() -> None:
    assert wider_code("acled-event", "Suicide bomb") == "Explosions/Remote violence"
    assert wider_code("acled-event", "Battles") is None


def test_an_unknown_codebook_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no codebook gtd; there are acled-event"):
        concept_code("gtd", "AirStrike")


def _rules() -> dict[str, Any]:
    return tomllib.loads(ontology_path("crosswalk-rules.toml").read_text(encoding="utf-8"))


def _case_of_sides(sides: Any) -> Case:
    perpetrators, targets, killed, _ = sides.values
    return _case("Shelling", perpetrators=perpetrators, targets=targets, killed=killed)


_TRIED = [
    *(("acled-event", param.values[0]) for param in _ACLED),
    *(("ucdp-type-of-violence", _case_of_sides(param)) for param in _UCDP),
    *((book, case) for book, case, _ in _OTHERS),
]


def test_every_rule_decides_a_case_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    decided: list[Any] = []
    holds = crosswalk._holds

    def noting(rule: Any, case: Case) -> bool:
        if holds(rule, case):
            decided.append(rule)
            return True
        return False

    monkeypatch.setattr(crosswalk, "_holds", noting)
    for book, case in _TRIED:
        incident_code(book, case)
    rules = [rule for book, listed in _rules().items() if book != "groups" for rule in listed]
    assert [rule for rule in rules if rule not in decided] == []


def test_rules_name_known_classes_and_codes() -> None:
    rules = _rules()
    groups = rules.pop("groups")
    known = set(vocab.GROUP_OF) | set(groups)
    notations = {(t.subject.value.removeprefix(CODE).partition("/")[0], t.object.value) for t in _triples()}
    for book, listed in rules.items():
        assert book in codebooks()
        for rule in listed:
            assert not rule["code"] or (book, rule["code"]) in notations
            assert rule["why"]
            assert rule["why_ar"]
            named = [name for key, value in rule.items() if isinstance(value, list) for name in value if key]
            assert set(named) <= known
    assert {name for names in groups.values() for name in names} <= set(vocab.GROUP_OF)

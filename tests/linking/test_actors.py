"""The curated actors: enough of them, sound, and quick to load."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kgbuild.linking.actors import curated_actors
from kgbuild.vocab import GROUP_OF


def test_there_are_at_least_150_actors_of_an_actor_s_class() -> None:
    actors = curated_actors()
    assert len(actors) >= 150
    assert {GROUP_OF[actor.cls] for actor in actors.values()} == {"actor"}


def test_every_actor_has_labels_in_both_languages() -> None:
    assert [a.key for a in curated_actors().values() if not {"ar", "en"} <= a.label.keys()] == []


def test_every_relation_leads_to_an_actor() -> None:
    actors = curated_actors()
    assert [(a.key, k) for a in actors.values() for keys in a.relations.values() for k in keys if k not in actors] == []


def test_no_actor_is_part_of_itself() -> None:
    actors = curated_actors()
    for actor in actors.values():
        above, steps = actor.relations.get("partOf", ()), 0
        while above:
            assert actor.key not in above
            above, steps = tuple(k for key in above for k in actors[key].relations.get("partOf", ())), steps + 1
            assert steps < 10


def test_keys_are_fit_for_an_iri() -> None:
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in curated_actors())


def test_no_name_means_two_actors() -> None:
    owners: dict[str, set[str]] = {}
    for actor in curated_actors().values():
        for names in actor.names.values():
            for name in names:
                owners.setdefault(name, set()).add(actor.key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(
    ("key", "cls", "wikidata"),
    [
        ("isis", "ArmedGroup", "Q2429253"),
        ("sdf", "ArmedGroup", "Q21096224"),
        ("syrian-arab-army", "StateForce", "Q3068744"),
        ("un", "InternationalOrganization", "Q1065"),
        ("reuters", "MediaOrganization", "Q130879"),
        ("hts", "ArmedGroup", None),
    ],
)
def test_wikidata_ids_stand_only_where_verified(key: str, cls: str, wikidata: str | None) -> None:
    actor = curated_actors()[key]
    assert (actor.cls, actor.wikidata) == (cls, wikidata)


def test_dates_bound_an_actor() -> None:
    hts = curated_actors()["hts"]
    assert (hts.since, hts.until) == (date(2017, 1, 28), date(2025, 1, 29))
    assert curated_actors()["sahwa"].since == date(2005, 1, 1)


def test_no_life_ends_before_it_begins() -> None:
    assert [a.key for a in curated_actors().values() if a.since and a.until and a.until < a.since] == []

"""Reports to merge, made from articles that say in JSON what they tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kgbuild.merging import Account, Thing
from kgbuild.merging.records import accounts, to_record
from kgbuild.model import Article, Run
from tests.telling import article, extract

RUN = Run(version="0", pipeline_hash="0")


def accounts_of(found: Article) -> list[Account]:
    return accounts(to_record(extract(found), RUN, store_text=False))


def account(name: str, told: dict[str, Any], **about: Any) -> Account:
    """The one report of an article; `about` as for `tests.telling.article`."""
    return accounts_of(article(name, told, **about))[0]


def with_places(found: Account, name: str, point: tuple[float, float]) -> Account:
    """The report with one place that only it knows."""
    return replace(found, places=(name,), things={name: Thing(iri=name, cls="Village", group="place", point=point)})


def with_village(found: Account, iri: str, names: set[str]) -> Account:
    """The report with one place without a point, "Name Class", in places of the other names."""
    (name, cls), around = next(n.split() for n in names if " " in n), {n for n in names if " " not in n}
    things = {n: Thing(iri=n, cls="Area", group="place", names=frozenset({n})) for n in around}
    village = Thing(iri=iri, cls=cls, group="place", names=frozenset({name}), within=frozenset(around))
    return replace(found, places=(iri,), things=things | {iri: village})

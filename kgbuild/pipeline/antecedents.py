"""What a definite common noun stands for: المدينة, التنظيم, العاصمة, the group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.linking.actors import curated_actors
from kgbuild.linking.countries import country_data
from kgbuild.linking.places import place_key
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.named import bare_key
from kgbuild.pipeline.lexicon import lexicon


@dataclass(slots=True)
class Cluster:
    """Mentions of one thing. `core` is its name's key without head noun, `name` its best written form.

    `sides` are the directions of a countryside (ريف حلب الشمالي), ("",) where none is named; empty for anything else.
    `holder` is the key of the place that a nameless facility is put in, or empty; `amount` is empty for one facility,
    "many" for several, their figure where one is told.
    """

    cls: str
    group: str
    core: str
    name: str
    key: str | None = None
    generic: bool = False
    mentions: list[int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    sides: tuple[str, ...] = ()
    holder: str = ""
    amount: str = ""


def antecedent(mention: EntityMention, earlier: list[Cluster]) -> Cluster | None:
    """The last thing of its kind among the clusters of its group, the latest first; None where there is none."""
    if mention.group == "actor":
        return _antecedent_actor(mention, earlier)
    places = [cluster for cluster in earlier if not cluster.sides]
    if mention.head == "عاصمه":
        return next((cluster for cluster in places if cluster.core in _capitals()), None)
    return _antecedent_place(mention, places)


def named_ahead(mention: EntityMention, places: list[Cluster]) -> Cluster | None:
    """The only capital, or the only country, that the article names at all; None for other nouns."""
    if mention.head == "عاصمه":
        found = [cluster for cluster in places if cluster.core in _capitals() and not cluster.sides]
    else:
        found = [cluster for cluster in places if mention.head == "بلاد" and cluster.cls == "Country"]
    return found[0] if len(found) == 1 else None


def _antecedent_actor(mention: EntityMention, earlier: list[Cluster]) -> Cluster | None:
    """The last actor named with this noun; else one of those it stands for in this trade."""
    for cluster in earlier:
        if mention.head in cluster.heads or (cluster.key and _begins_with(cluster.key, mention.head or "")):
            return cluster
    by_key = {c.key: c for c in earlier}
    return next((by_key[key] for key in _stands_for(mention.head or "") if key in by_key), None)


def _begins_with(key: str, noun: str) -> bool:
    """Whether the actor's label begins with this noun (المنظمة for منظمة العفو الدولية)."""
    label = curated_actors()[key].label.get("ar", "") if key in curated_actors() else ""
    return fold_text(label).removeprefix("ال").startswith(f"{noun} ")


def _antecedent_place(mention: EntityMention, places: list[Cluster]) -> Cluster | None:
    if mention.head == "بلاد":
        countries = (c for c in places if c.cls == "Country")
        return max(countries, key=lambda c: len(c.mentions), default=None)  # what the article is about
    if mention.cls == "City":
        return next((c for c in places if c.cls == "City" or mention.head in c.heads), None)
    same_head = next((c for c in places if mention.head in c.heads), None)
    if same_head is not None or mention.cls == "Area":
        return same_head
    wanted = {"Town": ("Town", "Village", "City"), "Village": ("Village", "Town")}
    classes = wanted.get(mention.cls, (mention.cls,))
    return next((c for c in places if c.cls in classes), None)


def label_key(cluster: Cluster) -> str:
    """An actor's Arabic name as a key without articles."""
    actor = curated_actors().get(cluster.key or "")
    return bare_key(actor.label.get("ar", "")) if actor else cluster.core


@cache
def _capitals() -> frozenset[str]:
    return frozenset(place_key(name) for name in country_data()["capital"].values())


@cache
def _stands_for(noun: str) -> Sequence[str]:
    table: Mapping[str, Sequence[str]] = section("actor_heads", "back") | lexicon("en", "actors")["back"]
    return next((keys for word, keys in table.items() if fold_text(word) == noun), ())

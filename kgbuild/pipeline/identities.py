"""Which IRI each thing of a document has: the same thing has the same one in every article, on any machine.

A curated actor or a place of the gazetteer has that of its key; a weapon is a kind, the same everywhere. A named thing
that no list holds is its kind, its folded name and what holds it; a nameless one ("a house") also its document, so that
two articles never share it. What articles vary without meaning another thing is no part of this:

- whether a place is called a village, a town or a city;
- where a named facility lies: مسجد النور غربي الرقة is مسجد النور, and مدرسة غربي الرقة is a nameless school;
- whether a place is said to lie in a governorate, in its countryside, or, for a settlement, in the city it is called
  after: all are the governorate. A countryside has the place it is called after and its sides, whatever holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kgbuild.ids import known_entity_iri, unknown_entity_iri
from kgbuild.language.folding import fold_text
from kgbuild.linking.gazetteer import Gazetteer
from kgbuild.linking.places import Place, place_key
from kgbuild.linking.resolve import Choice
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.entity_rules.labels import spaced
from kgbuild.pipeline.entity_rules.lexicon import section

_SETTLEMENTS = ("City", "Town", "Village")
_SETTLEMENT = "Settlement"
_RURAL = "ريف"


class Identities:
    """The IRIs of one document's clusters; `within` and `chosen` are in their order."""

    def __init__(
        self,
        base: str,
        gazetteer: Gazetteer,
        document: str,
        clusters: Sequence[Cluster],
        within: Sequence[tuple[int, ...]],
        chosen: Sequence[Choice],
    ) -> None:
        self._base, self._gazetteer, self._document = base, gazetteer, document
        self._clusters, self._within, self._chosen = clusters, within, chosen
        self._found: dict[int, str] = {}

    def iris(self) -> list[str]:
        """One for each cluster."""
        return [self._iri(index) for index in range(len(self._clusters))]

    def _iri(self, index: int) -> str:
        if index not in self._found:
            self._found[index] = ""  # breaks a circle of containers, should the text make one
            self._found[index] = self._made(index)
        return self._found[index]

    def _made(self, index: int) -> str:
        cluster, place = self._clusters[index], self._chosen[index].place
        if cluster.key:
            return known_entity_iri(self._base, cluster.key)
        if place is not None and same_kind(cluster, place):
            return known_entity_iri(self._base, place.key)
        if cluster.group == "weapon":
            return known_entity_iri(self._base, f"weapon-{spaced(cluster.cls)}")
        if cluster.sides:
            return self._countryside(index)
        name = _without_direction(cluster)
        if cluster.generic or (name is not None and _is_common(name)):
            head = cluster.heads[0] if cluster.heads else ""
            holder = f"{self._document}\x1f{self._holder(index) or cluster.holder}"
            if cluster.amount:
                holder = f"{holder}\x1f{cluster.amount}"
            return unknown_entity_iri(self._base, cluster.cls, head, holder)
        kind = _SETTLEMENT if cluster.cls in _SETTLEMENTS else cluster.cls
        core = cluster.core if name is None else place_key(name)
        return unknown_entity_iri(self._base, kind, core, self._holder(index))

    def _countryside(self, index: int) -> str:
        """What its place and its sides say, in whatever order and gender: الشمالي الغربي is الغربي الشمالي."""
        cluster = self._clusters[index]
        sides = sorted(side.removesuffix("ه") for side in cluster.sides)
        place = called_after(cluster, self._gazetteer)
        core = "" if place is not None else cluster.core
        holder = self._holder(index) if place is None else known_entity_iri(self._base, place.key)
        return unknown_entity_iri(self._base, cluster.cls, " ".join((_RURAL, core, *sides)), holder)

    def _holder(self, index: int) -> str:
        """The IRI of what holds a thing, as far as articles agree on it; empty where nothing does."""
        if not self._within[index]:
            return ""
        outer = self._within[index][0]
        region = self._region(outer, settlement=self._clusters[index].cls in _SETTLEMENTS)
        return self._iri(outer) if region is None else known_entity_iri(self._base, region.key)

    def _region(self, outer: int, *, settlement: bool) -> Place | None:
        cluster, city = self._clusters[outer], self._chosen[outer].place
        place = called_after(cluster, self._gazetteer)
        if cluster.sides or place is None:
            return place
        capital = city is not None and city.cls == "City" and city.within == place.key
        return place if settlement and capital else None


def called_after(cluster: Cluster, gazetteer: Gazetteer) -> Place | None:
    """The place whose countryside a cluster is, the governorate first; likewise for a city that bears its name."""
    return next((p for p in gazetteer.find(cluster.core) if p.cls != "Country"), None)


def same_kind(cluster: Cluster, place: Place) -> bool:
    """Whether the entity is the gazetteer's place itself, and not an area or district called after it."""
    if cluster.sides:
        return False
    if cluster.cls in ("Area", "District", "Camp", "Neighbourhood"):
        return place.cls == cluster.cls
    return True


def _without_direction(cluster: Cluster) -> str | None:
    """A facility's folded name without what says where it lies; None where it says nothing of that."""
    if cluster.group != "facility":
        return None
    words = fold_text(cluster.name).split()
    end = next((n for n, word in enumerate(words) if n and word in _directions()), None)
    return None if end is None else " ".join(words[:end])


def _is_common(name: str) -> bool:
    """Whether a facility's folded name is but the lexicon's words for its kind (مقهى انترنت)."""
    return all(word.removeprefix("ال") in _nouns() for word in name.split())


@cache
def _nouns() -> frozenset[str]:
    nouns = (noun for nouns in section("facilities", "generic").values() for noun in nouns)
    return frozenset(word for noun in nouns for word in fold_text(noun.replace("/", " ").replace("*", "")).split())


@cache
def _directions() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("place_heads", "direction", "nouns"))

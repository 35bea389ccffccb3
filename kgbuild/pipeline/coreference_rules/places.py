"""Which mentions name one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from kgbuild.language.folding import fold_key, fold_text
from kgbuild.linking.gazetteer import curated_places
from kgbuild.linking.places import place_key
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.coreference_rules.clusters import Clusters, new_cluster
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.named import Named, one_begins_other
from kgbuild.pipeline.entity_rules.sources import adjective_set

RURAL = "ريف"
_SETTLEMENTS = ("City", "Town", "Village", "Neighbourhood", "Camp", "District", "Area")
_ORDER = {cls: rank for rank, cls in enumerate((*_SETTLEMENTS, "Governorate", "Country"))}
_REFERRING = frozenset(("المدينة", "البلدة", "القرية", "المحافظة"))
_DISTANCE = frozenset(("كلم", "كم", "كيلومتر", "كيلومترا", "كيلومترات"))


@dataclass(slots=True)
class PlaceCoreference:
    """Brings places together, and tells a governorate from the city that bears its name."""

    clusters: Clusters
    _governorates: set[str] = field(init=False)
    _settlements: set[str] = field(init=False)

    def __post_init__(self) -> None:
        headed = [
            n for n in self.clusters.named if n.mention.group == "place" and n.mention.head not in ("", None, RURAL)
        ]
        self._governorates = {place_key(n.core) for n in headed if n.mention.cls == "Governorate"}
        self._settlements = {place_key(n.core) for n in headed if n.mention.cls in _SETTLEMENTS}

    def read(self, named: Named) -> None:
        mention, core = named.mention, place_key(named.core)
        if mention.key:
            self.clusters.put(named, ("place", mention.key), new_cluster(named, key=mention.key))
            return
        if mention.head in _halves() and self._half(named):
            return
        kind = self._kind(named)
        cls = "Governorate" if kind == "governorate" else mention.cls
        name = named.core if kind in ("settlement", "camp") else named.full
        cluster = self.clusters.put(named, ("place", core, kind), new_cluster(named, cls=cls, name=name))
        if kind == "settlement" and named.head_in_text:
            better = _ORDER.get(mention.cls, 99) < _ORDER.get(cluster.cls, 99)
            if better or len(cluster.heads) == 1:
                cluster.cls = mention.cls

    def _half(self, named: Named) -> bool:
        """Join الجزء الغربي to الجزء الغربي من الموصل, whichever is named first."""
        key = fold_key(named.full)
        for cluster in self.clusters.indexed("half", [named.mention.head or ""]):
            if one_begins_other(key, fold_key(cluster.name)):
                self.clusters.join(named, cluster)
                if len(named.full) > len(cluster.name):
                    cluster.name, cluster.core = named.full, place_key(named.full)
                return True
        made = self.clusters.put(named, ("half", key), new_cluster(named, core=place_key(named.full)))
        self.clusters.index("half", [named.mention.head or ""], made)
        return True

    def _kind(self, named: Named) -> str:
        """What tells places of one name apart: a governorate, a settlement or area, or something else by its head."""
        mention, core = named.mention, place_key(named.core)
        if mention.cls == "Governorate":
            return "governorate"
        if mention.cls == "Camp":
            return "camp"  # the camp of a town bears the town's name
        if mention.head or mention.cls not in _SETTLEMENTS:
            return "settlement" if mention.cls in _SETTLEMENTS else mention.cls
        if core not in self._governorates:
            return "settlement"
        measured = core in self._settlements or self._after_distance(mention)
        return "settlement" if measured and not self._within_rural(named.index) else "governorate"

    def _within_rural(self, index: int) -> bool:
        """Whether the mention lies inside ريف X, which speaks of the governorate."""
        mention = self.clusters.mentions[index]
        return any(
            other.head == RURAL and other.start < mention.start and mention.end <= other.end
            for other in self.clusters.mentions[max(0, index - 2) : index]
        )

    def _after_distance(self, mention: EntityMention) -> bool:
        """60 كلم شرق حلب measures from the city."""
        return not _DISTANCE.isdisjoint(self.clusters.words.norms[max(0, mention.start - 3) : mention.start])

    def read_rural(self, named: Named) -> None:
        words = named.full.split()
        sides = tuple(w for w in (fold_text(word) for word in words[1:]) if w in _side_words())
        core = " ".join(word for word in words[1:] if fold_text(word) not in _side_words())
        if not core or core in _REFERRING:
            wide = (c for c in self.clusters.earlier("place") if c.core in _governorate_names() and not c.sides)
            core = next((c.name.removeprefix("محافظة ").strip() for c in wide), "")
        if not core:
            return
        name = " ".join(("ريف", core, *words[len(words) - len(sides) :][: len(sides)]))
        cluster = new_cluster(named, core=place_key(core), name=name, sides=sides or ("",))
        self.clusters.put(named, ("rural", place_key(core), *sorted(sides)), cluster)


def merge_rural(clusters: list[Cluster]) -> None:
    """ريف حلب alone is the one part of it that the article names, if it names one only."""
    parts: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        if cluster.sides and cluster.sides != ("",):
            parts.setdefault(cluster.core, []).append(cluster)
    for plain in [c for c in clusters if c.sides == ("",)]:
        found = parts.get(plain.core, [])
        if len(found) == 1:
            found[0].mentions = sorted({*found[0].mentions, *plain.mentions})
            clusters.remove(plain)


@cache
def _side_words() -> frozenset[str]:
    sides = adjective_set(section("place_heads", "direction", "adjectives"))
    return frozenset(f"ال{side}" for side in sides)


@cache
def _governorate_names() -> frozenset[str]:
    """The names of governorates, which a countryside left unnamed is of."""
    places = curated_places().values()
    return frozenset(place_key(name) for place in places if place.cls == "Governorate" for name in place.names)


@cache
def _halves() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("place_heads", "parts", "nouns"))

"""Gives every mention its entity (`kgbuild_linking`): identity, labels, place in the world and within what.

Reads `doc._.mentions`, the tokens and `doc._.article`; sets `doc._.entities`, numbered e1, e2 … in order of first
mention, and fills `entity` of each mention. Mentions that refer to nothing named are dropped.

What makes two things one is told in `kgbuild.pipeline.identities`. A place has the coordinates of the gazetteer, with
the precision of its class; where the text does not decide between places of one name, it has none, and `candidates` are
kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.config import DEFAULT_BASE
from kgbuild.linking.actors import curated_actors
from kgbuild.linking.countries import countries
from kgbuild.linking.gazetteer import Gazetteer, default_gazetteer
from kgbuild.linking.places import Place
from kgbuild.linking.resolve import Choice, choose
from kgbuild.model import Entity
from kgbuild.pipeline.annotations import register_extensions
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.containment import containers_of
from kgbuild.pipeline.coreference import clusters_of
from kgbuild.pipeline.entity_rules.labels import entity_label
from kgbuild.pipeline.identities import Identities, called_after, same_kind
from kgbuild.pipeline.known_containers import named_before, with_cities_spoken_of, with_known_containers
from kgbuild.vocab import GROUP_OF

_PRECISION = {
    "Country": "country",
    "Governorate": "governorate",
    "District": "district",
    "City": "city",
    "Town": "town",
    "Village": "village",
    "Neighbourhood": "neighbourhood",
    "Area": "region",
    "River": "region",
    "Road": "street",
    "Junction": "near",
    "Crossing": "exact",
    "Camp": "near",
}
_DEEPEST = 5


@Language.factory(
    "kgbuild_linking",
    assigns=["doc._.entities", "doc._.mentions"],
    requires=["doc._.mentions"],
    default_config={"base": DEFAULT_BASE},
)
def create(nlp: Language, name: str, base: str) -> Linker:
    """The component; `base` is the base of the entities' IRIs."""
    return Linker(base)


@dataclass(slots=True)
class _Linked:
    """The clusters of one document and, in the same order, what contains them, what they are, and their IRIs."""

    clusters: list[Cluster]
    within: list[tuple[int, ...]] = field(default_factory=list)
    chosen: list[Choice] = field(default_factory=list)
    iris: list[str] = field(default_factory=list)


class Linker:
    """The component; see the module's docstring."""

    def __init__(self, base: str = DEFAULT_BASE, gazetteer: Gazetteer | None = None) -> None:
        register_extensions()
        self._base = base
        self._gazetteer = gazetteer or default_gazetteer()

    def __call__(self, doc: Doc) -> Doc:
        document = doc._.article.id if doc._.article is not None else ""
        linked = _Linked(sorted(clusters_of(doc), key=lambda c: min(c.mentions)))
        self._resolve(doc, linked, document)
        while _join([_place_identity(c, p) for c, p in zip(linked.clusters, linked.chosen, strict=True)], linked):
            self._resolve(doc, linked, document)
        while _join(linked.iris, linked):
            self._resolve(doc, linked, document)
        owner = {m: f"e{number}" for number, cluster in enumerate(linked.clusters, 1) for m in cluster.mentions}
        kept = {m: f"m{n}" for n, m in enumerate(sorted(owner), 1)}
        places = [p.place if _is_place(c, p) else None for c, p in zip(linked.clusters, linked.chosen, strict=True)]
        known = with_known_containers(linked.clusters, places, linked.within)
        linked.within = with_cities_spoken_of(linked.clusters, named_before(doc), known)
        classes = self._mention_classes(doc, linked.clusters)
        doc._.entities = tuple(self._entity(linked, number, kept) for number in range(len(linked.clusters)))
        doc._.mentions = tuple(
            replace(mention, entity=owner[index], cls=classes[index][0], group=classes[index][1])
            for index, mention in enumerate(doc._.mentions)
            if index in owner
        )
        return doc

    def _resolve(self, doc: Doc, linked: _Linked, document: str) -> None:
        """Fill `within`, `chosen` and `iris` for the clusters as they are now."""
        linked.within = containers_of(doc, linked.clusters)
        linked.chosen = self._choose(linked.clusters, linked.within)
        linked.iris = Identities(
            self._base, self._gazetteer, document, linked.clusters, linked.within, linked.chosen
        ).iris()

    def _mention_classes(self, doc: Doc, clusters: list[Cluster]) -> dict[int, tuple[str, str]]:
        """Each mention's own class; its entity's where that is of another group (السيارة for a car bomb), and where the
        mention is a common noun that refers back to an actor (الوكالة)."""
        found = {}
        for cluster in clusters:
            for index in cluster.mentions:
                mention = doc._.mentions[index]
                same = mention.group == cluster.group and not (mention.generic and mention.group == "actor")
                found[index] = (mention.cls, mention.group) if same else (cluster.cls, cluster.group)
        return found

    def _choose(self, clusters: list[Cluster], within: list[tuple[int, ...]]) -> list[Choice]:
        """What each cluster of a place or facility is in the gazetteers, the containers first."""
        counts = _countries(clusters, self._gazetteer)
        chosen: dict[int, Choice] = {}

        def resolve(index: int, depth: int = 0) -> Choice:
            if index not in chosen:
                chosen[index] = Choice(None)
                keys = [key for holder in within[index] for key in keys_of(holder, depth)]
                chosen[index] = self._look_up(clusters[index], keys, counts)
            return chosen[index]

        def keys_of(holder: int, depth: int) -> list[str]:
            """The governorates and countries that a container is, or lies in."""
            place = resolve(holder, depth + 1).place if depth < _DEEPEST else None
            if place is None and clusters[holder].sides:
                place = next(iter(self._gazetteer.find(clusters[holder].core)), None)
            if place is None:
                return [key for outer in within[holder] if depth < _DEEPEST for key in keys_of(outer, depth + 1)]
            return [place.key] if place.cls in ("Governorate", "Country") else [place.within] if place.within else []

        return [resolve(index) for index in range(len(clusters))]

    def _look_up(self, cluster: Cluster, containers: list[str], counts: Mapping[str, int]) -> Choice:
        if cluster.key and cluster.key.startswith("country-"):
            return Choice(countries().get(cluster.key[-2:].upper()))
        if cluster.group not in ("place", "facility") or cluster.generic or cluster.sides:
            return Choice(None)
        found = self._gazetteer.find_spelt(cluster.name) or self._gazetteer.find_spelt(cluster.core)
        if cluster.cls == "Governorate":
            found = self._gazetteer.find(cluster.core) + self._gazetteer.find(f"{cluster.name} Governorate")
        if cluster.group == "facility":
            return Choice(next((p for p in found if GROUP_OF[p.cls] == "facility"), None))
        return choose(found, cluster.cls, containers=containers, countries=counts)

    def _entity(self, linked: _Linked, index: int, kept: Mapping[int, str]) -> Entity:
        cluster, choice = linked.clusters[index], linked.chosen[index]
        place = choice.place
        same = place is not None and same_kind(cluster, place)
        named_after = place or (called_after(cluster, self._gazetteer) if cluster.sides else None)
        actor = curated_actors().get(cluster.key or "")
        return Entity(
            id=f"e{index + 1}",
            iri=linked.iris[index],
            cls=cluster.cls,
            group=cluster.group,
            label=entity_label(cluster, place if same else None, named_after),
            wikidata=actor.wikidata if actor else place.wikidata if place and same else None,
            geonames=place.geonames if place and same else None,
            point=named_after.point if named_after else None,
            precision=_precision(cluster, named_after),
            within=tuple(f"e{w + 1}" for w in linked.within[index]),
            mentions=tuple(kept[m] for m in sorted(cluster.mentions)),
            candidates=choice.candidates,
        )


def _is_place(cluster: Cluster, choice: Choice) -> bool:
    """Whether the cluster is the very place or facility that the gazetteers know."""
    return choice.place is not None and cluster.group in ("place", "facility") and same_kind(cluster, choice.place)


def _place_identity(cluster: Cluster, choice: Choice) -> str:
    """The key of the place that a cluster is; empty where it is none, so that it is joined with nothing."""
    place = choice.place
    return place.key if place is not None and cluster.group == "place" and same_kind(cluster, place) else ""


def _join(identities: list[str], linked: _Linked) -> bool:
    """Bring together clusters of one identity (عين العرب, كوباني); whether there were any."""
    first: dict[str, Cluster] = {}
    for cluster, identity in zip(linked.clusters, identities, strict=True):
        known = first.setdefault(identity, cluster) if identity else cluster
        if known is not cluster:
            known.mentions = sorted({*known.mentions, *cluster.mentions})
            cluster.mentions = []
    left = sorted((c for c in linked.clusters if c.mentions), key=lambda c: min(c.mentions))
    changed = len(left) < len(linked.clusters)
    linked.clusters = left
    return changed


def _precision(cluster: Cluster, place: Place | None) -> str | None:
    if place is None or place.point is None:
        return "country" if cluster.cls == "Country" else None
    return "exact" if cluster.group == "facility" else _PRECISION.get(cluster.cls, "near")


def _countries(clusters: list[Cluster], gazetteer: Gazetteer) -> Counter[str]:
    """How often the article points to each country: by name, by its governorates, by places that lie in one only."""
    counts: Counter[str] = Counter()
    for cluster in clusters:
        if cluster.key and cluster.key.startswith("country-"):
            counts[cluster.key[-2:].upper()] += 2 * len(cluster.mentions)
        elif cluster.group == "place" and not cluster.generic:
            found = {place.country for place in gazetteer.find(cluster.core) if place.rank >= 20_000}
            if len(found) == 1:
                counts[found.pop()] += 3
    return counts

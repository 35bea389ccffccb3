"""Gives every mention its entity (`kgbuild_linking`): identity, labels, place in the world and within what.

Reads `doc._.mentions`, the tokens and `doc._.article`; sets `doc._.entities`, numbered e1, e2 … in order of first
mention, and fills `entity` of each mention. Mentions that refer to nothing named are dropped.

Identity: a curated actor or a place of the gazetteer has its key's IRI on any machine. A named thing that no list holds
is its class, folded name and containing place; a nameless one ("a house") also its document, so that two articles never
share it. Weapons are kinds, the same in all articles. A place has the coordinates of the gazetteer with the precision
of its class; where the text does not decide between places of one name, it has none, and `candidates` are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.config import DEFAULT_BASE
from kgbuild.ids import known_entity_iri, unknown_entity_iri
from kgbuild.linking.actors import curated_actors
from kgbuild.linking.countries import countries
from kgbuild.linking.gazetteer import Gazetteer, default_gazetteer
from kgbuild.linking.places import Place
from kgbuild.linking.resolve import Choice, choose
from kgbuild.linking.transliterate import transliterate
from kgbuild.model import Entity
from kgbuild.pipeline.annotations import register_extensions
from kgbuild.pipeline.containment import containers_of
from kgbuild.pipeline.coreference import Cluster, clusters_of
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
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@Language.factory(
    "kgbuild_linking",
    assigns=["doc._.entities", "doc._.mentions"],
    requires=["doc._.mentions"],
    default_config={"base": DEFAULT_BASE},
)
def create(nlp: Language, name: str, base: str) -> Linker:
    """The component; `base` is the base of the entities' IRIs."""
    return Linker(base)


class Linker:
    """The component; see the module's docstring."""

    def __init__(self, base: str = DEFAULT_BASE, gazetteer: Gazetteer | None = None) -> None:
        register_extensions()
        self._base = base
        self._gazetteer = gazetteer or default_gazetteer()

    def __call__(self, doc: Doc) -> Doc:
        clusters = sorted(clusters_of(doc), key=lambda c: min(c.mentions))
        within = containers_of(doc, clusters)
        chosen = self._choose(clusters, within)
        if self._joined(clusters, chosen):
            clusters = sorted((c for c in clusters if c.mentions), key=lambda c: min(c.mentions))
            within = containers_of(doc, clusters)
            chosen = self._choose(clusters, within)
        held = [within[index] or self._known_container(index, chosen) for index in range(len(clusters))]
        order = {id(cluster): number for number, cluster in enumerate(clusters)}
        iris: dict[int, str] = {}
        document = doc._.article.id if doc._.article is not None else ""
        for index in range(len(clusters)):
            self._iri(index, clusters, within, chosen, document, iris)
        owner = {m: f"e{number + 1}" for number, cluster in enumerate(clusters) for m in cluster.mentions}
        classes = self._mention_classes(doc, clusters)
        kept = {m: f"m{n}" for n, m in enumerate(sorted(owner), 1)}
        doc._.entities = tuple(
            self._entity(cluster, f"e{order[id(cluster)] + 1}", iris[number], chosen[number], held[number], kept)
            for number, cluster in enumerate(clusters)
        )
        doc._.mentions = tuple(
            replace(mention, entity=owner[index], cls=classes[index][0], group=classes[index][1])
            for index, mention in enumerate(doc._.mentions)
            if index in owner
        )
        return doc

    def _known_container(self, index: int, chosen: list[Choice]) -> tuple[int, ...]:
        """The governorate or country of a known place, where the article names it: the text need not say so again."""
        place = chosen[index].place
        if place is None or place.key.startswith("country-"):
            return ()
        named = {choice.place.key: n for n, choice in enumerate(chosen) if choice.place is not None}
        holders = (named.get(key) for key in (place.within, f"country-{place.country.lower()}") if key)
        return next(((n,) for n in holders if n is not None and n != index), ())

    def _mention_classes(self, doc: Doc, clusters: list[Cluster]) -> dict[int, tuple[str, str]]:
        """Each mention's own class, or its entity's where that is of another group (السيارة for a car bomb)."""
        found = {}
        for cluster in clusters:
            for index in cluster.mentions:
                mention = doc._.mentions[index]
                same = mention.group == cluster.group
                found[index] = (mention.cls, mention.group) if same else (cluster.cls, cluster.group)
        return found

    def _joined(self, clusters: list[Cluster], chosen: list[Choice]) -> bool:
        """Bring together clusters that proved to be one place under two names (عين العرب, كوباني); whether any were."""
        first: dict[str, Cluster] = {}
        found = False
        for cluster, choice in zip(clusters, chosen, strict=True):
            if choice.place is None or not _same_kind(cluster, choice.place) or cluster.group != "place":
                continue
            known = first.setdefault(choice.place.key, cluster)
            if known is not cluster:
                known.mentions = sorted({*known.mentions, *cluster.mentions})
                cluster.mentions = []
                found = True
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
        found = self._gazetteer.find(cluster.name) or self._gazetteer.find(cluster.core)
        if cluster.cls == "Governorate":
            found = self._gazetteer.find(cluster.core) + self._gazetteer.find(f"{cluster.name} Governorate")
        if cluster.group == "facility":
            return Choice(next((p for p in found if GROUP_OF[p.cls] == "facility"), None))
        return choose(found, cluster.cls, containers=containers, countries=counts)

    def _iri(
        self,
        index: int,
        clusters: list[Cluster],
        within: list[tuple[int, ...]],
        chosen: list[Choice],
        document: str,
        iris: dict[int, str],
    ) -> str:
        if index in iris:
            return iris[index]
        iris[index] = ""  # breaks a circle of containers, should the text make one
        cluster, place = clusters[index], chosen[index].place
        container = next((self._iri(w, clusters, within, chosen, document, iris) for w in within[index]), "")
        if cluster.key:
            found = known_entity_iri(self._base, cluster.key)
        elif place is not None and _same_kind(cluster, place):
            found = known_entity_iri(self._base, place.key)
        elif cluster.group == "weapon":
            found = known_entity_iri(self._base, f"weapon-{_CAMEL.sub('-', cluster.cls)}")
        elif cluster.generic:
            head = cluster.heads[0] if cluster.heads else ""
            found = unknown_entity_iri(self._base, cluster.cls, head, f"{document}\x1f{container}")
        else:
            name = f"{cluster.core} {' '.join(cluster.sides)}".strip()
            found = unknown_entity_iri(self._base, cluster.cls, name, container)
        iris[index] = found
        return found

    def _entity(
        self,
        cluster: Cluster,
        entity_id: str,
        iri: str,
        choice: Choice,
        within: tuple[int, ...],
        kept: Mapping[int, str],
    ) -> Entity:
        place = choice.place
        same = place is not None and (_same_kind(cluster, place) or cluster.cls == "Country")
        actor = curated_actors().get(cluster.key or "")
        return Entity(
            id=entity_id,
            iri=iri,
            cls=cluster.cls,
            group=cluster.group,
            label=_label(cluster, place if same else None),
            wikidata=actor.wikidata if actor else place.wikidata if place and same else None,
            geonames=place.geonames if place and same else None,
            point=place.point if place else None,
            precision=_precision(cluster, place),
            within=tuple(f"e{w + 1}" for w in within),
            mentions=tuple(kept[m] for m in sorted(cluster.mentions)),
            candidates=choice.candidates,
        )


def _same_kind(cluster: Cluster, place: Place) -> bool:
    """Whether the entity is the gazetteer's place itself, and not an area or district called after it."""
    if cluster.cls in ("Area", "District", "Camp", "Neighbourhood"):
        return place.cls == cluster.cls
    return True


def _precision(cluster: Cluster, place: Place | None) -> str | None:
    if place is None or place.point is None:
        return "country" if cluster.cls == "Country" else None
    return "exact" if cluster.group == "facility" else _PRECISION.get(cluster.cls, "near")


def _label(cluster: Cluster, place: Place | None) -> dict[str, str]:
    actor = curated_actors().get(cluster.key or "")
    if actor is not None:
        return dict(sorted(actor.label.items()))
    if place is not None:
        named = (
            f"محافظة {place.names[0]}"
            if place.cls == "Governorate"
            else place.names[0]
            if place.names
            else cluster.name
        )
        return {"ar": named, "en": place.label}
    if cluster.generic or cluster.group == "weapon":
        kind = _CAMEL.sub(" ", cluster.cls).lower()
        return {"en": kind} if cluster.name.isascii() else {"ar": cluster.name, "en": kind}
    if cluster.name.isascii():
        return {"en": cluster.name}
    return {"ar": cluster.name, "en": transliterate(cluster.name)}


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

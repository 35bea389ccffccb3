"""Brings the mentions of one article together: which of them name the same actor, person, place, facility or weapon.

Works on the mentions of `entities` and gives clusters; `linking` makes entities of them. A definite common noun
(المدينة, التنظيم) goes to the last thing of its kind named before it, and falls away where there is none. Every search
looks at a bounded number of candidates, so that the time is linear in the number of mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from spacy.tokens import Doc

from kgbuild.pipeline.antecedents import Cluster, antecedent, named_ahead
from kgbuild.pipeline.coreference_rules.actors import ActorCoreference
from kgbuild.pipeline.coreference_rules.clusters import Clusters, new_cluster
from kgbuild.pipeline.coreference_rules.facilities import FacilityCoreference
from kgbuild.pipeline.coreference_rules.persons import PersonCoreference
from kgbuild.pipeline.coreference_rules.places import RURAL, PlaceCoreference, merge_rural
from kgbuild.pipeline.coreference_rules.same_actors import join_named_twice
from kgbuild.pipeline.entity_rules.lexicon import arabic_forms, section
from kgbuild.pipeline.entity_rules.named import Named

_ARTICLE = "ال"


def clusters_of(doc: Doc) -> list[Cluster]:
    """The clusters of the document's mentions; each mention is in one or none."""
    return _Clusterer(doc).run()


class _Clusterer:
    def __init__(self, doc: Doc) -> None:
        self.clusters = Clusters(doc)
        self._places = PlaceCoreference(self.clusters)
        kinds = {mention.cls for mention in self.clusters.mentions}
        self._unread: list[Named] = []
        self._shell = next((kind for kind in section("weapons", "shell", "kinds") if kind in kinds), None)

    def run(self) -> list[Cluster]:
        readers: Mapping[str, Callable[[Named], None]] = {
            "actor": ActorCoreference(self.clusters).read,
            "person": PersonCoreference(self.clusters).read,
            "place": self._places.read,
            "facility": FacilityCoreference(self.clusters).read,
            "weapon": self._weapon,
        }
        for named in self.clusters.named:
            if named.mention.head == RURAL:
                self._places.read_rural(named)
            elif named.mention.generic and named.mention.group in ("place", "actor"):
                self._refer_back(named)
            else:
                readers[named.mention.group](named)
        self._refer_ahead()
        clusters = self.clusters.all()
        merge_rural(clusters)
        join_named_twice(clusters, self.clusters.words, self.clusters.mentions)
        return clusters

    def _weapon(self, named: Named) -> None:
        mention, cls = named.mention, named.mention.cls
        if self._shell and mention.head in _shells() and mention.end - mention.start == 1:
            cls = self._shell
        self.clusters.put(named, ("weapon", cls), new_cluster(named, cls=cls, generic=True))

    def _refer_back(self, named: Named) -> None:
        found = antecedent(named.mention, list(self.clusters.earlier(named.mention.group)))
        if found is not None:
            self._stand_for(named, found)
        elif named.mention.group == "place" and not self._specified(named.mention.end):
            self._unread.append(named)

    def _specified(self, end: int) -> bool:
        """Whether an adjective behind tells which one is meant (العاصمة الكازاخستانية نور سلطان)."""
        return any(word.startswith(_ARTICLE) for word in self.clusters.words.norms[end : end + 1])

    def _refer_ahead(self) -> None:
        """Let "the capital" stand for a capital that is named later on."""
        places = [cluster for cluster in self.clusters.all() if cluster.group == "place"] if self._unread else []
        for named in self._unread:
            found = named_ahead(named.mention, places)
            if found is not None:
                self._stand_for(named, found)
                found.mentions.sort()

    def _stand_for(self, named: Named, found: Cluster) -> None:
        heads = list(found.heads)
        self.clusters.join(named, found)
        found.heads = heads


@cache
def _shells() -> frozenset[str]:
    return frozenset(arabic_forms().phrase(noun)[0] for noun in section("weapons", "shell", "nouns"))

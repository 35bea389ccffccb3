"""Which mentions name one facility, and which nouns for a thing are one thing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.linking.places import place_key
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.coreference_rules.amounts import MANY, amount_of, may_be_one
from kgbuild.pipeline.coreference_rules.clusters import Clusters, new_cluster
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.named import Named, bare_key, one_begins_other

_INSIDE = frozenset(("في", "ب", "داخل", "وسط", "ضمن"))
_POSTS = frozenset(("Checkpoint", "MilitaryBase"))
_HOUSES = frozenset(("Residence", "Building", "GovernmentBuilding", "Farm"))
_GAP = 4


@dataclass(frozen=True, slots=True)
class FacilityCoreference:
    """Brings facilities together, the nameless by their noun and the place they are put in."""

    clusters: Clusters

    def read(self, named: Named) -> None:
        mention = named.mention
        if mention.generic:
            self._common_facility(named)
            return
        key = bare_key(named.full)
        alike = self.clusters.indexed(mention.cls, key.split()[:1])
        known = next((c for c in alike if one_begins_other(key, bare_key(c.name))), None)
        if known is None:
            made = self.clusters.put(named, ("facility", key), new_cluster(named))
            self.clusters.index(mention.cls, key.split()[:1], made)
            self.clusters.index("facility", [mention.head or ""], made)
            return
        self.clusters.join(named, known)
        if len(named.full) > len(known.name):
            known.name, known.core = named.full, place_key(named.core)

    def _common_facility(self, named: Named) -> None:
        """A house, the school: one thing in the article, unless it is put in different places."""
        mention, definite = named.mention, self._refers(named.mention)
        amount = amount_of(mention, self.clusters)
        if definite and self._exploded(named, amount):
            return
        holder = self._holder(named.index)
        same = [
            c for c in self.clusters.indexed("facility", _alike(mention.head or "")) if _one_kind(c.cls, mention.cls)
        ]
        if not same and definite:
            same = [c for c in self.clusters.earlier("facility") if c.cls == mention.cls]
        for cluster in same:
            if self._another_kind(named, cluster) or not may_be_one(amount, cluster.amount):
                continue
            if not holder or not cluster.holder or cluster.holder == holder or definite or self._again(named, cluster):
                self.clusters.join(named, cluster)
                break
        else:
            identity = ("facility", "", mention.cls, mention.head or "", holder, amount)
            cluster = self.clusters.put(named, identity, new_cluster(named, generic=True))
            self.clusters.index("facility", [mention.head or ""], cluster)
            cluster.amount = amount
        cluster.holder = cluster.holder or holder
        if cluster.amount == MANY:
            cluster.amount = amount

    def _again(self, named: Named, cluster: Cluster) -> bool:
        """Whether the words are those of the thing, now with an article: سرية مدفعية, then سرية المدفعية."""
        words, last = self.clusters.words, named.mention.end - 1
        return words.norms[last] != words.lemmas[last] and bare_key(named.full) == bare_key(cluster.name)

    def _another_kind(self, named: Named, cluster: Cluster) -> bool:
        """Whether an indefinite noun tells what the named thing is not: سوق شعبي is no سوق لبيع الطيور."""
        if cluster.generic or self._refers(named.mention):
            return False
        told = set(fold_text(named.full).split()[1:])
        return bool(told) and told.isdisjoint(fold_text(cluster.name).split())

    def _refers(self, mention: EntityMention) -> bool:
        """Whether a common noun is definite, and so points to something spoken of."""
        return self.clusters.words.norms[mention.start] != self.clusters.words.lemmas[mention.start]

    def _exploded(self, named: Named, amount: str) -> bool:
        """Give السيارة to the car bomb spoken of, where the article has no other car before; السيارات to several."""
        head = named.mention.head
        if named.mention.cls != "Vehicle" or next(self.clusters.indexed("facility", [head or ""]), None) is not None:
            return False
        bombs = ("CarBomb", "MotorcycleBomb")
        bomb = next((c for c in self.clusters.earlier("weapon") if c.cls in bombs and head in c.heads), None)
        if bomb is not None and amount and not any(self._amount_at(index) for index in bomb.mentions):
            return False
        if bomb is not None:
            self.clusters.join(named, bomb)
        return bomb is not None

    def _amount_at(self, index: int) -> str:
        return amount_of(self.clusters.mentions[index], self.clusters)

    def _holder(self, index: int) -> str:
        """The key of the place that a facility is put in right after it (منزل في قرية كفرموس), or an empty string."""
        end = self.clusters.mentions[index].end
        for other in range(index + 1, min(index + 4, len(self.clusters.mentions))):
            place = self.clusters.mentions[other]
            if place.start < end or (place.group == "actor" and place.start - end <= _GAP):
                continue
            if place.group != "place" or place.start - end > _GAP:
                return ""
            inside = not _INSIDE.isdisjoint(self.clusters.words.norms[end : place.start])
            return place_key(self.clusters.named[other].core) if inside else ""
        return ""


def _one_kind(one: str, other: str) -> bool:
    """Whether a common noun may stand for both: نقطة طبية is no نقطة عسكرية."""
    return one == other or {one, other} <= _POSTS or {one, other} <= _HOUSES


@cache
def _alike(head: str) -> tuple[str, ...]:
    """The head nouns that may stand for one another (مشفى and مستشفى)."""
    for words in section("facilities", "same", "nouns"):
        folded = tuple(fold_text(word) for word in words)
        if head in folded:
            return folded
    return (head,)

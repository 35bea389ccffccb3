"""Which mentions name one person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kgbuild.language.folding import fold_key, fold_text
from kgbuild.linking.places import place_key
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.coreference_rules.clusters import Clusters, new_cluster
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.named import Named, nominative
from kgbuild.pipeline.lexicon import lexicon

_GAP = 4


@dataclass(frozen=True, slots=True)
class PersonCoreference:
    """Brings persons together: by the words of their names, by a surname, by what they are also called."""

    clusters: Clusters

    def read(self, named: Named) -> None:
        mention = named.mention
        if mention.cls != "Person":
            self.clusters.put(named, ("person", mention.cls, place_key(named.core)), new_cluster(named))
            return
        key = fold_key(nominative(named.full))
        words = set(key.split())
        telling = [word for word in key.split() if word not in _name_openers()]  # a set has another order in each run
        known = next((c for c in self.clusters.indexed("person", telling) if _same_person(words, c)), None)
        known = known or self._surname_of(named) or self._alias_of(named)
        if known is None:
            made = self.clusters.put(named, ("person", key), new_cluster(named, core=key))
            self.clusters.index("person", words - _name_openers(), made)
            return
        self.clusters.join(named, known)
        if words > set(known.core.split()) and not words.isdisjoint(known.core.split()):
            known.core, known.name = key, named.full
            self.clusters.index("person", words - _name_openers(), known)

    def _surname_of(self, named: Named) -> Cluster | None:
        """The person named before whose name ends so, where every word of it is common (عبد الرحمن, أوغلو)."""
        key = fold_key(nominative(named.full))
        if not set(key.split()) <= _name_openers():
            return None
        ending = f" {key}"
        return next((c for c in self.clusters.earlier("person") if c.cls == "Person" and c.core.endswith(ending)), None)

    def _alias_of(self, named: Named) -> Cluster | None:
        """The person whom "الملقب ب", "also known as" just before this name is said of."""
        start = named.mention.start
        before = [i for i in range(max(0, start - 4), start) if self.clusters.words.tags[i] != "SPACE"]
        if not any(self.clusters.words.lemmas[i] in _alias_words() for i in before):
            return None
        person = next((c for c in self.clusters.earlier("person") if c.cls == "Person"), None)
        return person if person and start - self.clusters.mentions[person.mentions[-1]].end <= _GAP else None


def _same_person(words: set[str], cluster: Cluster) -> bool:
    other = set(cluster.core.split())
    return words <= other or words >= other


@cache
def _alias_words() -> frozenset[str]:
    return frozenset(map(fold_text, (*section("persons", "title", "alias"), *lexicon("en", "persons")["alias"])))


@cache
def _name_openers() -> frozenset[str]:
    """Words of names that so many persons share that they bring none together."""
    parts = section("persons", "parts")
    english = lexicon("en", "persons")["kunya"]
    return frozenset(fold_text(word) for word in (*parts["kunya"], *parts["joined"], *parts["second"], *english, "al"))

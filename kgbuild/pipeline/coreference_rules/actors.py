"""Which mentions name one actor."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.coreference_rules.clusters import Clusters, new_cluster
from kgbuild.pipeline.entity_rules.named import Named, bare_key, one_begins_other


@dataclass(frozen=True, slots=True)
class ActorCoreference:
    """Brings actors together: by their key, by names of which one begins the other, by their former name."""

    clusters: Clusters

    def read(self, named: Named) -> None:
        mention = named.mention
        renamed = self._formerly(named.index)
        if renamed is not None:
            self.clusters.join(named, renamed)
        elif mention.key:
            self.clusters.put(named, ("actor", mention.key), new_cluster(named, key=mention.key))
        else:
            self._unlisted_actor(named)

    def _unlisted_actor(self, named: Named) -> None:
        key, owner = bare_key(named.full), None
        if " " in key:
            alike = self.clusters.indexed("actor", key.split()[:1])
            owner = next((c for c in alike if one_begins_other(key, c.core)), None) or self._ended_by(key)
        if owner is not None:
            self.clusters.join(named, owner)
            return
        made = self.clusters.put(named, ("actor", "", key), new_cluster(named, core=key))
        if len(made.mentions) == 1:
            self.clusters.index("actor", key.split()[:1], made)

    def _ended_by(self, key: str) -> Cluster | None:
        """The actor named before whose English name ends so: Deir Ezzor Military Council, "the *Military Council*"."""
        if not key.isascii():
            return None
        return next((c for c in self.clusters.earlier("actor") if c.core.endswith(f" {key}")), None)

    def _formerly(self, index: int) -> Cluster | None:
        """The actor whose former name this is: هيئة تحرير الشام (جبهة النصرة سابقا)."""
        mention, norms = self.clusters.mentions[index], self.clusters.words.norms
        if mention.start == 0 or norms[mention.start - 1] != "(" or "سابقا" not in norms[mention.end : mention.end + 2]:
            return None
        before = self.clusters.owner.get(index - 1)
        near = before is not None and mention.start - self.clusters.mentions[index - 1].end <= 3
        return before if before is not None and near and before.group == "actor" else None

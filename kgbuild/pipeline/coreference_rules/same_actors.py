"""Actors that an article names in two ways: الشرطة and شرطة كركوك, وكالة الأنباء الرسمية (سانا)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.antecedents import Cluster, label_key
from kgbuild.pipeline.entity_rules.named import bare_key
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.words import Words

_BODIES = ("StateForce", "GovernmentBody")
_NAMED_TWICE = (*_BODIES, "MediaOrganization")


def join_named_twice(clusters: list[Cluster], words: Words, mentions: Sequence[EntityMention]) -> None:
    """Join the clusters of one actor; `mentions` are those that the clusters number."""
    owner = {index: cluster for cluster in clusters for index in cluster.mentions if cluster.group == "actor"}
    for one, other in [*_glossed(owner, words, mentions), *_left_short(clusters)]:
        kept, gone = (other, one) if other.key and not one.key else (one, other)
        if kept in clusters and gone in clusters and kept is not gone and not (kept.key and gone.key):
            kept.mentions = sorted({*kept.mentions, *gone.mentions})
            kept.heads += gone.heads
            clusters[:] = [cluster for cluster in clusters if cluster is not gone]


def _glossed(
    owner: dict[int, Cluster], words: Words, mentions: Sequence[EntityMention]
) -> Iterator[tuple[Cluster, Cluster]]:
    """An actor and the one that brackets after it name: المخابرات العامة (أمن الدولة)."""
    for index, cluster in owner.items():
        before, mention = owner.get(index - 1), mentions[index]
        if before is None or before.cls != cluster.cls or cluster.cls not in _NAMED_TWICE:
            continue
        between = words.norms[mentions[index - 1].end : mention.start]
        closed = words.norms[mention.end : mention.end + 1] == [")"]
        if (between == ["("] and closed) or (not between and cluster.cls == "MediaOrganization"):
            yield before, cluster


def _left_short(clusters: list[Cluster]) -> Iterator[tuple[Cluster, Cluster]]:
    """الشرطة and the only police of a nation or place that the article names."""
    bodies = [c for c in clusters if c.group == "actor" and c.cls in _BODIES]
    places = {bare_key(c.name) for c in clusters if c.group == "place"}
    for short in bodies:
        if short.key or not short.heads:
            continue
        found = [c for c in bodies if c is not short and c.cls == short.cls and _specifies(c, short.core, places)]
        if len(found) == 1:
            yield found[0], short


def _specifies(cluster: Cluster, noun: str, places: set[str]) -> bool:
    """Whether the actor's name is the noun and a nation's adjective or a place."""
    name = label_key(cluster)
    whose = name.removeprefix(f"{noun} ")
    return whose != name and (nation_of(whose) is not None or whose in places)

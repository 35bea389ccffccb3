"""The clusters of an article as they grow, found by identity, by word and by how lately they were mentioned."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc

from kgbuild.linking.places import place_key
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.entity_rules.named import Named, named_mentions
from kgbuild.pipeline.words import words_of

_CANDIDATES = 60
"""How many clusters a search looks at, so that its time does not grow with the article."""


class Clusters:
    """The mentions of a document, and the clusters that hold them so far.

    `owner` tells that of a mention, `figures` the figure that ends before a token.
    """

    def __init__(self, doc: Doc) -> None:
        self.words = words_of(doc)
        self.mentions: Sequence[EntityMention] = doc._.mentions
        self.named = list(named_mentions(doc))
        self.figures = {number.end: number.min for number in doc._.numbers if number.exact and number.min}
        self.owner: dict[int, Cluster] = {}
        self._by_id: dict[tuple[str, ...], Cluster] = {}
        self._by_word: dict[tuple[str, str], list[Cluster]] = {}
        self._recent: OrderedDict[int, Cluster] = OrderedDict()

    def all(self) -> list[Cluster]:
        return list(self._by_id.values())

    def put(self, named: Named, identity: tuple[str, ...], cluster: Cluster) -> Cluster:
        """Add a mention to the cluster of this identity, which is `cluster` where there is none yet."""
        known = self._by_id.setdefault(identity, cluster)
        self.join(named, known)
        return known

    def join(self, named: Named, cluster: Cluster) -> None:
        cluster.mentions.append(named.index)
        if named.mention.head:
            cluster.heads.append(named.mention.head)
        self.owner[named.index] = cluster
        located = self._only_locates(named)
        if located and id(cluster) in self._recent:
            return
        self._recent[id(cluster)] = cluster
        self._recent.move_to_end(id(cluster), last=not located)

    def _only_locates(self, named: Named) -> bool:
        """Whether the name stands inside another's, so that nothing is told of it (*دير الزور* in ريف دير الزور)."""
        around = self.mentions[named.index - 1] if named.index else named.mention
        return around is not named.mention and around.end >= named.mention.end

    def index(self, kind: str, words: Iterable[str], cluster: Cluster) -> None:
        for word in words:
            self._by_word.setdefault((kind, word), []).append(cluster)

    def indexed(self, kind: str, words: Iterable[str]) -> Iterator[Cluster]:
        """The latest clusters that were indexed under one of these words."""
        for word in words:
            yield from islice(reversed(self._by_word.get((kind, word), ())), _CANDIDATES)

    def earlier(self, group: str) -> Iterator[Cluster]:
        """The clusters of a group, the latest mentioned first."""
        return (c for c in islice(reversed(self._recent.values()), 4 * _CANDIDATES) if c.group == group)


def new_cluster(
    named: Named,
    *,
    cls: str | None = None,
    core: str | None = None,
    name: str | None = None,
    key: str | None = None,
    generic: bool = False,
    sides: tuple[str, ...] = (),
) -> Cluster:
    """A new cluster for a mention, with what is not given taken from it."""
    mention = named.mention
    return Cluster(
        cls=cls or mention.cls,
        group=mention.group,
        core=place_key(named.core) if core is None else core,
        name=named.full if name is None else name,
        key=key,
        generic=generic,
        sides=sides,
    )

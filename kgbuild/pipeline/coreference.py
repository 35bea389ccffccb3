"""Brings the mentions of one article together: which of them name the same actor, person, place, facility or weapon.

Works on the mentions of `entities` and gives clusters; `linking` makes entities of them. A definite common noun
(المدينة, التنظيم) goes to the last thing of its kind named before it, and falls away where there is none. Every search
looks at a bounded number of candidates, so that the time is linear in the number of mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from spacy.tokens import Doc

from kgbuild.language.folding import fold_key, fold_text
from kgbuild.linking.gazetteer import curated_places
from kgbuild.linking.places import place_key
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.antecedents import Cluster, antecedent
from kgbuild.pipeline.entity_rules.lexicon import arabic_forms, section
from kgbuild.pipeline.entity_rules.named import Named, bare_key, named_mentions, nominative, one_begins_other
from kgbuild.pipeline.entity_rules.sources import adjective_set
from kgbuild.pipeline.lexicon import lexicon
from kgbuild.pipeline.same_actors import join_named_twice
from kgbuild.pipeline.words import words_of

_SETTLEMENTS = ("City", "Town", "Village", "Neighbourhood", "Camp", "District", "Area")
_ORDER = {cls: rank for rank, cls in enumerate((*_SETTLEMENTS, "Governorate", "Country"))}
_RURAL = "ريف"
_REFERRING = frozenset(("المدينة", "البلدة", "القرية", "المحافظة"))
_INSIDE = frozenset(("في", "ب", "داخل", "وسط", "ضمن"))
_DISTANCE = frozenset(("كلم", "كم", "كيلومتر", "كيلومترا", "كيلومترات"))
_POSTS = frozenset(("Checkpoint", "MilitaryBase"))
_HOUSES = frozenset(("Residence", "Building", "GovernmentBuilding", "Farm"))
_CANDIDATES = 60
_GAP = 4


def clusters_of(doc: Doc) -> list[Cluster]:
    """The clusters of the document's mentions; each mention is in one or none."""
    return _Clusterer(doc).run()


class _Clusterer:
    def __init__(self, doc: Doc) -> None:
        self._words = words_of(doc)
        self._mentions: Sequence[EntityMention] = doc._.mentions
        self._named = list(named_mentions(doc))
        self._by_id: dict[tuple[str, ...], Cluster] = {}
        self._by_word: dict[tuple[str, str], list[Cluster]] = {}
        self._owner: dict[int, Cluster] = {}
        self._recent: dict[int, Cluster] = {}
        headed = [n for n in self._named if n.mention.group == "place" and n.mention.head and n.mention.head != _RURAL]
        self._governorates = {place_key(n.core) for n in headed if n.mention.cls == "Governorate"}
        self._settlements = {place_key(n.core) for n in headed if n.mention.cls in _SETTLEMENTS}
        self._shell = next(
            (k for k in section("weapons", "shell", "kinds") if k in {m.cls for m in self._mentions}), None
        )

    def run(self) -> list[Cluster]:
        readers: Mapping[str, Callable[[Named], None]] = {
            "actor": self._actor,
            "person": self._person,
            "place": self._place,
            "facility": self._facility,
            "weapon": self._weapon,
        }
        for named in self._named:
            if named.mention.head == _RURAL:
                self._rural(named)
            elif named.mention.generic and named.mention.group in ("place", "actor"):
                self._refer_back(named)
            else:
                readers[named.mention.group](named)
        clusters = list(self._by_id.values())
        _merge_rural(clusters)
        join_named_twice(clusters, self._words, self._mentions)
        return clusters

    def _put(self, named: Named, identity: tuple[str, ...], cluster: Cluster) -> Cluster:
        """Add a mention to the cluster of this identity, which is `cluster` where there is none yet."""
        known = self._by_id.setdefault(identity, cluster)
        self._join(named, known)
        return known

    def _join(self, named: Named, cluster: Cluster) -> None:
        cluster.mentions.append(named.index)
        if named.mention.head:
            cluster.heads.append(named.mention.head)
        self._owner[named.index] = cluster
        self._recent.pop(id(cluster), None)
        self._recent[id(cluster)] = cluster

    def _index(self, kind: str, words: Iterable[str], cluster: Cluster) -> None:
        for word in words:
            self._by_word.setdefault((kind, word), []).append(cluster)

    def _indexed(self, kind: str, words: Iterable[str]) -> Iterator[Cluster]:
        """The latest clusters that were indexed under one of these words."""
        for word in words:
            yield from islice(reversed(self._by_word.get((kind, word), ())), _CANDIDATES)

    def _earlier(self, group: str) -> Iterator[Cluster]:
        """The clusters of a group, the latest mentioned first."""
        return (c for c in islice(reversed(self._recent.values()), 4 * _CANDIDATES) if c.group == group)

    def _actor(self, named: Named) -> None:
        mention = named.mention
        renamed = self._formerly(named.index)
        if renamed is not None:
            self._join(named, renamed)
        elif mention.key:
            self._put(named, ("actor", mention.key), _cluster(named, key=mention.key))
        else:
            self._unlisted_actor(named)

    def _unlisted_actor(self, named: Named) -> None:
        key, owner = bare_key(named.full), None
        if " " in key:
            alike = self._indexed("actor", key.split()[:1])
            owner = next((c for c in alike if one_begins_other(key, c.core)), None)
        if owner is not None:
            self._join(named, owner)
            return
        made = self._put(named, ("actor", "", key), _cluster(named, core=key))
        if len(made.mentions) == 1:
            self._index("actor", key.split()[:1], made)

    def _formerly(self, index: int) -> Cluster | None:
        """The actor whose former name this is: هيئة تحرير الشام (جبهة النصرة سابقا)."""
        mention, norms = self._mentions[index], self._words.norms
        if mention.start == 0 or norms[mention.start - 1] != "(" or "سابقا" not in norms[mention.end : mention.end + 2]:
            return None
        before = self._owner.get(index - 1)
        near = before is not None and mention.start - self._mentions[index - 1].end <= 3
        return before if before is not None and near and before.group == "actor" else None

    def _weapon(self, named: Named) -> None:
        mention, cls = named.mention, named.mention.cls
        if self._shell and mention.head in _shells() and mention.end - mention.start == 1:
            cls = self._shell
        self._put(named, ("weapon", cls), _cluster(named, cls=cls, generic=True))

    def _facility(self, named: Named) -> None:
        mention = named.mention
        if mention.generic:
            self._common_facility(named)
            return
        key = bare_key(named.full)
        alike = self._indexed(mention.cls, key.split()[:1])
        known = next((c for c in alike if one_begins_other(key, bare_key(c.name))), None)
        if known is None:
            made = self._put(named, ("facility", key), _cluster(named))
            self._index(mention.cls, key.split()[:1], made)
            self._index("facility", [mention.head or ""], made)
            return
        self._join(named, known)
        if len(named.full) > len(known.name):
            known.name, known.core = named.full, place_key(named.core)

    def _common_facility(self, named: Named) -> None:
        """A house, the school: one thing in the article, unless it is put in different places."""
        mention, definite = named.mention, self._refers(named.mention)
        if definite and self._exploded(named):
            return
        holder = self._holder(named.index)
        same = [c for c in self._indexed("facility", _alike(mention.head or "")) if _one_kind(c.cls, mention.cls)]
        if not same and definite:
            same = [c for c in self._earlier("facility") if c.cls == mention.cls]
        for cluster in same:
            if self._another_kind(named, cluster):
                continue
            if not holder or not cluster.holder or cluster.holder == holder or definite or self._again(named, cluster):
                self._join(named, cluster)
                break
        else:
            identity = ("facility", "", mention.cls, mention.head or "", holder)
            cluster = self._put(named, identity, _cluster(named, generic=True))
            self._index("facility", [mention.head or ""], cluster)
        cluster.holder = cluster.holder or holder

    def _again(self, named: Named, cluster: Cluster) -> bool:
        """Whether the words are those of the thing, now with an article: سرية مدفعية, then سرية المدفعية."""
        words, last = self._words, named.mention.end - 1
        return words.norms[last] != words.lemmas[last] and bare_key(named.full) == bare_key(cluster.name)

    def _another_kind(self, named: Named, cluster: Cluster) -> bool:
        """Whether an indefinite noun tells what the named thing is not: سوق شعبي is no سوق لبيع الطيور."""
        if cluster.generic or self._refers(named.mention):
            return False
        told = set(fold_text(named.full).split()[1:])
        return bool(told) and told.isdisjoint(fold_text(cluster.name).split())

    def _refers(self, mention: EntityMention) -> bool:
        """Whether a common noun is definite, and so points to something spoken of."""
        return self._words.norms[mention.start] != self._words.lemmas[mention.start]

    def _exploded(self, named: Named) -> bool:
        """Give السيارة to the car bomb spoken of, where the article has no other car before."""
        head = named.mention.head
        if named.mention.cls != "Vehicle" or next(self._indexed("facility", [head or ""]), None) is not None:
            return False
        bombs = ("CarBomb", "MotorcycleBomb")
        bomb = next((c for c in self._earlier("weapon") if c.cls in bombs and head in c.heads), None)
        if bomb is not None:
            self._join(named, bomb)
        return bomb is not None

    def _holder(self, index: int) -> str:
        """The key of the place that a facility is put in right after it (منزل في قرية كفرموس), or an empty string."""
        end = self._mentions[index].end
        for other in range(index + 1, min(index + 4, len(self._mentions))):
            place = self._mentions[other]
            if place.start < end or (place.group == "actor" and place.start - end <= _GAP):
                continue
            if place.group != "place" or place.start - end > _GAP:
                return ""
            inside = not _INSIDE.isdisjoint(self._words.norms[end : place.start])
            return place_key(self._named[other].core) if inside else ""
        return ""

    def _person(self, named: Named) -> None:
        mention = named.mention
        if mention.cls != "Person":
            self._put(named, ("person", mention.cls, place_key(named.core)), _cluster(named))
            return
        key = fold_key(nominative(named.full))
        words = set(key.split())
        known = next((c for c in self._indexed("person", words - _name_openers()) if _same_person(words, c)), None)
        known = known or self._surname_of(named) or self._alias_of(named)
        if known is None:
            made = self._put(named, ("person", key), _cluster(named, core=key))
            self._index("person", words - _name_openers(), made)
            return
        self._join(named, known)
        if words > set(known.core.split()) and not words.isdisjoint(known.core.split()):
            known.core, known.name = key, named.full
            self._index("person", words - _name_openers(), known)

    def _surname_of(self, named: Named) -> Cluster | None:
        """The person named before whose name ends so, where every word of it is common (عبد الرحمن, أوغلو)."""
        key = fold_key(nominative(named.full))
        if not set(key.split()) <= _name_openers():
            return None
        ending = f" {key}"
        return next((c for c in self._earlier("person") if c.cls == "Person" and c.core.endswith(ending)), None)

    def _alias_of(self, named: Named) -> Cluster | None:
        """The person whom "الملقب ب" just before this name is said of."""
        start = named.mention.start
        before = [i for i in range(max(0, start - 4), start) if self._words.tags[i] != "SPACE"]
        if not any(self._words.lemmas[i] in _alias_words() for i in before):
            return None
        person = next((c for c in self._earlier("person") if c.cls == "Person"), None)
        return person if person and start - self._mentions[person.mentions[-1]].end <= _GAP else None

    def _place(self, named: Named) -> None:
        mention, core = named.mention, place_key(named.core)
        if mention.key:
            self._put(named, ("place", mention.key), _cluster(named, key=mention.key))
            return
        if mention.head in _halves() and self._half(named):
            return
        kind = self._kind(named)
        cls = "Governorate" if kind == "governorate" else mention.cls
        name = named.core if kind in ("settlement", "camp") else named.full
        cluster = self._put(named, ("place", core, kind), _cluster(named, cls=cls, name=name))
        if kind == "settlement" and named.head_in_text:
            better = _ORDER.get(mention.cls, 99) < _ORDER.get(cluster.cls, 99)
            if better or len(cluster.heads) == 1:
                cluster.cls = mention.cls

    def _half(self, named: Named) -> bool:
        """Join الجزء الغربي to الجزء الغربي من الموصل, whichever is named first."""
        key = fold_key(named.full)
        for cluster in self._indexed("half", [named.mention.head or ""]):
            if one_begins_other(key, fold_key(cluster.name)):
                self._join(named, cluster)
                if len(named.full) > len(cluster.name):
                    cluster.name, cluster.core = named.full, place_key(named.full)
                return True
        made = self._put(named, ("half", key), _cluster(named, core=place_key(named.full)))
        self._index("half", [named.mention.head or ""], made)
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
        mention = self._mentions[index]
        return any(
            other.head == _RURAL and other.start < mention.start and mention.end <= other.end
            for other in self._mentions[max(0, index - 2) : index]
        )

    def _after_distance(self, mention: EntityMention) -> bool:
        """60 كلم شرق حلب measures from the city."""
        return not _DISTANCE.isdisjoint(self._words.norms[max(0, mention.start - 3) : mention.start])

    def _rural(self, named: Named) -> None:
        words = named.full.split()
        sides = tuple(w for w in (fold_text(word) for word in words[1:]) if w in _side_words())
        core = " ".join(word for word in words[1:] if fold_text(word) not in _side_words())
        if not core or core in _REFERRING:
            wide = (c for c in self._earlier("place") if c.core in _governorates() and not c.sides)
            core = next((c.name.removeprefix("محافظة ").strip() for c in wide), "")
        if not core:
            return
        name = " ".join(("ريف", core, *words[len(words) - len(sides) :][: len(sides)]))
        cluster = _cluster(named, core=place_key(core), name=name, sides=sides or ("",))
        self._put(named, ("rural", place_key(core), *sorted(sides)), cluster)

    def _refer_back(self, named: Named) -> None:
        found = antecedent(named.mention, list(self._earlier(named.mention.group)))
        if found is not None:
            heads = list(found.heads)
            self._join(named, found)
            found.heads = heads


def _cluster(
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


def _merge_rural(clusters: list[Cluster]) -> None:
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


def _same_person(words: set[str], cluster: Cluster) -> bool:
    other = set(cluster.core.split())
    return words <= other or words >= other


@cache
def _side_words() -> frozenset[str]:
    sides = adjective_set(section("place_heads", "direction", "adjectives"))
    return frozenset(f"ال{side}" for side in sides)


@cache
def _governorates() -> frozenset[str]:
    """The names of governorates, which a countryside left unnamed is of."""
    places = curated_places().values()
    return frozenset(place_key(name) for place in places if place.cls == "Governorate" for name in place.names)


@cache
def _halves() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("place_heads", "parts", "nouns"))


@cache
def _shells() -> frozenset[str]:
    return frozenset(arabic_forms().phrase(noun)[0] for noun in section("weapons", "shell", "nouns"))


@cache
def _alias_words() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("persons", "title", "alias"))


@cache
def _name_openers() -> frozenset[str]:
    """Words of names that so many persons share that they bring none together."""
    parts = section("persons", "parts")
    english = lexicon("en", "persons")["kunya"]
    return frozenset(fold_text(word) for word in (*parts["kunya"], *parts["joined"], *parts["second"], *english, "al"))


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

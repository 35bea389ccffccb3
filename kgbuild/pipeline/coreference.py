"""Brings the mentions of one article together: which of them name the same actor, person, place, facility or weapon.

Works on the mentions of `entities` and gives clusters; `linking` makes entities of them. A definite common noun
(المدينة, التنظيم) goes to the last thing of its kind named before it, and falls away where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc

from kgbuild.arabic.normalise import fold_key, fold_text
from kgbuild.linking.actors import curated_actors
from kgbuild.linking.countries import country_data
from kgbuild.linking.places import place_key
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.entities import NAMES
from kgbuild.pipeline.entities_actors import nation_of
from kgbuild.pipeline.entities_lexicon import arabic_forms, section
from kgbuild.pipeline.entities_sources import adjective_set
from kgbuild.pipeline.lexicon import lexicon
from kgbuild.pipeline.words import words_of

_SETTLEMENTS = ("City", "Town", "Village", "Neighbourhood", "Camp", "District", "Area")
_ORDER = {cls: rank for rank, cls in enumerate((*_SETTLEMENTS, "Governorate", "Country"))}
_RURAL = "ريف"
_INSIDE = frozenset(("في", "ب", "داخل", "وسط", "ضمن"))
_DISTANCE = frozenset(("كلم", "كم", "كيلومتر", "كيلومترا", "كيلومترات"))


@dataclass(slots=True)
class Cluster:
    """Mentions of one thing. `core` is its name's key without head noun, `name` its best written form."""

    cls: str
    group: str
    core: str
    name: str
    key: str | None = None
    generic: bool = False
    mentions: list[int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its name: `full` as written, `core` without the head noun, both without clitics."""

    index: int
    mention: EntityMention
    full: str
    core: str
    head_in_text: bool


def clusters_of(doc: Doc) -> list[Cluster]:
    """The clusters of the document's mentions, in order of first mention; each mention is in one or none."""
    return _Clusterer(doc).run()


class _Clusterer:
    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._source = doc.text  # joined anew at each access
        self._words = words_of(doc)
        self._mentions: Sequence[EntityMention] = doc._.mentions
        self._named = [self._name(index) for index in range(len(self._mentions))]
        self._clusters: list[Cluster] = []
        self._by_id: dict[tuple[str, ...], Cluster] = {}
        self._holders: dict[int, str] = {}
        headed = [n for n in self._named if n.mention.group == "place" and n.mention.head and n.mention.head != _RURAL]
        self._governorates = {place_key(n.core) for n in headed if n.mention.cls == "Governorate"}
        self._settlements = {place_key(n.core) for n in headed if n.mention.cls in _SETTLEMENTS}

    def run(self) -> list[Cluster]:
        for named in self._named:
            mention = named.mention
            if mention.generic and mention.group in ("place", "actor"):
                self._refer_back(named)
            elif mention.head == _RURAL:
                self._rural(named)
            else:
                getattr(self, f"_{mention.group}")(named)
        self._merge_rural()
        return self._clusters

    def _name(self, index: int) -> Named:
        mention = self._mentions[index]
        given = self._doc.user_data.get(NAMES, {}).get((mention.start, mention.end))
        full = given or self._text(mention.start, mention.end)
        core, inside = full, False
        if mention.head is not None and mention.group in ("place", "person") and mention.head not in _part_of_name():
            length = len(mention.head.split())
            first = self._words.lemmas[mention.start]
            if mention.head.split()[0] in arabic_forms().readings(first) and given is None:
                core, inside = self._text(mention.start + length, mention.end), True
        return Named(index, mention, full, core, inside)

    def _text(self, start: int, end: int) -> str:
        """The words as written, quotes dropped, and the article put back that "لل" swallowed."""
        if start >= end:
            return ""
        words = self._words
        text = self._source[words.starts[start] : words.ends[end - 1]]
        restored = words.norms[start].startswith("ال") and not fold_text(text).startswith("ال")
        return " ".join(f"{'ال' * restored}{text}".translate(_NO_QUOTES).split())

    def _put(self, named: Named, identity: tuple[str, ...], **fields: object) -> Cluster:
        cluster = self._by_id.get(identity)
        if cluster is None:
            mention = named.mention
            made = {"cls": mention.cls, "group": mention.group, "core": place_key(named.core), "name": named.full}
            cluster = Cluster(**(made | fields))  # type: ignore[arg-type]
            self._by_id[identity] = cluster
            self._clusters.append(cluster)
        cluster.mentions.append(named.index)
        if named.mention.head:
            cluster.heads.append(named.mention.head)
        return cluster

    def _actor(self, named: Named) -> None:
        mention = named.mention
        renamed = self._formerly(named.index)
        if renamed is not None:
            renamed.mentions.append(named.index)
            return
        if mention.key:
            self._put(named, ("actor", mention.key), key=mention.key)
            return
        key = _actor_key(named.full)
        owner = self._only_of_a_nation(key, mention)
        if owner is not None:
            owner.mentions.append(named.index)
            return
        for cluster in self._clusters:
            if cluster.group == "actor" and not cluster.key and " " in key and _one_begins_other(key, cluster.core):
                cluster.mentions.append(named.index)
                return
        self._put(named, ("actor", key), core=key)

    def _only_of_a_nation(self, key: str, mention: EntityMention) -> Cluster | None:
        """الشرطة is الشرطة التركية, where the article names no other police."""
        if mention.cls != "StateForce" or not mention.head:
            return None
        named = [
            cluster
            for cluster in self._clusters
            if cluster.cls == "StateForce" and nation_of(_label_key(cluster).removeprefix(f"{key} ")) is not None
        ]
        return named[0] if len(named) == 1 else None

    def _formerly(self, index: int) -> Cluster | None:
        """The actor whose former name this is: هيئة تحرير الشام (جبهة النصرة سابقا)."""
        mention = self._mentions[index]
        norms, tags = self._words.norms, self._words.tags
        if mention.start == 0 or norms[mention.start - 1] != "(" or "سابقا" not in norms[mention.end : mention.end + 2]:
            return None
        for cluster in self._clusters:
            if cluster.group == "actor" and any(
                0 <= mention.start - 1 - self._mentions[m].end <= 1 + (tags[mention.start - 2] == "SPACE")
                for m in cluster.mentions
            ):
                return cluster
        return None

    def _weapon(self, named: Named) -> None:
        cls = named.mention.cls
        if named.mention.head in _shells() and len(self._doc[named.mention.start : named.mention.end]) == 1:
            kinds = [k for k in section("weapons", "shell", "kinds") if any(n.mention.cls == k for n in self._named)]
            cls = kinds[0] if kinds else cls
        self._put(named, ("weapon", cls), cls=cls, generic=True)

    def _facility(self, named: Named) -> None:
        mention = named.mention
        if not mention.generic:
            key = _bare(named.full)
            for cluster in self._clusters:
                if cluster.cls == mention.cls and not cluster.generic and _one_begins_other(key, _bare(cluster.name)):
                    cluster.mentions.append(named.index)
                    if len(named.full) > len(cluster.name):
                        cluster.name, cluster.core = named.full, place_key(named.core)
                    return
            self._put(named, ("facility", place_key(key)))
            return
        if self._refers(mention) and self._exploded(named):
            return
        holder = self._holder(named.index)
        alike = _alike(mention.head or "")
        same = [c for c in self._clusters if c.group == "facility" and not alike.isdisjoint(c.heads)]
        if not same and self._refers(mention):
            same = [c for c in self._clusters if c.group == "facility" and c.cls == mention.cls]
        for cluster in reversed(same):
            held = self._holders.get(id(cluster))
            if holder is None or held is None or held == holder or self._refers(mention):
                cluster.mentions.append(named.index)
                cluster.heads.append(mention.head or "")
                if holder:
                    self._holders.setdefault(id(cluster), holder)
                return
        made = self._put(named, ("facility", "", mention.cls, mention.head or "", holder or ""), generic=True)
        if holder:
            self._holders[id(made)] = holder

    def _exploded(self, named: Named) -> bool:
        """Give السيارة to the car bomb spoken of, where the article has no other car before."""
        bombs = [c for c in self._clusters if c.cls in ("CarBomb", "MotorcycleBomb") and named.mention.head in c.heads]
        if named.mention.cls != "Vehicle" or not bombs:
            return False
        if any(c.cls == "Vehicle" and named.mention.head in c.heads for c in self._clusters):
            return False
        bombs[-1].mentions.append(named.index)
        return True

    def _refers(self, mention: EntityMention) -> bool:
        """Whether a common noun is definite, and so points to something spoken of."""
        return self._words.norms[mention.start] != self._words.lemmas[mention.start]

    def _holder(self, index: int) -> str | None:
        """The name of the place that a facility is put in right after it: منزل في قرية كفرموس."""
        mention = self._mentions[index]
        for other in range(index + 1, min(index + 4, len(self._mentions))):
            place = self._mentions[other]
            gap = self._words.norms[mention.end : place.start]
            if place.start < mention.end or place.group == "actor":
                continue
            if place.group == "place" and len(gap) <= 4 and not _INSIDE.isdisjoint(gap):
                return place_key(self._named[other].core)
            return None
        return None

    def _person(self, named: Named) -> None:
        mention = named.mention
        if mention.cls != "Person":
            self._put(named, ("person", mention.cls, place_key(named.core)))
            return
        key = fold_key(_nominative(named.full))
        words = set(key.split())
        for cluster in self._clusters:
            if cluster.cls == "Person" and (words <= set(cluster.core.split()) or words >= set(cluster.core.split())):
                cluster.mentions.append(named.index)
                if len(words) > len(cluster.core.split()):
                    cluster.core, cluster.name = key, named.full
                return
        by_name = self._alias_of(named)
        if by_name is not None:
            by_name.mentions.append(named.index)
            return
        self._put(named, ("person", key), core=key)

    def _alias_of(self, named: Named) -> Cluster | None:
        """The person whom "الملقب ب" just before this name is said of."""
        start = named.mention.start
        before = [i for i in range(max(0, start - 4), start) if self._words.tags[i] != "SPACE"]
        if not any(self._words.lemmas[i] in _alias_words() for i in before):
            return None
        for cluster in reversed(self._clusters):
            if cluster.cls == "Person":
                last = self._mentions[cluster.mentions[-1]]
                return cluster if start - last.end <= 4 else None
        return None

    def _place(self, named: Named) -> None:
        mention, core = named.mention, place_key(named.core)
        if mention.key:
            self._put(named, ("place", mention.key), key=mention.key)
            return
        if mention.head in _sides_of_places() and self._side(named):
            return
        kind = self._kind(named)
        cls = "Governorate" if kind == "governorate" else mention.cls
        name = named.core if kind == "settlement" else named.full
        cluster = self._put(named, ("place", core, kind), cls=cls, name=name)
        if kind == "settlement" and named.head_in_text and not cluster.sides:
            better = cluster.cls not in _ORDER or _ORDER.get(mention.cls, 99) < _ORDER[cluster.cls]
            if better or len(cluster.heads) == 1:
                cluster.cls = mention.cls

    def _side(self, named: Named) -> bool:
        """Join الجزء الغربي to الجزء الغربي من الموصل, of whichever is named first."""
        key = fold_key(named.full)
        for cluster in self._clusters:
            if (
                cluster.cls == "Area"
                and named.mention.head in cluster.heads
                and _one_begins_other(key, fold_key(cluster.name))
            ):
                cluster.mentions.append(named.index)
                if len(named.full) > len(cluster.name):
                    cluster.name, cluster.core = named.full, place_key(named.full)
                return True
        return False

    def _kind(self, named: Named) -> str:
        """What tells places of one name apart: a governorate, a settlement or area, or something else by its head."""
        mention, core = named.mention, named.core
        if mention.cls == "Governorate":
            return "governorate"
        if named.head_in_text or mention.head:
            return "settlement" if mention.cls in _SETTLEMENTS else mention.cls
        if mention.cls not in _SETTLEMENTS:
            return mention.cls
        if place_key(core) not in self._governorates:
            return "settlement"
        measured = place_key(core) in self._settlements or self._after_distance(mention)
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
        return any(norm in _DISTANCE for norm in self._words.norms[max(0, mention.start - 3) : mention.start])

    def _rural(self, named: Named) -> None:
        words = named.full.split()
        sides = tuple(w for w in (fold_text(word) for word in words[1:]) if w in _side_words())
        core = " ".join(word for word in words[1:] if fold_text(word) not in _side_words())
        if not core or core in ("المدينة", "البلدة", "القرية", "المحافظة"):
            core = self._last_wide(named.mention.start) or ""
            if not core:
                return
        name = " ".join(("ريف", core, *words[len(words) - len(sides) :][: len(sides)]))
        identity = ("rural", place_key(core), *sorted(sides))
        self._put(named, identity, core=place_key(core), name=name, sides=sides or ("",))

    def _last_wide(self, before: int) -> str | None:
        """The name of the governorate or city that was last named before this token."""
        for cluster in reversed(self._clusters_before(before)):
            if cluster.cls in ("Governorate", "City") and not cluster.sides:
                return cluster.name if cluster.cls == "City" else _bare_governorate(cluster.name)
        return None

    def _clusters_before(self, token: int) -> list[Cluster]:
        """The clusters mentioned before this token, the latest last."""
        last = {
            id(c): max((self._mentions[i].end for i in c.mentions if self._mentions[i].end <= token), default=-1)
            for c in self._clusters
        }
        return sorted((c for c in self._clusters if last[id(c)] >= 0), key=lambda c: last[id(c)])

    def _refer_back(self, named: Named) -> None:
        mention = named.mention
        earlier = self._clusters_before(mention.start)
        if mention.group == "actor":
            found = _antecedent_actor(mention, earlier)
        elif mention.head == "عاصمه":
            found = self._capital(earlier)
        else:
            found = _antecedent_place(mention, earlier)
        if found is not None:
            found.mentions.append(named.index)

    def _capital(self, earlier: list[Cluster]) -> Cluster | None:
        capitals = {place_key(name) for name in country_data()["capital"].values()}
        return next((c for c in reversed(earlier) if c.group == "place" and c.core in capitals and not c.sides), None)

    def _merge_rural(self) -> None:
        """ريف حلب alone is the one part of it that the article names, if it names one only."""
        for plain in [c for c in self._clusters if c.sides == ("",)]:
            parts = [c for c in self._clusters if c.sides and c.sides != ("",) and c.core == plain.core]
            if len(parts) == 1:
                parts[0].mentions = sorted({*parts[0].mentions, *plain.mentions})
                self._clusters.remove(plain)


def _antecedent_actor(mention: EntityMention, earlier: list[Cluster]) -> Cluster | None:
    """The last actor named with this noun; else one of those it stands for in this trade."""
    actors = [c for c in earlier if c.group == "actor"]
    for cluster in reversed(actors):
        if mention.head in cluster.heads or (cluster.key and _begins_with(cluster.key, mention.head or "")):
            return cluster
    by_key = {c.key: c for c in actors}
    return next((by_key[key] for key in _stands_for(mention.head or "") if key in by_key), None)


def _begins_with(key: str, noun: str) -> bool:
    """Whether the actor's label begins with this noun (المنظمة for منظمة العفو الدولية)."""
    label = curated_actors()[key].label.get("ar", "") if key in curated_actors() else ""
    return fold_text(label).removeprefix("ال").startswith(f"{noun} ")


def _antecedent_place(mention: EntityMention, earlier: list[Cluster]) -> Cluster | None:
    places = [c for c in earlier if c.group == "place" and not c.sides]
    same_head = [c for c in places if mention.head in c.heads]
    if same_head:
        return same_head[-1]
    wanted = {"Town": ("Town", "Village", "City"), "Village": ("Village", "Town"), "City": ("City",)}
    classes = wanted.get(mention.cls, (mention.cls,))
    return next((c for c in reversed(places) if c.cls in classes), None)


def _actor_key(name: str) -> str:
    words = fold_key(name).split()
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in words)


def _one_begins_other(one: str, other: str) -> bool:
    return f"{other} ".startswith(f"{one} ") or (" " in other and f"{one} ".startswith(f"{other} "))


def _label_key(cluster: Cluster) -> str:
    actor = curated_actors().get(cluster.key or "")
    return _actor_key(actor.label.get("ar", "")) if actor else cluster.core


def _bare(name: str) -> str:
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in fold_key(name).split())


def _bare_governorate(name: str) -> str:
    return name.removeprefix("محافظة ").strip()


def _nominative(name: str) -> str:
    """A kunya in the form it is cited in: أبي سمير is أبو سمير."""
    words = name.split()
    return " ".join("أبو" if word in ("أبي", "أبا", "ابي", "ابا") else word for word in words)


_NO_QUOTES = {ord(mark): " " for mark in '"«»“”„‟()[]#،,:'}


@cache
def _side_words() -> frozenset[str]:
    sides = adjective_set(section("place_heads", "direction", "adjectives"))
    return frozenset(f"ال{side}" for side in sides)


@cache
def _part_of_name() -> frozenset[str]:
    return frozenset(
        fold_text(word)
        for word in ("ريف", *section("place_heads", "part_of_name"), *section("place_heads", "parts", "nouns"))
    )


@cache
def _sides_of_places() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("place_heads", "parts", "nouns"))


@cache
def _shells() -> frozenset[str]:
    return frozenset(arabic_forms().phrase(noun)[0] for noun in section("weapons", "shell", "nouns"))


@cache
def _alias_words() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("persons", "title", "alias"))


@cache
def _alike(head: str) -> frozenset[str]:
    """The head nouns that may stand for one another (مشفى and مستشفى)."""
    for words in section("facilities", "same", "nouns"):
        folded = frozenset(fold_text(word) for word in words)
        if head in folded:
            return folded
    return frozenset((head,))


def _stands_for(noun: str) -> Sequence[str]:
    table: Mapping[str, Sequence[str]] = section("actor_heads", "back") | lexicon("en", "actors")["back"]
    return next((keys for word, keys in table.items() if fold_text(word) == noun), ())

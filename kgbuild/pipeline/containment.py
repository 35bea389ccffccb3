"""What lies within what, as the text says it: قرية معلك بريف عين عيسى, حي الميسر في مدينة حلب, "حماة::" at a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from spacy.tokens import Doc

from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.containment_frames import FramedPlaces
from kgbuild.pipeline.containment_gaps import LONGEST_GAP, Gaps
from kgbuild.pipeline.containment_words import all_among, joins, old_parts, outskirts, quarter_head
from kgbuild.pipeline.entity_rules.areas import SIDE
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.words import Words, words_of

_WIDTH = {
    "Country": 9,
    "Governorate": 7,
    "Area": 6,
    "District": 5,
    "City": 4,
    "Town": 3,
    "Village": 2,
    "Camp": 2,
    "Neighbourhood": 1,
    "Road": 1,
    "Junction": 0,
    "River": 8,
    "Crossing": 0,
}
_OUTLYING = frozenset(("Village", "Town", "Camp", "MilitaryBase", "Airport", "Dam"))
_TOWNS = frozenset(("Town", "City"))
_CALLED_AFTER = frozenset(("Town", "City", "Governorate"))
_SETTLED = frozenset(("Village", "Town", "City", "District", "Governorate", "Area"))
_NESTED = frozenset(("Neighbourhood", "City"))
_CITY_REACH = 6
_PARTS_OF = frozenset(("من", "ل"))


def containers_of(doc: Doc, clusters: list[Cluster]) -> list[tuple[int, ...]]:
    """For each cluster the positions of those that contain it, the narrowest one first; no circles."""
    return _Containment(doc, clusters).containers()


class _Containment:
    def __init__(self, doc: Doc, clusters: list[Cluster]) -> None:
        self._words: Words = words_of(doc)
        self._mentions = doc._.mentions
        self._clusters = clusters
        self._of = {m: number for number, cluster in enumerate(clusters) for m in cluster.mentions}
        names = {g: [(m.start, m.end) for m in self._mentions if m.group == g] for g in ("actor", "person")}
        self._gaps = Gaps(self._words, names["actor"], names["person"])
        self._frames = FramedPlaces(doc, self._words, self._gaps, clusters, self._of)

    def containers(self) -> list[tuple[int, ...]]:
        found: list[list[int]] = [[] for _ in self._clusters]
        located = [i for i, m in enumerate(self._mentions) if m.group in ("place", "facility") and i in self._of]
        sides = dict(self._sides(located))
        for position, index in enumerate(located):
            container = self._after(index, located[position + 1 : position + 12])
            if container is None:
                container = self._in_city(index, located[max(0, position - _CITY_REACH) : position])
            for outer in () if container is None else (container, sides.get(container)):
                if outer is not None and outer not in found[self._of[index]]:
                    found[self._of[index]].append(outer)
        for side, country in sides.items():
            found[side] = [country]
        for index, holder in tuple(self._frames.pairs(located, found)):
            cluster = self._of[index]
            if not found[cluster] and self._wider(holder, cluster):
                found[cluster].append(holder)
        places = {c.core: n for n, c in enumerate(self._clusters) if c.group == "place" and not c.sides}
        for number, named in enumerate(self._clusters):
            if named.holder in places and not found[number]:
                found[number] = [places[named.holder]]
            if not found[number] and (town := self._town_of(named, places)) is not None:
                found[number] = [town]
            if named.sides:
                same = [
                    n
                    for n, c in enumerate(self._clusters)
                    if c.core == named.core and not c.sides and c.group == "place"
                ]
                best = sorted(same, key=lambda n: self._clusters[n].cls != "Governorate")
                found[number] = [n for n in best[:1] if n != number]
        return [tuple(n for n in inside if not self._circular(n, number, found)) for number, inside in enumerate(found)]

    def _town_of(self, named: Cluster, places: Mapping[str, int]) -> int | None:
        """The town that an old town, or a camp called after it, lies in (حلب القديمة, مخيم درعا)."""
        core = named.core
        if named.cls == "Camp":
            towns = [n for n, c in enumerate(self._clusters) if c.core == core and c.cls in ("City", "Town")]
            return towns[0] if towns else None
        owner = self._called_after(named) if named.cls == "Area" else None
        if owner is not None:
            return owner
        town = next((core.removesuffix(old) for old in old_parts() if core.endswith(old)), "")
        return places.get(town, self._nation_of(named))

    def _called_after(self, named: Cluster) -> int | None:
        """The place that a plain, or the orchards, are called after (سهل الزبداني, جرود عرسال)."""
        owners = [n for n, c in enumerate(self._clusters) if c.cls in _CALLED_AFTER and named.core.endswith(c.core)]
        return next((n for n in owners if named.core.removesuffix(self._clusters[n].core) in outskirts()), None)

    def _nation_of(self, named: Cluster) -> int | None:
        """The country whose adjective stands behind a name: بلدة سروج التركية."""
        lemmas, norms = self._words.lemmas, self._words.norms
        ends = [self._mentions[m].end for m in named.mentions if named.cls in _SETTLED]
        codes = {nation_of(lemmas[end]) for end in ends if end < len(lemmas) and lemmas[end] != norms[end]}
        keys = {f"country-{code.lower()}" for code in codes if code}
        return next((n for n, c in enumerate(self._clusters) if c.key in keys), None)

    def _wider(self, holder: int, held: int) -> bool:
        outer, inner = self._clusters[holder], self._clusters[held]
        if outer.group != "place" or holder == held:
            return False
        if inner.group == "facility":
            return not inner.key
        width = _WIDTH.get(inner.cls, 0)
        if inner.cls == "Area" and not inner.sides and quarter_head() in inner.heads:
            width = _WIDTH["Neighbourhood"]  # منطقة الدورة is a quarter as often as a region
        return _WIDTH.get(outer.cls, 0) > width or (outer.cls == "Area" == inner.cls and bool(outer.sides))

    def _after(self, index: int, following: list[int]) -> int | None:
        """The wider place that the words after the mention lead to; lists (A وB وC بريف D) are passed over."""
        held, end = self._of[index], self._mentions[index].end
        joined = side = False
        for other in following:
            mention, outer = self._mentions[other], self._of[other]
            if mention.start < end:
                whole = self._words.norms[mention.start - 1] in _PARTS_OF or (side and self._wider(outer, held))
                if mention.end == end and whole:
                    return outer  # الجانب الأيمن من الموصل, جنوب شرق تركيا
                continue
            gap = self._gaps.between(end, mention.start, owned=self._groups(held) == "facility")
            if gap is None:
                return None
            listed = all_among(gap, "list")
            if self._lies_by(outer, held, gap) or (listed and self._is_listed(outer, held, gap, joined=joined)):
                joined, side = "و" in gap or (joined and not gap), "و" not in gap and self._is_side(mention)
                end = mention.end
                continue
            if not all_among(gap, "words") or not (gap or mention.head):
                return None
            return outer if self._takes_in(outer, held, gap) else None
        return None

    def _lies_by(self, outer: int, inner: int, gap: list[str]) -> bool:
        """Whether the words only tell beside what the inner place lies: ناحية القيارة جنوب الموصل بمحافظة نينوى."""
        near = bool(gap) and (all_among(gap, "beside") or all_among(gap, "aside"))
        return near and not self._takes_in(outer, inner, gap)

    def _is_listed(self, outer: int, inner: int, gap: list[str], *, joined: bool) -> bool:
        """Whether a list goes on with the outer place, or with what is called after it (حي الجمعيات ومزارع الفشوخ)."""
        if joined and not gap:
            return True
        return not self._wider(outer, inner) or ("و" in gap and "facility" in self._groups(inner))

    def _in_city(self, index: int, before: list[int]) -> int | None:
        """The city named last before a quarter that only a direction follows: "in the area of Shaab (north-east)"."""
        held, words = self._of[index], self._words
        start = self._mentions[index].end
        said = [i for i in range(start, min(start + LONGEST_GAP, len(words.norms))) if words.tags[i] != "SPACE"]
        bracketed = [words.norms[i] for i in said[1:]] if said and words.norms[said[0]] == "(" else []
        closed = bracketed.index(")") if ")" in bracketed else 0
        if not closed or not all(word in joins("aside") for word in bracketed[:closed]):
            return None
        cities = [n for n in (self._of[i] for i in before) if self._clusters[n].cls == "City" and n != held]
        city = cities[-1] if cities else None
        inner = self._clusters[held]
        unknown = not inner.key and (inner.cls in ("Neighbourhood", "Area") or inner.group == "facility")
        return city if city is not None and unknown and self._wider(city, held) else None

    def _takes_in(self, outer: int, inner: int, gap: list[str]) -> bool:
        """Whether the words put the inner thing into the outer one and not beside it (بلدة سرمين شرقي إدلب)."""
        classes = self._clusters[inner].cls, self._clusters[outer].cls
        if self._wider(outer, inner):
            aside = classes[0] in _OUTLYING and classes[1] in _TOWNS and all_among(gap, "aside")
            return not (gap and aside)
        return classes[0] == classes[1] in _NESTED and outer != inner and any(word in joins("inside") for word in gap)

    def _is_side(self, mention: EntityMention) -> bool:
        """شمال العراق, which a place beside it lies in."""
        return mention.head == SIDE

    def _sides(self, located: list[int]) -> Iterator[tuple[int, int]]:
        """(side, country) of the sides of countries."""
        for index, inner in pairwise(located):
            if self._is_side(self._mentions[index]) and self._mentions[inner].end == self._mentions[index].end:
                yield self._of[index], self._of[inner]

    def _groups(self, cluster: int) -> str:
        return self._clusters[cluster].group

    def _circular(self, outer: int, inner: int, found: list[list[int]]) -> bool:
        seen, queue = set(), [outer]
        while queue:
            at = queue.pop()
            if at == inner:
                return True
            if at not in seen:
                seen.add(at)
                queue.extend(found[at])
        return False

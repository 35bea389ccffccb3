"""Houses of forces and parties: their posts, their offices, and the barracks of numbered units."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.lexicon import section, stems_of
from kgbuild.pipeline.entity_rules.names import OPENING_QUOTES
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.entity_rules.sources import Sources
from kgbuild.pipeline.entity_rules.view import View

_HOLDERS = frozenset(("النظام", "الجيش", "التنظيم", "المعارضه", "الاحتلال", "التحالف"))


class PostRules:
    """Proposes them in one document."""

    def __init__(self, view: View, sources: Sources) -> None:
        self._view = view
        self._sources = sources
        self._posts = stems_of("facilities", "post", "nouns")
        self._offices = stems_of("facilities", "post", "offices")
        self._units = stems_of("facilities", "unit", "nouns")
        self._soldiers = stems_of("facilities", "unit", "soldiers")
        self._nouns = self._posts | self._offices | self._units

    def may_begin(self, start: int) -> bool:
        """Whether a noun stands here that any of them begins with."""
        return self._view.has_stem(start, self._nouns)

    def __call__(self, start: int, limit: int) -> Iterator[Found]:
        """The posts, offices and barracks that begin at this word."""
        view = self._view
        if view.has_stem(start, self._posts):
            yield from self._post(start, limit)
        if view.has_stem(start, self._offices) and not view.definite(start):
            yield from self._office(start, limit)
        yield from self._unit(start, limit)

    def _unit(self, start: int, limit: int) -> Iterator[Found]:
        """اللواء 113, the barracks of a numbered unit; its soldiers (عناصر الفرقة 17) are the unit itself."""
        view, at = self._view, start + 1
        if at >= limit or not view.definite(start) or not view.has_stem(start, self._units):
            return
        at += view.norms[at] == '"'
        if at >= limit or view.tags[at] != "NUM" or not view.texts[at].isdigit() or len(view.texts[at]) > 3:
            return
        soldiers = start > 0 and not view.definite(start - 1) and view.has_stem(start - 1, self._soldiers)
        cls, head = ("StateForce" if soldiers else "MilitaryBase"), view.stems[start][-1]
        yield Found(start, view.closed(start, at + 1), cls, head=head, rank=4, confidence=0.7)

    def _office(self, start: int, limit: int) -> Iterator[Found]:
        """مركز للأمن السياسي, فرع المخابرات الجوية: a house of a force of the state."""
        view = self._view
        at = start + 1
        at += at < limit and view.norms[at] == "ل"
        known = self._sources.common_actors.longest(view.stems, at, limit) if at < limit else None
        if known is None or known[1] != "StateForce":
            return
        stem = view.stems[start][-1]
        if at == start + 1 and stem == "فرع" and view.lemmas[start] == stem and view.definite(known[0] - 1):
            yield Found(start, known[0], "Headquarters", head=stem, rank=4, open=True)
        else:
            yield Found(start, start + 1, "Headquarters", head=stem, generic=True, rank=2)

    def _post(self, start: int, limit: int) -> Iterator[Found]:
        view = self._view
        at = start + 1
        if at >= limit:
            return
        at += view.norms[at] == "ل"
        if at < limit and view.norms[at] in OPENING_QUOTES:
            at += 1
        adjective = at == start + 1 and at < limit and nation_of(view.lemmas[at]) is not None
        if at < limit and (
            adjective or self._sources.actors.longest(view.exact, at, limit) or view.norms[at] in _HOLDERS
        ):
            cls = section("facilities", "post", "class")
            yield Found(start, start + 1, cls, head=view.stems[start][-1], generic=True, rank=2)

"""Actors: names the lists know, unknown names after a head noun, adjectives of nations beside military words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.linking.actors import curated_actors
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.headed_actors import HeadedActors
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.names import CLOSING_QUOTES, OPENING_QUOTES, Names
from kgbuild.pipeline.entity_rules.nations import NationRules, nation_of
from kgbuild.pipeline.entity_rules.person_names import PersonNames
from kgbuild.pipeline.entity_rules.sources import Sources, adjectives_of
from kgbuild.pipeline.entity_rules.view import View

_OUTLETS = ("MediaOrganization", "MonitoringOrganization")
_SEATS = frozenset(("محافظه", "محلي", "قضاء", "ناحيه", "بلدي", "محافظ", "حاكم", "والي"))
"""Words of a council or an office that its place follows."""


class ActorRules:
    """Proposes actors in one document."""

    def __init__(self, view: View, sources: Sources, names: Names, persons: PersonNames) -> None:
        self._view = view
        self._sources = sources
        self._headed = HeadedActors(view, sources, names, persons)
        self._nations = NationRules(view, sources)
        self._epithets = adjectives_of("actor_heads", "title", "epithets")
        self._suffixes = adjectives_of("actor_heads", "title", "suffixes")
        self._back = _back()

    def __call__(self, start: int) -> Iterator[Found]:
        """The actors that begin at this word, or whose name does."""
        view, limit = self._view, self._view.line_end(start)
        known = self._sources.actors.longest(view.exact, start, limit)
        if known is not None:
            yield self._known(start, known[0], known[1], rank=6)
        hidden = self._sources.hidden_actors.longest(view.exact, start, limit)
        if hidden is not None and self._supported(start, hidden[0]):
            yield self._known(start, hidden[0], hidden[1], rank=5)
        common = self._sources.common_actors.longest(view.stems, start, limit)
        if common is not None:
            yield from self._common(start, common[0], common[1], limit)
        head = self._sources.actor_heads.longest(view.stems, start, limit)
        if head is not None and known is None and self._is_plain(start) and head[0] < limit:
            yield from self._headed.named(start, head[0], head[1], limit)
        if nation_of(view.lemmas[start]) is not None:
            yield from self._nations(start)
        if view.lemmas[start] in self._back and self._refers_back(start):
            stop = start + 1
            stop += stop < limit and view.definite(stop) and view.lemmas[stop] in self._epithets
            yield Found(start, stop, "ArmedGroup", head=view.lemmas[start], generic=True, rank=1)

    def _is_plain(self, start: int) -> bool:
        return not self._view.definite(start) and not self._view.owned[start]

    def _refers_back(self, start: int) -> bool:
        """Whether a noun stands for an actor named before (التنظيم), and not for something else (على الجبهة)."""
        view = self._view
        if not view.definite(start):
            return False
        beside = set(view.norms[max(0, start - 1) : start])
        if start + 1 < len(view) and view.definite(start + 1):
            beside.add(view.norms[start + 1])
        return beside.isdisjoint(_back_unless().get(view.lemmas[start], ()))

    def _known(self, start: int, end: int, key: str, *, rank: int) -> Found:
        cls = curated_actors()[key].cls
        begin, stop = self._with_title(start, end, cls)
        return Found(begin, stop, cls, key=key, rank=rank)

    def _with_title(self, start: int, end: int, cls: str) -> tuple[int, int]:
        """The span with the head noun before it, the quotes around it and an epithet after it."""
        view = self._view
        quoted = start > 0 and end < len(view) and view.norms[start - 1] in OPENING_QUOTES
        quoted = quoted and view.norms[end] in CLOSING_QUOTES
        before = self._title_before(start - quoted, cls)
        if before is None:
            return start, end
        if quoted and view.norms[start - 1] == "(" and view.lemmas[before] != "تنظيم" and not view.definite(before):
            return start, end
        stop = end + quoted
        if (
            stop < len(view)
            and view.tags[stop] == "WORD"
            and view.lemmas[stop] in self._suffixes
            and view.definite(stop)
        ):
            stop += 1
        return before, stop

    def _title_before(self, end: int, cls: str | None = None) -> int | None:
        """Where a head noun of actors begins that ends at this word (تنظيم, غرفة عمليات)."""
        view = self._view
        for start in (end - 2, end - 1):
            if start >= 0 and not view.owned[start] and not any(view.breaks[start + 1 : end + 1]):
                found = self._sources.actor_titles.longest(view.stems, start, end)
                fits = found is not None and (found[1] != "media" or cls in (None, *_OUTLETS))
                if found is not None and found[0] == end and fits:
                    return start
        return None

    def _supported(self, start: int, end: int) -> bool:
        """Whether an everyday word stands in quotes of its own or after a head noun."""
        view = self._view
        if start == 0:
            return False
        quoted = view.norms[start - 1] == '"' and end < len(view) and view.norms[end] == '"'
        before = start - 1 - quoted
        title = self._title_before(start - quoted)
        titled = title is not None and not view.definite(title)
        speaks = before >= 0 and quoted and view.norms[before] in ("ل", "عن", "صحيفه", "قناه", "موقع")
        return titled or speaks or view.norms[start - 1] == "#"

    def _common(self, start: int, end: int, cls: str, limit: int) -> Iterator[Found]:
        """الشرطة, القوات الأمنية, فصائل شيعية مسلحة; with the adjective of a nation it is that nation's."""
        view = self._view
        form = self._sources.forms.number(view.lemmas[start], view.stems[start][-1])
        lone = end == start + 1 and not view.definite(start)
        if lone and cls == "StateForce":
            yield from self._local_force(start, end, limit)
        if lone or form.number == "dual" or (form.number == "plural" and cls == "GovernmentBody"):
            return
        stop = end
        while stop < limit and nation_of(view.lemmas[stop]) and view.definite(stop) == view.definite(end - 1):
            stop += 1
        place = self._place_at(stop, limit)
        construct = cls != "ArmedGroup" and not view.definite(stop - 1)  # مديرية استخبارات البصرة
        if place is not None and (construct or view.lemmas[stop - 1] in _SEATS):
            stop = place  # مجلس محافظة الأنبار, مكتب حاكم إقليم هكاري
        yield Found(start, stop, cls, head=view.stems[start][-1], rank=3, confidence=0.8, open=place is not None)

    def _local_force(self, start: int, end: int, limit: int) -> Iterator[Found]:
        """شرطة المسيب, شرطة قضاء بلد: the force of a place."""
        view = self._view
        if end >= limit or view.stems[start][-1] != "شرطه" or view.breaks[end]:
            return
        place = self._place_at(end, limit)
        if place is not None:
            yield Found(start, place, "StateForce", head=view.stems[start][-1], rank=3, confidence=0.8, open=True)

    def _place_at(self, at: int, limit: int) -> int | None:
        """The end of a known place that stands here, with or without its head noun."""
        view = self._view
        head = self._sources.place_heads.longest(view.stems, at, limit) if at < limit else None
        at = head[0] if head is not None and not view.definite(at) else at
        place = self._sources.places.longest(view.exact, at, limit) if at < limit else None
        return place[0] if place is not None else None


@cache
def _back() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("actor_heads", "back"))


@cache
def _back_unless() -> dict[str, frozenset[str]]:
    table = section("actor_heads", "back_unless")
    return {fold_text(noun): frozenset(map(fold_text, words)) for noun, words in table.items()}

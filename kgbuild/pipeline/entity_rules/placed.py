"""Places that no list holds, by the words that put them in or beside another: كفرعمة بريف حلب, تل خنزوع غربي إدلب."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.pipeline.entity_rules.areas import place_words
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.names import Names, is_rare, opening_words
from kgbuild.pipeline.entity_rules.sources import Sources
from kgbuild.pipeline.entity_rules.view import View

_HIS = "ه"
_DUALS = ("ين", "ان")
_THEIRS = ("هم", "هما", "هن")
_INTO = ("ب", "في")
_AND = "و"


class PlacedRules:
    """Proposes unknown places in one document."""

    def __init__(self, view: View, sources: Sources, names: Names) -> None:
        self._view = view
        self._sources = sources
        self._names = names

    def __call__(self, start: int, limit: int) -> Iterator[Found]:
        """A word hardly ever written that the text itself puts in a place: كفرعمة بريف حلب, الدابس التابعة لجرابلس."""
        view = self._view
        if view.tags[start] != "WORD" or start == 0 or start + 2 >= limit or view.breaks[start]:
            return
        if view.norms[start - 1] not in place_words("placed", "before") or not self._is_strange(start, limit):
            return
        end = self._names.name_end(start, limit)
        if end is None or end + 1 >= limit or self._sources.facilities.longest(view.stems, start, limit):
            return
        rural = view.norms[end] in _INTO and view.norms[end + 1] in place_words("placed", "containers")
        if rural or view.norms[end] in place_words("placed", "after"):
            yield Found(start, end, "Village", rank=1, confidence=0.6)
        elif (cls := self._located(start, end, limit)) is not None:
            yield Found(start, end, cls, rank=1, confidence=0.6)

    def _is_strange(self, start: int, limit: int) -> bool:
        """Whether a word hardly ever written, and no form of another, begins here, or follows one that opens names."""
        view, norm = self._view, self._view.norms[start]
        if norm in opening_words():
            return is_rare(view.norms[start + 1])
        if not is_rare(norm) or norm.endswith(_THEIRS) or view.texts[start].endswith(_HIS):
            return False
        dual = norm.endswith(_DUALS) and not is_rare(norm[:-2])
        return not dual and self._sources.place_heads.longest(view.stems, start, limit) is None

    def _located(self, start: int, at: int, limit: int) -> str | None:
        """What stands before words that put it by a place: a quarter in "في الزرقوطية وسط دمشق".

        "In" alone counts behind a word that opens names: many things are in a town (بئر الحجر بحلب).
        """
        view, side = self._view, self._view.norms[at]
        inside = side in place_words("placed", "inside")
        into = side in _INTO and view.norms[start] in opening_words()
        if not inside and not into and side not in place_words("direction", "nouns") | place_words("placed", "beside"):
            return None
        head = self._sources.place_heads.longest(view.stems, at + 1, limit)
        known = self._sources.places.longest(view.exact, at + 1, limit)
        headed = head is not None and not view.definite(at + 1)
        if not headed and known is None:
            return None
        if inside:
            return "Neighbourhood"
        country = not headed and known is not None and known[1][0].cls == "Country"
        if country and view.norms[start - 1] == _AND:
            return None  # adjectives joined: القطاعات الأمنية والمليشياوية جنوبي سوريا
        return "Area" if country or into else "Village"

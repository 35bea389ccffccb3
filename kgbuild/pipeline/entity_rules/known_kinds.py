"""What kind of place a name behind a head noun is, where the lists or a second head noun say more than the first."""

from __future__ import annotations

from kgbuild.pipeline.entity_rules.sources import Head, Sources
from kgbuild.pipeline.entity_rules.view import View

_BY_SIZE = ("City", "Town", "Village")


class KnownKinds:
    """Asks the lists about the names of one document."""

    def __init__(self, view: View, sources: Sources) -> None:
        self._view = view
        self._sources = sources

    def is_called_after_road(self, head: Head, at: int, limit: int) -> bool:
        """Whether a quarter is called after a road or square (حي طريق السد)."""
        found = self._sources.place_heads.longest(self._view.stems, at, limit)
        return head.cls == "Neighbourhood" and found is not None and found[1].cls in ("Road", "Junction")

    def is_quarter(self, start: int, stop: int, limit: int) -> bool:
        """Whether what is called a town is known as a quarter by that very name (مدينة الصدر)."""
        known = self._sources.places.longest(self._view.exact, start, limit)
        return known is not None and known[0] == stop and known[1][0].cls == "Neighbourhood"

    def class_in_area(self, inner: int, stop: int, cls: str) -> str:
        """The class of a known place of two that are called areas (منطقتا داريا والمعضمية)."""
        known = self._sources.places.longest(self._view.exact, inner, stop) if cls == "Area" else None
        return known[1][0].cls if known is not None and known[0] == stop else cls

    def known_as(self, cls: str, at: int, limit: int) -> bool:
        """Whether a known place of this class stands here (محافظات ريف دمشق, أحياء طريق الباب)."""
        known = self._sources.places.longest(self._view.exact, at, limit)
        return known is not None and known[1][0].cls == cls

    def of_two(self, inner: int, stop: int, first: str, second: str) -> str:
        """The class of one of a list behind two heads (مدن وبلدات): a city as lists say, else the smaller one."""
        if not {first, second} <= set(_BY_SIZE):
            return first
        known = self._sources.places.longest(self._view.exact, inner, stop)
        city = known is not None and known[0] == stop and known[1][0].cls == _BY_SIZE[0]
        if city and _BY_SIZE[0] in (first, second):
            return _BY_SIZE[0]
        return max(first, second, key=_BY_SIZE.index)

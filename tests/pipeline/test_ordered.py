from __future__ import annotations

from kgbuild.pipeline.annotations import Segment
from kgbuild.pipeline.ordered import Ordered


def test_records_of_a_stretch_are_those_that_begin_in_it() -> None:
    a, b, c, d = (Segment(start, start + 5, "body") for start in (0, 3, 7, 9))
    ordered = Ordered([a, b, c, d])
    assert ordered.within(3, 9) == [b, c]
    assert ordered.within(0, 100) == [a, b, c, d]
    assert ordered.within(4, 7) == []


def test_they_may_be_ordered_by_another_token() -> None:
    a, b = Segment(0, 9, "body"), Segment(1, 4, "body")
    assert Ordered([a, b], at=lambda s: s.end).within(4, 10) == [b, a]

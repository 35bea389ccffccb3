from __future__ import annotations

import pytest

from kgbuild.model import Casualty
from kgbuild.tolls import Range, toll


def _killed(
    low: int | None,
    high: int | None,
    group: str = "civilian",
    *,
    part: bool = False,
    superseded: bool = False,
    nationality: str | None = None,
) -> Casualty:
    return Casualty(
        effect="killed",
        min=low,
        max=high,
        group=group,
        part=part,
        superseded=superseded,
        nationality=nationality,
        start=0,
        end=1,
    )


@pytest.mark.parametrize(
    ("casualties", "expected"),
    [
        pytest.param([], (None, None), id="no figure"),
        pytest.param([_killed(14, 14)], (14, 14), id="one figure"),
        pytest.param([_killed(14, None)], (14, None), id="at least"),
        pytest.param([_killed(14, 14), _killed(5, 5, "child", part=True)], (14, 14), id="parts are within the total"),
        pytest.param([_killed(2, 2, "child", part=True), _killed(3, 3, "woman", part=True)], (5, 5), id="only parts"),
        pytest.param([_killed(9, 9, superseded=True), _killed(14, 14)], (14, 14), id="replaced figure"),
        pytest.param([_killed(14, 14), _killed(3, 3, "combatant")], (17, 17), id="disjoint groups"),
        pytest.param([_killed(14, 14), _killed(17, 17)], (14, 17), id="alternatives of one group"),
        pytest.param([_killed(3, 3, nationality="سوري"), _killed(2, 2, nationality="عراقي")], (5, 5), id="nations"),
        pytest.param([_killed(14, 14), _killed(10, None, "combatant")], (24, None), id="one open figure"),
        pytest.param([_killed(None, None)], (None, None), id="no number"),
        pytest.param([_killed(None, None), _killed(3, 3, "combatant")], (3, None), id="some without number"),
        pytest.param([_killed(0, 0)], (0, 0), id="none killed"),
    ],
)
def test_toll_of_the_killed(casualties: list[Casualty], expected: Range) -> None:
    assert toll(casualties, "killed") == expected


def test_effects_are_reckoned_apart() -> None:
    injured = Casualty(effect="injured", min=20, max=20, group="civilian", start=0, end=1)
    assert toll([_killed(14, 14), injured], "injured") == (20, 20)

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgbuild.errors import InputError
from kgbuild.evaluation.gold import Gold, read_gold
from kgbuild.evaluation.names import name_keys, same_name
from kgbuild.evaluation.scoring import Scores, evaluate
from kgbuild.evaluation.tally import Tally
from kgbuild.extract import Extractor
from kgbuild.model import Article

TEXT = "قصف طيران التحالف الدولي بلدة المنصورة، ما أسفر عن مقتل ثلاثة مدنيين."


def _gold(**changes: object) -> Gold:
    incident = {
        "id": "i",
        "class": ["AirStrike"],
        "date": ["2017-06-08", "2017-06-09"],
        "places": ["mansura"],
        "perpetrators": ["coalition"],
        "weapons": ["aircraft?"],
        "casualties": [{"effect": "killed", "min": 3, "max": 3}],
        "evidence": ["قصف طيران التحالف الدولي"],
    }
    return Gold(
        article=Path("a.txt"),
        published="2017-06-09",
        entities=[
            {"id": "coalition", "class": "MilitaryCoalition", "group": "actor", "names": ["التحالف الدولي"]},
            {"id": "mansura", "class": ["Town", "City"], "group": "place", "names": ["المنصورة", "بلدة المنصورة"]},
            {"id": "aircraft", "class": "Aircraft", "group": "weapon", "names": ["طيران"], "optional": True},
        ],
        incidents=[incident | changes],
        relations=[],
    )


def _scores(gold: Gold) -> Scores:
    return evaluate([(gold, Article(id="a", source="a", text=TEXT))], Extractor())


def test_a_full_match_scores_one() -> None:
    rows = _scores(_gold()).rows
    assert {name: rows[name].f1 for name in ("entities", "incidents", "slots")} == dict.fromkeys(
        ("entities", "incidents", "slots"), 1.0
    )


def test_a_wrong_figure_is_once_wrong_and_once_missed() -> None:
    rates = _scores(_gold(casualties=[{"effect": "killed", "min": 4, "max": 4}])).rows["slot:casualties"]
    assert (rates.right, rates.wrong, rates.missed) == (0, 1, 1)


def test_an_incident_told_elsewhere_is_missed_and_spurious() -> None:
    scores = _scores(_gold(evidence=["المنصورة غير المذكورة"]))
    rates = scores.rows["incidents"]
    assert (rates.right, rates.wrong, rates.missed) == (0, 1, 1)
    assert any("spurious" in note for note in scores.articles["a"].notes)


def test_an_optional_incident_counts_neither_way() -> None:
    rates = _scores(_gold(optional=True)).rows["incidents"]
    assert (rates.right, rates.wrong, rates.missed) == (0, 0, 0)


def test_names_fold_and_may_be_longer() -> None:
    assert same_name(name_keys(["الرقّة"]), name_keys(["الرقه"]))
    assert same_name(name_keys(["مدينة الموصل"]), name_keys(["الموصل"]))
    assert not same_name(name_keys(["حلب"]), name_keys(["حماة"]))


def test_nothing_asked_and_nothing_given_is_one() -> None:
    assert Tally().rates(["incident"]).f1 == 1.0


def test_a_file_that_is_no_gold_is_named(tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    path.write_text(json.dumps({"entities": []}), "utf-8")
    with pytest.raises(InputError, match=r"g\.json"):
        read_gold(path)

"""`kgbuild evaluate`, with the real extractor where it reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kgbuild.cli import run
from kgbuild.evaluation.assessments import FIELDS

TEXT = "قصف طيران التحالف الدولي بلدة المنصورة، ما أسفر عن مقتل ثلاثة مدنيين."
SHARED = Path(__file__).parents[3] / "shared"


class Files(NamedTuple):
    """An article, its annotation, the same article in JSON and the assessment of its incident."""

    article: Path
    gold: Path
    texts: Path
    assessments: Path


@pytest.fixture
def files(tmp_path: Path) -> Files:
    article, gold = tmp_path / "articles" / "a.txt", tmp_path / "gold" / "a.json"
    texts, assessments = tmp_path / "texts.jsonl", tmp_path / "assessments.jsonl"
    article.parent.mkdir()
    gold.parent.mkdir()
    article.write_text(TEXT, "utf-8")
    entity = {"id": "coalition", "class": "MilitaryCoalition", "group": "actor", "names": ["التحالف الدولي"]}
    incident = {"id": "i", "class": ["Shelling"], "perpetrators": ["coalition"], "evidence": [TEXT[:24]]}
    document = {"file": "articles/a.txt", "published": "2017-06-09"}
    gold.write_text(json.dumps({"document": document, "entities": [entity], "incidents": [incident]}), "utf-8")
    texts.write_text(json.dumps({"id": "t", "text": TEXT, "published": "2017-06-09"}), "utf-8")
    record = dict.fromkeys(FIELDS) | {"code": "X1", "date": "2017-06-08", "location_ar": "المنصورة", "killed_max": 3}
    assessments.write_text(json.dumps({"id": "t", "incident": record}), "utf-8")
    return Files(article, gold, texts, assessments)


def evaluated(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    capfd.readouterr()
    status = run(["evaluate", *map(str, arguments)])
    return status, *capfd.readouterr()


def test_annotations_and_assessments_are_scored_together(files: Files, capfd: pytest.CaptureFixture[str]) -> None:
    asked = (files.gold.parent, files.assessments, "--articles", files.texts, "--format", "json", "--details")
    status, out, _ = evaluated(capfd, *asked)
    scores = json.loads(out)
    assert status == 0
    assert scores["incidents"]["right"] == 1
    assert scores["slot:class"]["wrong"] == 1
    assert "~ i.class: AirStrike instead of Shelling" in scores["notes"]["a.txt"]
    assert scores["assessments"]["found"] == {"right": 1, "of": 1, "share": 1.0}
    assert scores["assessments"]["injured"] == {"right": 0, "of": 0, "share": None}
    assert scores["assessments"]["verdicts"]["t"]["killed"] is True


def test_the_table_lines_up_and_details_say_what_was_wrong(files: Files, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = evaluated(capfd, files.gold, files.assessments, "--articles", files.texts, "--details")
    lines = out.splitlines()
    assert status == 0
    assert lines[0].startswith("a.txt: entities ")
    assert any(
        line.startswith("incidents ") and line.split()[1:] == ["1.000", "1.000", "1.000", "1", "0", "0"]
        for line in lines
    )
    assert "t: found yes, place yes, date yes, killed yes" in lines


def test_what_was_extracted_before_can_be_scored(
    files: Files, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store, out = tmp_path / "store", tmp_path / "out.jsonl"
    assert run(["build", str(files.texts), str(files.article), "--store", str(store)]) == 0
    assert run(["export", "--store", str(store), "--format", "jsonl", "--out", str(out)]) == 0
    status, printed, _ = evaluated(capfd, files.gold, files.assessments, "--predicted", out, "--format", "json")
    scores = json.loads(printed)
    assert status == 0
    assert scores["incidents"]["right"] == 1
    assert scores["assessments"]["b_cubed"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "texts": 1}


def test_assessments_without_their_texts_are_asked_for(files: Files, capfd: pytest.CaptureFixture[str]) -> None:
    status, _, err = evaluated(capfd, files.assessments)
    assert status == 2
    assert "--articles" in err
    assert "--predicted" in err


def test_a_text_that_is_missing_counts_as_missed(files: Files, capfd: pytest.CaptureFixture[str]) -> None:
    files.texts.write_text(json.dumps({"id": "other", "text": TEXT}), "utf-8")
    status, out, err = evaluated(capfd, files.assessments, "--articles", files.texts, "--format", "json")
    assert status == 1
    assert "refused: t: no article has this id" in err
    assert json.loads(out)["assessments"]["found"]["right"] == 0


@pytest.mark.parametrize(
    ("part", "refusal"),
    [
        ({"incidents": 5}, "a.json: incidents is no list of annotations"),
        ({"incidents": [{"id": "i"}]}, "a.json: incidents, entry 1: class, evidence must be given"),
        ({"entities": ["coalition"]}, "a.json: entities, entry 1: id, group, class, names must be given"),
        ({"relations": [{"type": "within"}]}, "a.json: relations, entry 1: subject, object must be given"),
    ],
)
def test_annotations_without_what_is_scored_are_refused(
    files: Files, capfd: pytest.CaptureFixture[str], part: dict[str, object], refusal: str
) -> None:
    files.gold.write_text(json.dumps(json.loads(files.gold.read_text("utf-8")) | part), "utf-8")
    status, _, err = evaluated(capfd, files.gold)
    assert status == 2
    assert refusal in err


def test_an_empty_folder_and_an_article_not_predicted_are_told(
    files: Files, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    status, _, err = evaluated(capfd, tmp_path / "empty")
    assert status == 2
    assert "no annotations in this folder" in err
    (tmp_path / "none.jsonl").touch()
    status, out, err = evaluated(capfd, files.gold, "--predicted", tmp_path / "none.jsonl", "--format", "json")
    assert status == 1
    assert "counts as missed" in err
    assert json.loads(out)["incidents"]["missed"] == 1


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is extracted from the reference articles, and from the first assessed texts."""
    if not (SHARED / "tools").is_dir():
        pytest.skip("no reference material beside the checkout")
    folder = tmp_path_factory.mktemp("extracted")
    texts = (SHARED / "airwars" / "dev.jsonl").read_text("utf-8").splitlines()[:25]
    (folder / "texts.jsonl").write_text("\n".join(texts), "utf-8")
    command = [sys.executable, "-m", "kgbuild", "extract", str(SHARED / "articles"), str(folder / "texts.jsonl")]
    with (folder / "out.jsonl").open("wb") as out:
        subprocess.run([*command, "--jobs", "1"], stdout=out, check=True)
    return folder / "out.jsonl"


def reference(tool: str, *arguments: object) -> dict[str, Any]:
    command = [sys.executable, str(SHARED / "tools" / tool), *map(str, arguments), "--json"]
    scores: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return scores


@pytest.mark.shared
def test_annotations_are_scored_as_the_reference_tool_scores_them(
    extracted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    gold = sorted((SHARED / "gold").glob("*.json"))
    _, out, _ = evaluated(capfd, *gold, "--predicted", extracted, "--format", "json")
    theirs = reference("score_extraction.py", *gold, "--predicted", extracted)
    ours = {kind: (row["right"], row["wrong"], row["missed"]) for kind, row in json.loads(out).items()}
    assert ours == {kind: (row["tp"], row["fp"], row["fn"]) for kind, row in theirs.items()}


@pytest.mark.shared
def test_assessments_are_scored_as_the_reference_tool_scores_them(
    extracted: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = [json.loads(line) for line in extracted.read_text("utf-8").splitlines()]
    for line in lines:  # any grouping will do to compare two ways of counting it
        for incident in line["incidents"]:
            incident["incident"] = f"{incident['class']} {len(line['entities']) % 3}"
    predicted = tmp_path / "merged.jsonl"
    predicted.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assessments = SHARED / "airwars" / "dev_reference.jsonl"
    _, out, _ = evaluated(capfd, assessments, "--predicted", predicted, "--format", "json")
    theirs = reference("score_airwars.py", assessments, "--predicted", predicted)
    ours = json.loads(out)["assessments"]
    assert {k: round(v, 4) for k, v in ours.pop("b_cubed").items()} == theirs.pop("b_cubed")
    assert {slot: (row["right"], row["of"]) for slot, row in ours.items()} == {
        slot: (row["right"], row["of"]) for slot, row in theirs.items()
    }

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.articles import written
from tests.command import Command
from tests.telling import tells


def test_a_doubt_is_shown_with_its_remedy_and_the_remedy_works(kgbuild: Command, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", tells(day="2017-06-08"))
    written(tmp_path / "b.jsonl", tells("Bombardment", day="2017-06-09"))
    kgbuild("build", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--store", tmp_path / "s")
    shown = kgbuild("review", "--store", tmp_path / "s").out
    assert shown.startswith(
        "two incidents now, score 5 of 6\n  for: date next day 0.5, class related 1, place same town 3"
    )
    remedy = next(line for line in shown.splitlines() if "kgbuild merge-incidents" in line)
    done = kgbuild(*remedy.split("kgbuild ")[1].split(), "--why", "one photograph", "--by", "me")
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith(": 2 reports\n")
    assert kgbuild("review", "--store", tmp_path / "s").out == ""
    text = "SELECT ?who ?why { ?d a cko:MergeDecision ; dcterms:creator ?who ; dcterms:description ?why }"
    rows = kgbuild("query", text, "--store", tmp_path / "s", "--format", "csv")
    assert rows.out.splitlines()[1:] == ["me,one photograph"]


def test_a_doubt_shows_what_the_articles_say(kgbuild: Command, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", tells(day="2017-06-08", killed=(14, None)))
    written(tmp_path / "b.jsonl", tells("Bombardment", day="2017-06-09", killed=(5, 5)))
    kgbuild("build", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--store", tmp_path / "s")
    lines = [line.strip() for line in kgbuild("review", "--store", tmp_path / "s").out.splitlines()]
    assert any(line.startswith("A  AirStrike; Raqqa; 2017-06-08; killed 14 or more") for line in lines)
    assert any(line.startswith("of Bombardment in Raqqa, 9 June 2017, 1 report: https://") for line in lines)
    assert sum(line.startswith(f"{tmp_path / name}.jsonl") for line in lines for name in "ab") == 2
    assert [line for line in lines if line.startswith('"')] == ['"{"'] * 2  # the test's extractor quotes one character


def test_what_is_kept_apart_is_not_reviewed_again(kgbuild: Command, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", tells(day="2017-06-08"))
    written(tmp_path / "b.jsonl", tells("Bombardment", day="2017-06-09"))
    kgbuild("build", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--store", tmp_path / "s")
    shown = kgbuild("review", "--store", tmp_path / "s").out
    remedy = next(line for line in shown.splitlines() if "kgbuild keep-apart" in line)
    assert kgbuild(*remedy.split("kgbuild ")[1].split()).out.count(": 1 report\n") == 2
    assert kgbuild("review", "--store", tmp_path / "s").out == ""


def test_a_doubt_as_json(kgbuild: Command, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", tells(day="2017-06-08"))
    written(tmp_path / "b.jsonl", tells("Bombardment"))
    kgbuild("build", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--store", tmp_path / "s")
    (doubt,) = map(json.loads, kgbuild("review", "--store", tmp_path / "s", "--format", "jsonl").out.splitlines())
    assert doubt["kind"] == "merged"
    reports = [r["iri"] for r in doubt["reports"]]
    assert kgbuild("split", *doubt["incidents"], reports[0], "--store", tmp_path / "s").status == 0
    assert kgbuild("split", *doubt["incidents"], *reports, "--store", tmp_path / "s").status == 2

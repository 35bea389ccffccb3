from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kgbuild.building.index import BlockIndex
from kgbuild.building.reports import StoredReports
from kgbuild.merging import clustering, scoring
from tests.building.builds import build_into, published
from tests.merging.accounts import account
from tests.telling import article, tells


def begun(folder: Path) -> BlockIndex:
    index = BlockIndex(folder)
    index.begin("rules")
    return index


def test_articles_are_found_under_their_keys(tmp_path: Path) -> None:
    index = begun(tmp_path)
    index.update("a", [], [1, 2])
    index.update("b", [], [2, 3])
    assert [index.find([1]), index.find([2]), index.find([3, 4])] == [{"a"}, {"a", "b"}, {"b"}]


def test_a_change_lists_anew_and_a_removal_no_more(tmp_path: Path) -> None:
    index = begun(tmp_path)
    index.update("a", [], [1, 2])
    index.update("a", [1, 2], [3])
    assert [index.find([1, 2]), index.find([3]), len(index)] == [set(), {"a"}, 1]
    index.update("a", [3], None)
    assert [index.find([3]), len(index)] == [set(), 0]


def test_what_was_not_committed_is_not_there(tmp_path: Path) -> None:
    index = begun(tmp_path)
    index.update("a", [], [1])
    index.commit()
    index.update("b", [], [1])
    index.close()
    assert BlockIndex(tmp_path).find([1]) == {"a"}


def test_many_keys_are_asked_in_parts(tmp_path: Path) -> None:
    index = begun(tmp_path)
    index.update("a", [], [100_000])
    assert index.find(range(0, 100_001, 50)) == {"a"}


def test_a_new_or_damaged_file_has_no_rules(tmp_path: Path) -> None:
    assert BlockIndex(tmp_path).rules is None
    (tmp_path / "blocks.sqlite").write_bytes(b"no database at all" * 100)
    damaged = BlockIndex(tmp_path)
    assert damaged.rules is None
    damaged.begin("first")
    assert [damaged.rules, len(damaged)] == ["first", 0]


def test_other_rules_merge_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [article(n, tells(killed=(14, 14))) for n in "ab"]
    build_into(tmp_path, articles)
    before = published(tmp_path)
    strict = replace(scoring.weights(), threshold=60.0)
    for module in (scoring, clustering):
        monkeypatch.setattr(module, "weights", lambda: strict)
    monkeypatch.setattr("kgbuild.building.reports.merging_version", lambda: "strict")
    build_into(tmp_path, [])
    assert sum("#reportCount>" in quad for quad in published(tmp_path)) == 2
    monkeypatch.undo()
    build_into(tmp_path, [])
    assert published(tmp_path) == before


def test_a_lost_index_is_made_anew_from_the_store(tmp_path: Path) -> None:
    articles = [article(f"a{n}", tells(place="Karama", killed=(3, 3)), published=None) for n in range(3)]
    build_into(tmp_path / "whole", articles)
    build_into(tmp_path / "lost", articles[:2])
    (tmp_path / "lost" / "scratch" / "blocks.sqlite").unlink()
    build_into(tmp_path / "lost", articles[2:])
    assert published(tmp_path / "lost") == published(tmp_path / "whole")


def test_reports_found_share_a_key(tmp_path: Path) -> None:
    from kgbuild.store import open_store

    build_into(
        tmp_path, [article("a", tells(), tells(place="Tabqa", day="2017-01-01")), article("b", tells(place="Tabqa"))]
    )
    with open_store(tmp_path) as store:
        where = StoredReports(store)
        found = [a.report for a in where.near(account("c", tells()))]
        near = [a.report for a in where.near(account("c", tells(place="Karama")))]
        where.close()
    # All of one governorate and day are looked at; what is far away in time is not.
    assert len(found) == len(near) == 2

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

from kgbuild.errors import StoreError
from kgbuild.export.wikibase import numbers
from kgbuild.export.wikibase.numbers import FILE, FIRST, candidates, item_numbers
from kgbuild.store import open_snapshot
from tests.export.stories import write_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_store(tmp_path / "store", [])
    return tmp_path / "store"


def _numbers(folder: Path, iris: Iterable[str], known: int | None = None) -> dict[str, int]:
    with open_snapshot(folder) as snapshot, item_numbers(snapshot) as given:
        given.enter((iri, "thing", known) for iri in iris)
        return {iri: number for number, parts in given.items() for iri, _ in parts}


def test_a_number_follows_from_the_iri(folder: Path) -> None:
    assert _numbers(folder, ["urn:a"]) == {"urn:a": next(candidates("urn:a"))}
    assert FIRST <= next(candidates("urn:a")) < 2**31


def test_a_number_of_wikidata_is_kept(folder: Path) -> None:
    assert _numbers(folder, ["urn:a"], known=858) == {"urn:a": 858}


def test_of_new_items_the_first_iri_chooses_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "END", FIRST + 3)
    given = _numbers(folder, ["urn:c", "urn:b", "urn:a"])
    assert given["urn:a"] == next(candidates("urn:a"))
    assert sorted(given.values()) == [FIRST, FIRST + 1, FIRST + 2]


def test_the_order_of_reading_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "END", FIRST + 50)
    iris = [f"urn:{n}" for n in range(40)]
    write_store(tmp_path / "a", [])
    write_store(tmp_path / "b", [])
    assert _numbers(tmp_path / "a", iris) == _numbers(tmp_path / "b", reversed(iris))


def test_a_number_stays_and_is_not_given_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "END", FIRST + 3)
    first = _numbers(folder, ["urn:m"])
    later = _numbers(folder, ["urn:a", "urn:b"])
    assert first["urn:m"] not in later.values()
    assert _numbers(folder, ["urn:m", "urn:a", "urn:b"]) == first | later


def test_things_that_wikidata_holds_to_be_one_are_one_item(folder: Path) -> None:
    with open_snapshot(folder) as snapshot, item_numbers(snapshot) as given:
        given.enter([("urn:state", "thing", 43), ("urn:country", "thing", 43)])
        assert list(given.items()) == [(43, [("urn:country", "thing"), ("urn:state", "thing")])]


def test_what_was_not_entered_gets_a_number_too(folder: Path) -> None:
    with open_snapshot(folder) as snapshot, item_numbers(snapshot) as given:
        given.enter([])
        assert given.number("urn:x") == next(candidates("urn:x"))


def test_a_store_that_cannot_be_written_still_knows_its_numbers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "END", FIRST + 2)
    first = _numbers(folder, ["urn:m"])
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    monkeypatch.setattr(numbers.os, "access", lambda *_: False)
    assert _numbers(folder, ["urn:a", "urn:m"])["urn:m"] == first["urn:m"]
    folder.chmod(stat.S_IRWXU)


def test_a_damaged_file_is_told(folder: Path) -> None:
    (folder / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match=r"items\.sqlite"):
        _numbers(folder, ["urn:a"])

"""Bad input end to end: a clear line about each refusal, the rest built, the right exit status, never a traceback."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kgbuild.store import open_snapshot
from kgbuild.vocab import CKO, RDF
from tests.command import Command, Result

ARABIC = "عنوان قصير\n\nكلمات كثيرة في نص لا يقول شيئاً عن حادثة بعينها ولا يذكر مكاناً ولا تاريخاً."


def empty(path: Path) -> None:
    path.write_bytes(b"")


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def line_three_broken(path: Path) -> None:
    lines = [json.dumps({"id": f"line {n}", "text": f"{ARABIC} {n}"}) for n in range(1, 6)]
    lines[2] = lines[2][:-9]
    path.write_text("\n".join(lines))


def fifty_megabytes(path: Path) -> None:
    path.write_text(json.dumps({"id": "long", "text": "س" * 25_000_000}, ensure_ascii=False))


CASES = [
    ("empty.txt", empty, "empty.txt", 1),
    ("empty.jsonl", empty, "empty.jsonl", 1),
    ("binary.txt", binary, "binary.txt", 1),
    ("binary.json", binary, "binary.json", 1),
    ("binary.html", binary, "binary.html", 1),
    ("broken.jsonl", line_three_broken, "broken.jsonl, line 3", 5),
    ("long.jsonl", fifty_megabytes, "long.jsonl, line 1", 1),
]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(ARABIC)
    return path


def refusals(result: Result) -> list[str]:
    return [line for line in result.err.splitlines() if line.startswith("refused: ")]


def documents(store: Path) -> int:
    with open_snapshot(store) as snapshot:
        return len(list(snapshot.quads(None, RDF.type, CKO.Document)))


@pytest.mark.parametrize(("name", "write", "place", "built"), CASES, ids=[case[0] for case in CASES])
def test_one_bad_file_beside_a_good_one(
    kgbuild: Command, good: Path, tmp_path: Path, name: str, write: Callable[[Path], None], place: str, built: int
) -> None:
    write(tmp_path / name)
    result = kgbuild("build", tmp_path / name, good, "--store", tmp_path / "store", "--jobs", 1)
    assert result.status == 1, result.err
    assert len(refusals(result)) == 1
    assert place in refusals(result)[0]
    assert "Traceback" not in result.err
    assert documents(tmp_path / "store") == built


@pytest.mark.parametrize(("name", "write", "place", "built"), CASES[:5], ids=[case[0] for case in CASES[:5]])
def test_nothing_but_a_bad_file(
    kgbuild: Command, tmp_path: Path, name: str, write: Callable[[Path], None], place: str, built: int
) -> None:
    write(tmp_path / name)
    result = kgbuild("build", tmp_path / name, "--store", tmp_path / "store")
    assert result.status == 2
    assert place in refusals(result)[0]
    assert "no article could be read: nothing is built" in result.err
    assert not (tmp_path / "store").exists()
    assert kgbuild("extract", tmp_path / name).status == 2


def test_broken_utf_8_is_read_as_far_as_it_goes_or_refused(kgbuild: Command, good: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(ARABIC.encode()[:40] + b"\xff\xfe\x00\xd8" + ARABIC.encode()[40:])
    result = kgbuild("build", tmp_path / "broken.txt", good, "--store", tmp_path / "store", "--jobs", 1)
    assert result.status == (1 if refusals(result) else 0)
    assert all("broken.txt" in line for line in refusals(result))
    assert documents(tmp_path / "store") == 2 - len(refusals(result))
    assert "Traceback" not in result.err


def test_broken_utf_8_in_json_tells_where(kgbuild: Command, good: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_bytes(b'{"id": "a", "text": "\xd9\xff"}\n')
    result = kgbuild("build", tmp_path / "broken.jsonl", good, "--store", tmp_path / "store", "--jobs", 1)
    assert result.status == 1
    assert "broken.jsonl, line 1" in refusals(result)[0]


@pytest.mark.parametrize("command", ["extract", "build"])
@pytest.mark.parametrize("what", ["missing.txt", "folder"])
def test_no_articles_there(kgbuild: Command, tmp_path: Path, command: str, what: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.odt").write_bytes(b"PK")
    store = ["--store", tmp_path / "store"] if command == "build" else []
    result = kgbuild(command, tmp_path / what, *store)
    assert (result.status, result.out) == (2, "")
    assert what in refusals(result)[0]


def test_a_missing_file_beside_a_good_one(kgbuild: Command, good: Path, tmp_path: Path) -> None:
    result = kgbuild("build", tmp_path / "missing.txt", good, "--store", tmp_path / "store", "--jobs", 1)
    assert result.status == 1
    assert documents(tmp_path / "store") == 1


@pytest.mark.skipif(os.getuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_refused(kgbuild: Command, good: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(ARABIC)
    (tmp_path / "secret.txt").chmod(0)
    result = kgbuild("build", tmp_path / "secret.txt", good, "--store", tmp_path / "store", "--jobs", 1)
    assert result.status == 1
    assert "secret.txt" in refusals(result)[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "good.txt"],
        ["remove", "https://example.org/a"],
        ["query", "ASK {}"],
        ["export", "--format", "nquads", "--out", "out.nq"],
        ["serve"],
    ],
    ids=lambda a: a[0],
)
def test_a_store_of_another_version(
    kgbuild: Command, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert kgbuild("build", good, "--store", "store").status == 0
    manifest = json.loads(Path("store/store.json").read_text())
    Path("store/store.json").write_text(json.dumps(manifest | {"layout": 99, "software": "kgbuild 9.9"}))
    result = kgbuild(*arguments, "--store", "store")
    assert (result.status, result.out) == (2, "")
    assert "kgbuild 9.9 with store layout 99" in result.err
    assert "or build a new store" in result.err


def test_a_store_in_somebody_elses_folder(kgbuild: Command, good: Path, tmp_path: Path) -> None:
    result = kgbuild("build", good, "--store", tmp_path)
    assert result.status == 2
    assert "not a store and not empty" in result.err

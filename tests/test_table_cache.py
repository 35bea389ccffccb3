from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

import pytest

from kgbuild.table_cache import cache_folder, cached_table


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that a table depends on; the cache is a folder of the test's own."""
    monkeypatch.setenv("KGBUILD_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "source"
    path.write_text("a")
    return path


def table(source: Path) -> dict[str, float]:
    """One that tells the source it was made of, and how often tables were made."""
    made.append(source)
    return {source.read_text(): len(made)}


made: list[Path] = []


def test_a_table_is_made_once(source: Path) -> None:
    first = cached_table("t", (source,), lambda: table(source))
    assert cached_table("t", (source,), lambda: table(source)) == first
    assert list(first) == ["a"]


def test_a_changed_source_makes_it_anew(source: Path) -> None:
    cached_table("t", (source,), lambda: table(source))
    source.write_text("b")
    os.utime(source, ns=(1, 1))
    assert list(cached_table("t", (source,), lambda: table(source))) == ["b"]


def test_the_same_content_elsewhere_keeps_it(source: Path, tmp_path: Path) -> None:
    first = cached_table("t", (source,), lambda: table(source))
    other = tmp_path / "other" / source.name
    other.parent.mkdir()
    other.write_bytes(source.read_bytes())
    assert cached_table("t", (other,), lambda: table(other)) == first


def test_a_large_source_is_known_by_size_and_time(source: Path) -> None:
    source.write_text("a" * 2_000_000)
    first = cached_table("t", (source,), lambda: table(source))
    assert cached_table("t", (source,), lambda: table(source)) == first
    os.utime(source, ns=(1, 1))
    assert cached_table("t", (source,), lambda: table(source)) != first


def test_what_another_python_wrote_is_done_without(source: Path) -> None:
    first = cached_table("t", (source,), lambda: table(source))
    content = b"\xff unknown"
    (cache_folder() / "t.marshal").write_bytes(crc32(content).to_bytes(4) + content)
    assert list(cached_table("t", (source,), lambda: table(source))) == list(first)


@pytest.mark.parametrize("content", [b"", b"abc", b"\0" * 40])
def test_a_broken_cache_is_done_without(source: Path, content: bytes) -> None:
    first = cached_table("t", (source,), lambda: table(source))
    (cache_folder() / "t.marshal").write_bytes(content)
    assert list(cached_table("t", (source,), lambda: table(source))) == list(first)


def test_a_folder_that_cannot_be_written_costs_only_time(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGBUILD_CACHE", str(source))
    assert list(cached_table("t", (source,), lambda: table(source))) == ["a"]


def test_nothing_else_is_left_in_the_folder(source: Path) -> None:
    cached_table("t", (source,), lambda: table(source))
    assert [path.name for path in cache_folder().iterdir()] == ["t.marshal"]


def test_the_folder_is_that_of_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KGBUILD_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/c")
    assert cache_folder() == Path("/c/kgbuild")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/h")
    assert cache_folder() == Path("/h/.cache/kgbuild")

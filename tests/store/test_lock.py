from __future__ import annotations

from pathlib import Path

from kgbuild.store.lock import FileLock


def test_an_exclusive_lock_keeps_others_out(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held = FileLock.exclusive(path)
    assert held is not None
    assert FileLock.exclusive(path) is None
    assert FileLock.shared(path) is None
    held.release()
    assert FileLock.exclusive(path) is not None


def test_readers_share_and_keep_a_writer_out(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch()
    first, second = FileLock.shared(path), FileLock.shared(path)
    assert first is not None
    assert second is not None
    assert FileLock.exclusive(path) is None
    first.release()
    second.release()
    second.release()
    assert FileLock.exclusive(path) is not None


def test_what_the_holder_signed_is_readable(tmp_path: Path) -> None:
    held = FileLock.exclusive(tmp_path / "lock")
    assert held is not None
    held.sign("process 10000")
    held.sign("process 7")
    assert (tmp_path / "lock").read_text() == "process 7"

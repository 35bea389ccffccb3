"""Whatever a file holds, it ends in articles or in refusals, never in another error."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.reading.formats import FORMATS
from tests.reading.collecting import read
from tests.reading.test_csv_table import TABLE
from tests.reading.test_feed import ATOM, RSS
from tests.reading.test_web_archive import RECORDS, archive
from tests.reading.test_web_page import page

EXTENSIONS = [format.extensions[0] for format in FORMATS]
SOUND = {
    ".txt": "قصف على قرية\n09 يونيو 2017\nقتل مدني.\n".encode(),
    ".html": page().encode(),
    ".jsonl": b'{"text": "one", "published": "2017-06-09"}\n{"text": "two"}\n',
    ".json": b'[{"text": "one"}, {"text": "two"}]',
    ".csv": TABLE.encode(),
    ".xml": RSS.encode(),
    ".atom": ATOM.encode(),
    ".warc": archive(*RECORDS, compress=False),
    ".warc.gz": archive(*RECORDS),
}


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def spliced(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:end] + data[start:]


@pytest.mark.parametrize("extension", EXTENSIONS)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_survived(tmp_path_factory: pytest.TempPathFactory, extension: str, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{extension}"
    path.write_bytes(content)
    read(path)


@pytest.mark.slow
@pytest.mark.parametrize("damage", [flipped, cut, spliced])
@pytest.mark.parametrize("extension", sorted(SOUND))
def test_any_damage_is_survived(
    tmp_path: Path, extension: str, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    chance = random.Random(extension)
    path = tmp_path / f"a{extension}"
    for _ in range(60):
        path.write_bytes(damage(SOUND[extension], chance))
        articles, errors = read(path)
        assert articles or errors

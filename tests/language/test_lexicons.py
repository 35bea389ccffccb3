from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kgbuild.language.lexicons import lexicon, lexicon_files, lexicons
from kgbuild.table_cache import cache_folder


@pytest.mark.parametrize("language", ["ar", "en"])
def test_kept_lexicons_are_what_the_files_say(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGBUILD_CACHE", str(tmp_path))
    read = lexicons.__wrapped__
    said = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in lexicon_files(language)}
    assert read(language) == said
    kept = cache_folder() / f"lexicons-{language}.marshal"
    assert read(language) == said
    kept.write_bytes(kept.read_bytes()[:1000])
    assert read(language) == said


def test_a_lexicon_goes_by_the_name_of_its_file() -> None:
    assert lexicon("ar", "triggers") is lexicons("ar")["triggers"]

from __future__ import annotations

import json
from pathlib import Path

from kgbuild.errors import StoreBusyError
from kgbuild.store import open_store
from tests.command import Command


def test_build_sums_up_what_it_did(kgbuild: Command, two: Path, tmp_path: Path) -> None:
    first = kgbuild("build", two, "--store", tmp_path / "s")
    again = kgbuild("build", two, "--store", tmp_path / "s")
    assert first == (0, "", "2 articles read, 2 written, 0 unchanged, 2 merged\n")
    assert again == (0, "", "2 articles read, 0 written, 2 unchanged\n")


def test_build_takes_a_base_for_a_new_store_only(kgbuild: Command, two: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "s")
    assert kgbuild("build", two, *store, "--base", "https://example.org/id/").status == 0
    refused = kgbuild("build", two, *store, "--base", "https://example.org/other/")
    assert refused.status == 2
    assert "begin with https://example.org/id/" in refused.err
    assert kgbuild("build", two, *store, "--base", "nonsense").status == 2


def test_published_dates_articles_without_a_date(kgbuild: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title\n\nSome words of a text without a date.")
    out = kgbuild("extract", tmp_path / "a.txt", "--published", "2017-06-09").out
    assert json.loads(out)["document"]["published"] == "2017-06-09"
    wrong = kgbuild("extract", tmp_path / "a.txt", "--published", "yesterday")
    assert wrong.status == 2
    assert "write it as 2017-06-09" in wrong.err


def test_build_tells_of_articles_without_a_date(kgbuild: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title\n\nFive civilians were killed in Aleppo yesterday.")
    build = ("build", tmp_path / "a.txt", "--store", tmp_path / "s")
    assert f"no date in 1 articles, such as {tmp_path / 'a.txt'}: " in kgbuild(*build).err
    assert "no date" not in kgbuild(*build, "--published", "2017-06-09").err


def test_remove_takes_an_article_out(kgbuild: Command, store: Path) -> None:
    text = "SELECT ?d { ?d a cko:Document ; dcterms:identifier 'a' }"
    rows = kgbuild("query", text, "--store", store, "--format", "csv")
    document = rows.out.splitlines()[1]
    assert kgbuild("remove", document, "--store", store) == (0, "", "1 articles removed\n")
    refused = kgbuild("remove", document, "--store", store)
    assert refused.status == 2
    assert f"refused: {document}: the store holds no article of this IRI" in refused.err


def test_a_store_that_is_being_written_is_busy(kgbuild: Command, store: Path, two: Path) -> None:
    with open_store(store):
        busy = kgbuild("build", two, "--store", store)
    assert busy.status == 2
    assert "is writing to it; wait until it is done" in busy.err
    assert StoreBusyError.__doc__

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kgbuild import ids
from kgbuild.build import Builder, Progress
from kgbuild.building.provenance import MERGERS, NOT_READING, current_run, merging_version
from kgbuild.config import BuildConfig
from kgbuild.errors import InputError
from kgbuild.model import Run
from kgbuild.resources import package_path
from kgbuild.store import current_number, open_store
from tests.building.builds import RUN, build_into, published
from tests.memory_store import MemoryStore
from tests.telling import BASE, article, make_extract, tells

FIRST = article("a", tells(killed=(14, 14)))
SECOND = article("b", tells(killed=(17, None)))


def builder(store: MemoryStore, errors: list[InputError]) -> Builder:
    return Builder(store=store, make_extract=make_extract, config=BuildConfig(), run=RUN, on_error=errors.append)


def test_building_twice_changes_and_publishes_nothing(tmp_path: Path) -> None:
    build_into(tmp_path, [FIRST, SECOND])
    before, number = published(tmp_path), current_number(tmp_path)
    build_into(tmp_path, [SECOND, FIRST])
    assert (published(tmp_path), current_number(tmp_path)) == (before, number)


def test_unchanged_articles_are_not_read_again() -> None:
    store = MemoryStore()
    builder(store, []).build([FIRST])
    assert builder(store, []).build([FIRST, SECOND]) == Progress(read=2, unchanged=1, written=1, merged=1)


def test_other_software_reads_all_again() -> None:
    store = MemoryStore()
    builder(store, []).build([FIRST])
    other = replace(builder(store, []), run=Run(version="1", pipeline_hash="0"), progress=Progress())
    assert other.build([FIRST]).written == 1
    runs = {q.object.value for q in store.quads(None, NamedNode("https://w3id.org/cko#softwareVersion"))}  # type: ignore[union-attr]
    assert runs == {"1"}


def test_what_the_extractor_cannot_read_is_refused_and_the_rest_built() -> None:
    store, errors = MemoryStore(), list[InputError]()
    progress = builder(store, errors).build([FIRST, replace(SECOND, text="no JSON")])
    assert [str(e)[:45] for e in errors] == ["b.txt: cannot be read (JSONDecodeError: Expec"]
    assert (progress.written, progress.refused) == (1, 1)


def test_an_article_that_breaks_a_shape_is_refused_by_name_and_value_and_the_rest_built() -> None:
    store, errors = MemoryStore(), list[InputError]()
    upside_down = article("b", tells(killed=(17, 3)))
    progress = builder(store, errors).build([FIRST, upside_down])
    (refused,) = map(str, errors)
    assert refused.startswith("b.txt: what was read out of it breaks the shapes: https://w3id.org/cko/id/report/")
    assert any(f"{words}. (17)" in refused for words in ("is not above the upper", "is not above the maximum"))
    assert (progress.written, progress.refused) == (1, 1)


def test_of_two_articles_with_one_id_the_later_stays_in_either_order() -> None:
    earlier = article("a", tells(place="Tabqa"), published="2017-06-09")
    later = article("a", tells(place="Karama"), published="2017-06-10")
    graphs = []
    for articles in ([earlier, later], [later, earlier]):
        store, errors = MemoryStore(), list[InputError]()
        builder(store, errors).build(articles)
        graphs.append(store.published)
        assert [e.reason for e in errors] == ['several articles have the id "a"; the latest one is kept']
    assert graphs[0] == graphs[1]
    assert any("karama" in quad for quad in graphs[0])
    assert not any("tabqa" in quad for quad in graphs[0])


OTHER_WORDS = " ".join(f"other{n}" for n in range(300))
NEWS = article("news.txt", tells(killed=(14, 14)))


@pytest.mark.parametrize("source", ["two/news.txt", "news.txt"])
def test_an_article_of_the_same_name_in_another_folder_does_not_replace_the_first(source: str) -> None:
    store, errors = MemoryStore(), list[InputError]()
    builder(store, errors).build([replace(NEWS, source="one/news.txt")])
    before = store.published
    other = article("news.txt", tells("Shelling", "Tabqa"), words=OTHER_WORDS)
    progress = builder(store, errors).build([replace(other, source=source)])
    assert (progress.written, progress.refused) == (0, 1)
    (refused,) = errors
    assert refused.source == source
    assert "read from one/news.txt: 'news.txt'; read the folder that holds both" in refused.reason
    assert store.published == before


def test_an_edition_of_the_text_replaces_the_article_wherever_it_is_read_from() -> None:
    store, errors = MemoryStore(), list[InputError]()
    builder(store, errors).build([replace(NEWS, source="one/news.txt")])
    corrected = replace(article("news.txt", tells(killed=(17, 17))), source="two/news.txt")
    assert builder(store, errors).build([corrected]).written == 1
    assert errors == []


@pytest.mark.parametrize(
    "given", [{"source": "news.txt"}, {"source": "all.jsonl:1"}, {"url": "news.txt", "source": "two/news.txt"}]
)
def test_what_is_rewritten_in_its_place_or_has_an_id_of_its_own_replaces_the_article_and_is_told(
    given: dict[str, str],
) -> None:
    store, errors, notices = MemoryStore(), list[InputError](), list[str]()
    builder(store, errors).build([replace(NEWS, source="news.txt")])
    other = replace(article("news.txt", tells("Shelling", "Tabqa"), words=OTHER_WORDS), **given)
    again = replace(builder(store, errors), on_notice=notices.append)
    assert again.build([other]).written == 1
    assert notices == [
        f"{other.source}: quite another text than before; it takes the place of what was read from news.txt"
    ]
    assert errors == []


def test_the_same_article_twice_is_no_error() -> None:
    store, errors = MemoryStore(), list[InputError]()
    assert builder(store, errors).build([FIRST, FIRST]).written == 1
    assert errors == []


def test_removing_leaves_what_others_support() -> None:
    store, alone = MemoryStore(), MemoryStore()
    builder(store, []).build([FIRST, SECOND])
    builder(store, []).remove([ids.document_iri(BASE, "a")])
    builder(alone, []).build([SECOND])
    assert store.published == alone.published


@pytest.mark.parametrize("name", ["https://example.org/none", "no IRI"])
def test_removing_what_is_not_there_is_refused(name: str) -> None:
    store, errors = MemoryStore(), list[InputError]()
    builder(store, []).build([FIRST])
    before = store.published
    assert builder(store, errors).remove([name]).removed == 0
    assert [e.reason for e in errors] == ["the store holds no article of this IRI"]
    assert store.published == before


def test_several_processes_give_the_same_graph(tmp_path: Path) -> None:
    articles = [article(f"a{n}", tells(killed=(n, n))) for n in range(20)]
    build_into(tmp_path / "one", articles)
    build_into(tmp_path / "two", articles, processes=2, batch_size=3)
    assert published(tmp_path / "one") == published(tmp_path / "two")


def test_a_build_cut_short_is_finished_by_the_next(tmp_path: Path) -> None:
    build_into(tmp_path / "whole", [FIRST, SECOND])

    def stop() -> None:
        raise KeyboardInterrupt

    with open_store(tmp_path / "cut") as store:
        interrupted = Builder(
            store=store, make_extract=make_extract, config=BuildConfig(batch_size=1), run=RUN, on_error=print,
            on_progress=lambda p: stop() if p.merged == 1 else None,
        )  # fmt: skip
        with pytest.raises(KeyboardInterrupt):
            interrupted.build([FIRST, SECOND])
    assert published(tmp_path / "cut") == []
    build_into(tmp_path / "cut", [])
    assert published(tmp_path / "cut") == published(tmp_path / "whole")


def test_a_merged_incident_is_said_by_its_reports_and_its_redirects() -> None:
    store = MemoryStore()
    builder(store, []).build([FIRST, SECOND])
    iris = sorted(ids.incident_iri(BASE, ids.report_iri(BASE, name, 1)) for name in "ab")
    described = {q.object.value for q in store.quads(None, NamedNode("https://w3id.org/cko#describes"))}  # type: ignore[union-attr]
    assert len(described) == 1
    redirects = store.quads(None, NamedNode("http://purl.org/dc/terms/isReplacedBy"))
    assert [(q.subject.value, q.object.value) for q in redirects] == [  # type: ignore[union-attr]
        (next(i for i in iris if i not in described), described.pop())
    ]


def test_the_users_gazetteer_is_part_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGBUILD_GAZETTEER", str(tmp_path / "gazetteer.sqlite"))
    current_run.cache_clear()
    before = current_run()
    (tmp_path / "gazetteer.sqlite").write_bytes(b"places")
    current_run.cache_clear()
    assert current_run() != before
    current_run.cache_clear()


def test_the_run_depends_on_parts_that_exist() -> None:
    assert all(any(package_path().glob(name)) for name in (*NOT_READING, *MERGERS))
    assert len(current_run().pipeline_hash) == len(merging_version()) == 16

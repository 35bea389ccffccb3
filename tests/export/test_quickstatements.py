from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kgbuild.store import Reader, Snapshot, open_snapshot
from tests.export.conftest import exported
from tests.export.stories import ARTICLES, INCIDENTS, article, iri, killed, quads, report, write_store

QUOTE = "قصف طيران التحالف فرن الساحة في بلدة العين فدمره،"
SOURCE = ["S854", '"https://example.org/d"', "S577", "+2017-06-12T00:00:00Z/11", "S1683", f'ar:"{QUOTE}"']


def _commands(reader: Reader) -> list[list[str]]:
    return [line.split("\t") for line in exported(reader, "quickstatements").decode().splitlines()]


def _of(folder: Path, *articles: object, **incident: object) -> list[list[str]]:
    """The commands for the strike as other articles tell it."""
    write_store(folder / "other", quads(articles, [replace(INCIDENTS[0], **incident)]))  # type: ignore[arg-type]
    with open_snapshot(folder / "other") as reader:
        return _commands(reader)


def test_a_new_item_is_made_and_named(snapshot: Snapshot) -> None:
    assert _commands(snapshot)[:3] == [
        ["CREATE"],
        ["LAST", "Lar", '"حصار في سوريا، 1 أيار/مايو 2017 – 30 حزيران/يونيو 2017"'],
        ["LAST", "Len", '"Siege in Syria, 1 May 2017 – 30 June 2017"'],
    ]


def test_statements_bear_qualifiers_and_sources(snapshot: Snapshot) -> None:
    commands = _commands(snapshot)
    assert ["LAST", "P276", "Q858", *SOURCE] in commands
    ends = ["P1319", "+2017-05-01T00:00:00Z/11", "P1326", "+2017-06-30T00:00:00Z/11"]
    assert ["LAST", "P585", "+2017-00-00T00:00:00Z/9", *ends, *SOURCE] in commands


def test_an_incident_that_is_only_alleged_is_left_out(snapshot: Snapshot) -> None:
    assert not any("P1120" in command for command in _commands(snapshot))


def test_nobody_is_accused(tmp_path: Path) -> None:
    sure = article("a", 9, report("a", perpetrators=("e1",), certainty="asserted"))
    doubted = article("b", 10, report("b", perpetrators=("e1",), certainty="alleged", sources=("e5",)))
    accused = _of(tmp_path, sure, doubted, types=("AirStrike",), alleged_perpetrators=(iri("coalition"),))
    assert any(command[1:3] == ["P31", "Q2380335"] for command in accused)
    assert not any(command[1:2] == ["P8031"] or "Q7001" in command for command in accused)


def test_who_did_it_by_an_articles_own_voice_is_told(tmp_path: Path) -> None:
    sure = article("a", 9, report("a", perpetrators=("e1",)))
    told = _of(tmp_path, sure, types=("AirStrike",), perpetrators=(iri("coalition"),), alleged_perpetrators=())
    assert any(command[:3] == ["LAST", "P8031", "Q7001"] for command in told)


def test_figures_without_the_preferred_one_are_left_out(tmp_path: Path) -> None:
    """ "At least" cannot be said, so the other figure would stand alone."""
    exact = article("a", 9, report("a", casualties=(killed(14, 14),)))
    open_figure = article("b", 10, report("b", casualties=(killed(9, None),)))
    assert not any("P1120" in c for c in _of(tmp_path, exact, open_figure, types=("AirStrike",)))


def test_figures_have_bounds(tmp_path: Path) -> None:
    ranged = article("a", 9, report("a", casualties=(killed(9, 14),)))
    assert any(c[1:3] == ["P1120", "9[9,14]"] for c in _of(tmp_path, ranged, types=("AirStrike",)))


def test_without_an_address_title_and_day_are_the_source(tmp_path: Path) -> None:
    told = _unlinked(tmp_path, url=None)
    title = ["S1476", f'ar:"{ARTICLES[3].article.title}"']
    assert ["LAST", "P276", "Q858", *title, *SOURCE[2:]] in told


def test_what_nobody_can_look_up_is_no_source(tmp_path: Path) -> None:
    assert _unlinked(tmp_path, url=None, published=None) == []


def _unlinked(folder: Path, **changes: object) -> list[list[str]]:
    """The commands for the siege as told by an article without some of what tells where it is."""
    article = replace(ARTICLES[3], article=replace(ARTICLES[3].article, **changes))  # type: ignore[arg-type]
    write_store(folder / "store", quads([article], INCIDENTS[1:]))
    with open_snapshot(folder / "store") as reader:
        return _commands(reader)


def test_a_source_says_when_it_was_retrieved(tmp_path: Path) -> None:
    commands = _unlinked(tmp_path, retrieved=date(2017, 7, 1))
    fetched = [*SOURCE[:4], "S813", "+2017-07-01T00:00:00Z/11", *SOURCE[4:]]
    assert ["LAST", "P276", "Q858", *fetched] in commands


def test_each_reference_begins_anew(tmp_path: Path) -> None:
    both = [article(name, 9, report(name)) for name in "ab"]
    (kind,) = [c for c in _of(tmp_path, *both, types=("AirStrike",)) if c[1:2] == ["P31"]]
    assert [field for field in kind if field.endswith("S854")] == ["S854", "!S854"]

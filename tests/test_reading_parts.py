"""What `ReadingConfig.without` leaves out is left out, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kgbuild.config import ReadingConfig
from kgbuild.errors import UsageError
from kgbuild.extract import PARTS, Extractor
from kgbuild.extractors.settings import read_settings
from kgbuild.model import Article, Extraction

TITLE = "مقتل ثلاثة مدنيين بقصف للتحالف الدولي على قرية الشنقليطة"
TEXT = (
    f"{TITLE}\n\nقصف طيران التحالف الدولي قرية الشنقليطة بريف حلب مساء الثلاثاء، "
    "وقال المرصد السوري لحقوق الإنسان إن القصف استهدف القرية.\n"
    "ما أسفر عن مقتل ثلاثة مدنيين."
)


def read(*without: str) -> Extraction:
    article = Article(id="a", source="a", title=TITLE, text=TEXT, published=date(2017, 6, 9))
    return Extractor(reading=ReadingConfig(without=frozenset(without)))(article)


@pytest.fixture(scope="module")
def whole() -> Extraction:
    return read()


def test_the_whole_joins_headline_and_effect(whole: Extraction) -> None:
    [report] = whole.reports
    assert [c.min for c in report.casualties] == [3]
    assert report.date is not None
    assert report.date.text is not None


def test_without_head_nouns_the_unlisted_village_is_not_found(whole: Extraction) -> None:
    assert "Village" in {e.cls for e in whole.entities}
    assert "Village" not in {e.cls for e in read("head-nouns").entities}


def test_without_dates_publication_is_all_that_is_known() -> None:
    [report] = read("dates").reports
    assert report.date is not None
    assert report.date.text is None


def test_without_attribution_nobody_is_named_as_source(whole: Extraction) -> None:
    assert any(report.sources for report in whole.reports)
    assert not any(report.sources for report in read("attribution").reports)


def test_without_headlines_the_title_is_an_incident_of_its_own(whole: Extraction) -> None:
    assert len(read("headlines").reports) == len(whole.reports) + 1


def test_without_effects_the_toll_told_later_is_lost() -> None:
    assert [bool(report.casualties) for report in read("headlines").reports] == [True, True]
    assert [bool(report.casualties) for report in read("effects", "headlines").reports] == [True, False]


def test_without_relations_none_is_stated(whole: Extraction) -> None:
    assert whole.relations
    assert not read("relations").relations


def test_only_known_parts_can_be_left_out(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="tokens cannot be left out; what can: head-nouns"):
        read("tokens")
    settings = tmp_path / "s.toml"
    settings.write_text(f"without = {list(PARTS)}")
    assert read_settings(settings).without == PARTS.keys()
    settings.write_text("without = 3")
    with pytest.raises(UsageError, match="list of texts"):
        read_settings(settings)

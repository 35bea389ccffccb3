"""An article of ten times the length takes about ten times as long."""

from __future__ import annotations

import time

import pytest

from kgbuild.extract import Extractor
from kgbuild.linking.gazetteer import curated_places
from kgbuild.model import Article

_TELLINGS = (
    "قصف طيران التحالف الدولي بلدة {place} مساء الخميس، ما أسفر عن مقتل {number} مدنيين بينهم طفلان.",
    "وقال المرصد السوري لحقوق الإنسان إن عبوة ناسفة انفجرت بسيارة في {place} وأصيب {number} أشخاص بجروح.",
    "من جهتها أعلنت قوات سوريا الديمقراطية أنها سيطرت على قرية {place} بعد اشتباكات مع تنظيم داعش.",
    "وذكرت وكالة أعماق أن {number} من عناصر الجيش التركي قتلوا بكمين للتنظيم قرب مدينة {place}.",
)


def _article(paragraphs: int) -> Article:
    """Tellings of many incidents, in places all over the gazetteer."""
    places = [place.names[0] for place in curated_places().values() if place.names]
    lines = [
        _TELLINGS[n % len(_TELLINGS)].format(place=places[n * 7 % len(places)], number=n % 60 + 3)
        for n in range(paragraphs)
    ]
    return Article(id="a", source="a", text="\n\n".join(lines))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    extractor = Extractor()
    extractor(_article(40))
    return extractor


def _seconds(extractor: Extractor, article: Article) -> float:
    """Processor time, the better of two."""
    times = []
    for _ in range(2):
        began = time.process_time()
        assert extractor(article).reports
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.slow
@pytest.mark.alone
def test_ten_times_the_text_takes_about_ten_times_as_long(extractor: Extractor) -> None:
    one, two, ten = (_seconds(extractor, _article(40 * times)) for times in (1, 2, 10))
    assert two < 3 * one + 0.1
    assert ten < 16 * one + 0.1

from __future__ import annotations

from datetime import date

import pytest
import spacy

from kgbuild.arabic.tokenizer import ArabicTokenizer
from kgbuild.english.tokenizer import EnglishTokenizer
from kgbuild.model import Article
from kgbuild.pipeline.dates import DateFinder
from kgbuild.pipeline.segments import Segmenter

_TOKENIZERS = {"ar": ArabicTokenizer(spacy.blank("ar").vocab), "en": EnglishTokenizer(spacy.blank("en").vocab)}
_FINDERS = {language: DateFinder(language) for language in _TOKENIZERS}
_SEGMENTER = Segmenter()
_FILLING = "\n\n".join(f"وصف شهود عيان ما حدث في القرية رقم {number} وصفا طويلا." for number in range(1, 6))


def today(text: str, published: date | None = None, language: str = "ar") -> date | None:
    """What the last "today" of the text is resolved to."""
    doc = _TOKENIZERS[language](text)
    doc._.article = Article(id="a", source="a", text=text, published=published)
    doc = _FINDERS[language](_SEGMENTER(doc))
    words = [mention for mention in doc._.dates if mention.interval.text in ("اليوم", "today")]
    return words[-1].interval.earliest


def test_the_publication_date_goes_before_all() -> None:
    text = "قصف على السوق\n\n12 حزيران 2017\n\nقتل ثلاثة اليوم."
    assert today(text, date(2020, 1, 1)) == date(2020, 1, 1)


def test_a_dateline_is_the_day_of_writing() -> None:
    assert today("قصف على السوق\n\n12 حزيران 2017\n\nقتل ثلاثة اليوم.") == date(2017, 6, 12)


def test_a_dateline_may_stand_below_the_lead_but_not_below_the_article() -> None:
    lead = "أصيب مواطنان في قصف مدفعي استهدف قرية أم الفرسان شرقي مدينة القامشلي فجرا."
    stamp = "الاثنين, ٢٥ ديسمبر ٢٠٢٣, ١٦:٣٢"
    assert today(f"قصف على مطحنة\n\n{lead}\n\n{stamp}\n\nونقل المصابان اليوم.") == date(2023, 12, 25)
    assert today(f"قصف على مطحنة\n\n{lead}\n\n{lead} {lead}\n\n{stamp}\n\nونقل المصابان اليوم.") is None


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("اليوم الأحد 28-11-2021", date(2021, 11, 28)),
        ("يوم أمس الأحد 28 تشرين الثاني 2021", date(2021, 11, 29)),
        ("أول أمس، 27 نوفمبر 2021", date(2021, 11, 29)),
    ],
)
def test_a_date_beside_today_or_yesterday_counts_wherever_it_stands(told: str, day: date) -> None:
    assert today(f"{_FILLING}\n\nقتل ثلاثة {told}.\n\nوأصيب آخر اليوم.") == day


def test_a_date_without_a_year_takes_one_that_the_text_names_where_the_weekday_agrees() -> None:
    text = "قتل اثنان اليوم الثلاثاء 15 شباط. وهو الهجوم الثالث منذ بداية {year}. وأصيب ثالث اليوم."
    assert today(text.format(year=2022)) == date(2022, 2, 15)
    assert today(text.format(year=2021)) is None


def test_a_date_with_its_weekday_counts_wherever_it_stands() -> None:
    assert today(f"{_FILLING}\n\nقتل ثلاثة يوم الأحد 28-11-2021.\n\nوأصيب آخر اليوم.") == date(2021, 11, 28)


def test_the_weekday_of_writing_moves_a_date_to_the_day_soon_after() -> None:
    assert today("قتل ثلاثة يوم الأحد 28-11-2021، وقال طبيب اليوم الاثنين. وأصيب آخر اليوم.") == date(2021, 11, 29)


def test_a_date_that_the_weekday_of_writing_contradicts_does_not_count() -> None:
    text = "قال طبيب اليوم الخميس إن ثلاثة قتلوا. وكان الاتفاق قد وقع في 22 تشرين الأول 2019. وأصيب آخر اليوم."
    assert today(text) is None


def test_a_full_date_counts_at_the_top_only() -> None:
    assert today("قتل ثلاثة في 5 حزيران 2017.\n\nوأصيب آخر اليوم.") == date(2017, 6, 5)
    assert today(f"{_FILLING}\n\nقتل ثلاثة في 5 حزيران 2017.\n\nوأصيب آخر اليوم.") is None


def test_the_date_of_a_treaty_is_none_of_writing() -> None:
    text = "قتل ثلاثة في خرق للاتفاق المبرم بين البلدين في 5 حزيران 2017.\n\nوأصيب آخر اليوم."
    assert today(text) is None


def test_what_has_gone_on_since_a_date_was_not_written_on_it() -> None:
    assert today("الحصار مستمر منذ 5 حزيران 2017.\n\nوأصيب آخر اليوم.") is None


def test_the_day_of_a_post_that_the_article_shows_counts() -> None:
    assert today(f"{_FILLING}\n\nنشرت صفحة (@page) September 8, 2022\n\nوأصيب آخر اليوم.") == date(2022, 9, 8)


def test_english_articles_tell_it_too() -> None:
    text = "A strike hit the town.\n\nTwo died on Sunday, June 4, 2017, residents said.\n\nA third died today."
    assert today(text, language="en") == date(2017, 6, 4)


def test_nothing_is_guessed_where_the_text_says_nothing() -> None:
    assert today("قتل ثلاثة أشخاص في القرية، وأصيب آخر اليوم.") is None

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.reading.collecting import read_one, refusal, write

BODY = """<p>قتل أربعة مدنيين مساء الخميس في غارة جوية على قرية الحمدانية غربي الرقة، بحسب ناشطين.</p>
<p>اقرأ أيضاً: <a href="/other">تقدم جديد في حي المشلب</a></p>
<p>وقال أحد السكان إن المنزل كان يؤوي عائلة نازحة من ريف حمص الشرقي.</p>"""

PAGE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head>{charset}
<title>قتلى بقصف على الحمدانية | وكالة المثال</title>
<meta property="og:site_name" content="وكالة المثال"><meta property="og:title" content="قتلى بقصف على الحمدانية">
{meta}</head><body>
<header><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/syria">سوريا</a></li></ul></nav></header>
<main><article><h1>قتلى بقصف على الحمدانية</h1>
<div class="share-buttons"><a href="#">فيسبوك</a> <a href="#">تويتر</a></div>
<figure><img src="a.jpg"><figcaption>أرشيف</figcaption></figure>
{body}
<div class="related"><h3>مواضيع ذات صلة</h3><ul><li><a href="/1">عشرات القتلى في دير الزور</a></li></ul></div>
</article><aside><h3>الأكثر قراءة</h3><ul><li><a href="/2">غارات على الميادين</a></li></ul></aside></main>
<footer>جميع الحقوق محفوظة © وكالة المثال 2017</footer></body></html>"""

META = """<meta property="article:published_time" content="2017-06-09T23:30:00+03:00">
<link rel="canonical" href="https://example.org/news/7">"""


def page(*, meta: str = META, charset: str = '<meta charset="utf-8">', body: str = BODY) -> str:
    return PAGE.format(meta=meta, charset=charset, body=body)


def test_the_article_is_taken_and_the_page_around_it_left_out(tmp_path: Path) -> None:
    write(tmp_path, [("a.html", page())])
    assert read_one(tmp_path / "a.html").text.split("\n") == [
        "قتلى بقصف على الحمدانية",
        "",
        "قتل أربعة مدنيين مساء الخميس في غارة جوية على قرية الحمدانية غربي الرقة، بحسب ناشطين.",
        "وقال أحد السكان إن المنزل كان يؤوي عائلة نازحة من ريف حمص الشرقي.",
    ]


def test_what_the_page_says_of_itself_is_taken(tmp_path: Path) -> None:
    write(tmp_path, [("a.html", page())])
    article = read_one(tmp_path / "a.html")
    assert (article.title, article.publisher) == ("قتلى بقصف على الحمدانية", "وكالة المثال")
    assert (article.published, article.language) == (date(2017, 6, 9), "ar")
    assert article.id == article.url == "https://example.org/news/7"


def test_a_page_without_an_address_is_identified_by_its_path(tmp_path: Path) -> None:
    write(tmp_path, [("a.html", page(meta=""))])
    assert read_one(tmp_path / "a.html").id == "a.html"


def test_a_date_written_in_the_article_is_taken_where_the_page_declares_none(tmp_path: Path) -> None:
    write(tmp_path, [("a.html", page(meta="", body="<p>09 حزيران 2017</p>" + BODY))])
    assert read_one(tmp_path / "a.html").published == date(2017, 6, 9)


@pytest.mark.parametrize(
    "charset", ['<meta charset="windows-1256">', "<meta content='text/html; charset=windows-1256'>", ""]
)
def test_a_page_in_a_legacy_encoding_is_read(tmp_path: Path, charset: str) -> None:
    write(tmp_path, [("a.html", page(charset=charset).replace("©", "").encode("cp1256"))])
    assert "قرية الحمدانية غربي الرقة" in read_one(tmp_path / "a.html").text


def test_a_page_with_an_xml_declaration_is_read(tmp_path: Path) -> None:
    write(tmp_path, [("a.xhtml", '<?xml version="1.0" encoding="UTF-8"?>\n' + page())])
    assert read_one(tmp_path / "a.xhtml").title == "قتلى بقصف على الحمدانية"


@pytest.mark.parametrize(
    "content",
    [
        "<html><body></body></html>",
        page(body=""),
        "<html><body><nav><a href='/'>Home</a> <a href='/n'>News</a></nav></body></html>",
        "just words, no page",
        "<div>" * 50_000,
        "<p>nothing</p>" * 200_000,
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><html><body><p>&b;</p></body></html>",
    ],
)
def test_a_page_without_an_article_is_refused(tmp_path: Path, content: str) -> None:
    write(tmp_path, [("a.html", content)])
    assert "no article text found" in str(refusal(tmp_path / "a.html"))

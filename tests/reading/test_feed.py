from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kgbuild.reading.feed import plain_text
from tests.reading.collecting import read, read_one, refusal, write

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>وكالة المثال</title><link>https://example.org/</link>
<item><title>قصف على الحمدانية</title><link>https://example.org/1</link><guid isPermaLink="false">e-1</guid>
<pubDate>Fri, 09 Jun 2017 00:30:00 +0300</pubDate>
<description><![CDATA[<p>قتل <b>أربعة</b> مدنيين.</p><p>وأصيب آخرون.</p><script>x()</script>]]></description></item>
<item><title>انفجار لغم</title><link>https://example.org/2</link><description>قتل طفل في انفجار لغم</description></item>
<item></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Wire</title>
<entry><id>tag:example.org,2017:1</id><title>Strike</title><link href="https://example.org/a"/>
<updated>2017-06-09T23:30:00+03:00</updated><summary>Short.</summary>
<content type="html">&lt;p&gt;The whole report.&lt;/p&gt;</content></entry></feed>"""


def test_entries_of_rss_are_articles(tmp_path: Path) -> None:
    write(tmp_path, [("a.xml", RSS)])
    (first, second), (error,) = read(tmp_path)
    assert first.text == "قصف على الحمدانية\n\nقتل أربعة مدنيين.\nوأصيب آخرون."
    assert (first.id, first.url, first.title) == ("e-1", "https://example.org/1", "قصف على الحمدانية")
    assert (first.publisher, first.source) == ("وكالة المثال", f"{tmp_path}/a.xml:1")
    assert second.id == "https://example.org/2"
    assert (error.line, error.reason) == (3, "the article has no text")


def test_the_day_is_that_of_the_feeds_own_time_zone(tmp_path: Path) -> None:
    write(tmp_path, [("a.rss", RSS)])
    assert read(tmp_path)[0][0].published == date(2017, 6, 9)


def test_the_full_content_of_atom_is_taken_before_the_summary(tmp_path: Path) -> None:
    write(tmp_path, [("a.atom", ATOM)])
    article = read_one(tmp_path / "a.atom")
    assert (article.id, article.text) == ("tag:example.org,2017:1", "Strike\n\nThe whole report.")
    assert (article.published, article.language) == (date(2017, 6, 9), "en")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "it has no entries"),
        ("<sitemap><url>https://example.org</url></sitemap>", "not a feed with articles"),
        ("/etc/hostname", "not a feed with articles"),
        ("https://example.org/feed.xml", "not a feed with articles"),
        ("", "it is empty"),
    ],
)
def test_what_is_no_feed_is_refused(tmp_path: Path, content: str, message: str) -> None:
    write(tmp_path, [("a.xml", content)])
    assert message in str(refusal(tmp_path / "a.xml"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_xml_bomb_is_refused_before_it_is_parsed(tmp_path: Path, encoding: str) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    feed = "<rss><channel><title>&e9;</title></channel></rss>"
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "x">{entities}]>{feed}'
    write(tmp_path, [("a.xml", bomb.encode(encoding))])
    assert "entities of its own" in str(refusal(tmp_path / "a.xml"))


def test_markup_becomes_lines() -> None:
    markup = "one <a href='#'>two</a>\n three<br>four<ul><li>five</li><li>six &amp; seven</li></ul><p></p>"
    assert plain_text(markup) == "one two three\nfour\nfive\nsix & seven"

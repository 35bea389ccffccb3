from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from tests.reading.collecting import read, refusal, write
from tests.reading.test_web_page import page


def archive(*records: tuple[str, str, str, bytes], compress: bool = True) -> bytes:
    """A WARC file of (address, status, content type, body)."""
    return b"".join(record(*each, compress=compress) for each in records)


def record(
    url: str, status: str, content_type: str, body: bytes, *, compress: bool = True, fields: str = "WARC-Type: response"
) -> bytes:
    fetched = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\n{fields}\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n"
    whole = head.encode() + f"Content-Length: {len(fetched)}\r\n\r\n".encode() + fetched + b"\r\n\r\n"
    return gzip.compress(whole) if compress else whole


PAGE = page(meta="").encode()


RECORDS = [
    ("https://example.org/p.jpg", "200 OK", "image/jpeg", b"\xff\xd8"),
    ("https://example.org/1", "200 OK", "text/html; charset=utf-8", PAGE),
    ("https://example.org/2", "404 Not Found", "text/html", b"<html>gone</html>"),
    ("https://example.org/3", "200 OK", "text/plain", "قصف\n2017-06-09\nقتل مدني".encode()),
]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.warc", archive(*RECORDS, compress=False)),
        ("a.warc.gz", archive(*RECORDS)),
        ("whole.warc.gz", gzip.compress(archive(*RECORDS, compress=False))),
    ],
)
def test_pages_are_read_and_identified_by_their_address(tmp_path: Path, name: str, content: bytes) -> None:
    write(tmp_path, [(name, content)])
    articles, errors = read(tmp_path / name)
    assert [(a.id, a.url, a.source) for a in articles] == [
        ("https://example.org/1", "https://example.org/1", f"{tmp_path / name}:2"),
        ("https://example.org/3", "https://example.org/3", f"{tmp_path / name}:4"),
    ]
    assert not errors


def test_the_encoding_that_the_server_named_is_used(tmp_path: Path) -> None:
    body = page(meta="", charset="").replace("©", "").encode("cp1256")
    write(tmp_path, [("a.warc", archive(("https://example.org/1", "200 OK", "text/html; charset=windows-1256", body)))])
    (article,), _ = read(tmp_path)
    assert "قرية الحمدانية" in article.text


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("WARC-Type: response\r\nWARC-Date: 2017-06-10T23:59:59Z", date(2017, 6, 10)),
        ("WARC-Type: response\r\nWARC-Date: 2017-06-10T23:59:59.123456Z", date(2017, 6, 10)),
        pytest.param("WARC-Type: response\r\nWARC-Date: 2017-06", None, id="a month, which WARC 1.1 admits"),
        pytest.param("WARC-Type: response\r\nWARC-Date: 2017-13-45T00:00:00Z", None, id="no day"),
        pytest.param("WARC-Type: response", None, id="none"),
    ],
)
@pytest.mark.parametrize(("kind", "body"), [("text/html", PAGE), ("text/plain", "قصف\n\nقتل مدني".encode())])
def test_the_day_of_capture_is_that_of_retrieval(
    tmp_path: Path, fields: str, day: date | None, kind: str, body: bytes
) -> None:
    write(tmp_path, [("a.warc.gz", record("https://example.org/1", "200 OK", kind, body, fields=fields))])
    (article,), errors = read(tmp_path)
    assert (article.retrieved, errors) == (day, [])


def test_the_day_of_a_conversion_is_not_taken_for_that_of_retrieval(tmp_path: Path) -> None:
    body = "قصف\n\nقتل مدني".encode()
    head = "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: text/plain\r\n"
    head += f"WARC-Target-URI: https://example.org/1\r\nContent-Length: {len(body)}\r\n\r\n"
    write(tmp_path, [("a.warc", head.encode() + body + b"\r\n\r\n")])
    (article,), errors = read(tmp_path)
    assert (article.url, article.retrieved, errors) == ("https://example.org/1", None, [])


def test_a_page_without_an_article_is_refused_alone(tmp_path: Path) -> None:
    records = [
        ("https://example.org/1", "200 OK", "text/html", b"<html><body></body></html>"),
        ("https://example.org/2", "200 OK", "text/html", PAGE),
    ]
    write(tmp_path, [("a.warc.gz", archive(*records))])
    articles, (error,) = read(tmp_path)
    assert [article.id for article in articles] == ["https://example.org/2"]
    assert error.line == 1


@pytest.mark.parametrize("compress", [True, False])
def test_a_cut_off_archive_gives_what_stands_before_the_cut(tmp_path: Path, compress: bool) -> None:
    pages = [(f"https://example.org/{n}", "200 OK", "text/html", PAGE + b"<!-- %d -->" % n) for n in (1, 2)]
    write(tmp_path, [("a.warc", archive(*pages, compress=compress)[:-300])])
    articles, (error,) = read(tmp_path)
    assert [article.id for article in articles] == ["https://example.org/1"]
    assert "line 2: broken archive" in str(error)
    assert str(error).endswith("; fetch the file again")


def test_a_page_over_the_limit_is_refused_alone(tmp_path: Path) -> None:
    large = ("https://example.org/1", "200 OK", "text/html", PAGE + b" " * (10 << 20))
    write(tmp_path, [("a.warc.gz", archive(large, ("https://example.org/2", "200 OK", "text/html", PAGE)))])
    articles, (error,) = read(tmp_path)
    assert [article.id for article in articles] == ["https://example.org/2"]
    assert "line 1: larger than 10 MiB" in str(error)


@pytest.mark.parametrize("content", [b"nothing of the kind", b"\x1f\x8b\x08broken", b""])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, [("a.warc.gz", content)])
    refusal(tmp_path / "a.warc.gz")

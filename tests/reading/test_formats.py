from __future__ import annotations

import pytest

from kgbuild.reading.formats import FORMATS, format_of_content, format_of_name

CONTRACT = (".txt", ".html", ".json", ".jsonl", ".csv", ".parquet", ".warc", ".warc.gz", ".xml")


def test_every_format_of_the_contract_is_read() -> None:
    assert all(format_of_name(f"a{extension}") for extension in CONTRACT)


def test_an_extension_belongs_to_one_format() -> None:
    extensions = [extension for format in FORMATS for extension in format.extensions]
    assert len(extensions) == len(set(extensions))


def test_the_case_of_an_extension_does_not_matter() -> None:
    assert format_of_name("A.TXT") is format_of_name("a.txt")


@pytest.mark.parametrize(
    ("head", "extension"),
    [
        (b'\xef\xbb\xbf {"text": "x"}', ".jsonl"),
        (b"\n[1", ".json"),
        (b"<!DOCTYPE html><html>", ".html"),
        (b'<?xml version="1.0"?>\n<feed xmlns="x">', ".xml"),
        (b'<?xml version="1.0"?>\n<html>', ".html"),
        (b"WARC/1.0\r\n", ".warc"),
        (b"PAR1", ".parquet"),
        (b"id;text\n", ".csv"),
        (b"The text, they said\n", ".txt"),
        (b"", ".txt"),
    ],
)
def test_a_stream_is_told_by_its_beginning(head: bytes, extension: str) -> None:
    assert format_of_content(head) is format_of_name(f"a{extension}")

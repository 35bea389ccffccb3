from __future__ import annotations

import pytest

from server.formats import GRAPHS, HTML, RESULTS, by_extension, by_media_type, negotiate


@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        ("", "srj"),
        ("*/*", "srj"),
        ("application/sparql-results+xml", "srx"),
        ("application/json", "srj"),
        ("text/csv;q=0.9, application/xml;q=0.4", "csv"),
        ("application/sparql-results+xml;q=0.2, application/sparql-results+json;q=0.9", "srj"),
        ("application/sparql-results+json;q=0, application/sparql-results+xml", "srx"),
        ("text/*", "csv"),
        ("application/json; charset=utf-8", "srj"),
    ],
)
def test_the_best_liked_result_format_is_chosen(accept: str, extension: str) -> None:
    form = negotiate(accept, RESULTS)
    assert form is not None
    assert form.extension == extension


def test_nothing_is_chosen_if_nothing_is_liked() -> None:
    assert negotiate("image/png", RESULTS) is None


def test_a_browser_gets_html() -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert negotiate(accept, (*RESULTS, *GRAPHS, HTML)) is HTML


def test_formats_are_known_by_suffix_short_name_and_media_type() -> None:
    assert by_extension(GRAPHS, "turtle") is by_extension(GRAPHS, "ttl") is by_media_type(GRAPHS, "text/turtle; a=b")
    assert by_extension(RESULTS, "nonsense") is None

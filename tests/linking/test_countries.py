"""Countries and their names."""

from __future__ import annotations

import pytest

from kgbuild.linking.countries import countries, english_names


def test_syria_is_known_by_all_it_is_called() -> None:
    syria = countries()["SY"]
    assert (syria.key, syria.cls, syria.wikidata) == ("country-sy", "Country", "Q858")
    assert {"سوريا", "سورية", "الجمهورية العربية السورية"} <= set(syria.names)


def test_a_name_that_is_an_everyday_word_does_not_count() -> None:
    assert "عمان" not in countries()["OM"].names
    assert english_names("JE") == ()


@pytest.mark.parametrize("code", ["IQ", "TR", "US", "DE", "KZ"])
def test_countries_have_names_in_both_languages(code: str) -> None:
    assert countries()[code].names
    assert english_names(code)


def test_aggregates_are_no_countries() -> None:
    assert not {"EU", "UN", "001"} & countries().keys()

from __future__ import annotations

import pytest

from kgbuild.linking.arabic_spelling import arabic_first
from kgbuild.linking.gazetteer import embedded_places


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["ترابلس", "ترىپولى", "طرابلس", "طَرَابُلُس"], "طرابلس"),
        (["ئەسکەندەریە", "اسكندريه", "اسکندریہ", "الإسكندرية"], "الإسكندرية"),
        (["آلانیا", "ألانيا"], "ألانيا"),
        (["السويس", "سوئز", "سويس"], "السويس"),
        (["ااالمعادي", "المعادي"], "المعادي"),
        (["قيصري", "قيصرية"], "قيصري"),  # another name, not another spelling
        (["چالوس"], "چالوس"),
        ([], None),
    ],
)
def test_the_arabic_name_comes_first_and_none_is_lost(names: list[str], first: str | None) -> None:
    found = arabic_first(names)
    assert next(iter(found), None) == first
    assert sorted(found) == sorted(names)


def test_cities_have_their_arabic_name_as_label() -> None:
    first = {place.label: place.names[0] for place in embedded_places() if place.names and place.rank > 200_000}
    assert (first["Tripoli"], first["Alexandria"], first["Rosetta"]) == ("طرابلس", "الإسكندرية", "رشيد")

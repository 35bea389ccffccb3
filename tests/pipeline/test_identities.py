"""The same thing has the same IRI in every article that names it, however they put it."""

from __future__ import annotations

import pytest

from kgbuild.vocab import GROUP_OF
from tests.who import read


def iris(text: str, group: str, document: str) -> list[str]:
    """The IRIs of the entities of a group, in order of first mention."""
    return [e.iri for e in read(text, document=document)._.entities if e.group == group]


def first(text: str, cls: str, document: str) -> str:
    """The IRI of the first entity of this class, or of any settlement's."""
    return next(e.iri for e in read(text, document=document)._.entities if cls in (e.cls, GROUP_OF[e.cls]))


@pytest.mark.parametrize(
    ("cls", "one", "other"),
    [
        ("Village", "قصفوا قرية معلكون أمس.", "انسحبوا من قرية معلكون."),
        ("place", "قصفوا قرية معلكون أمس.", "انسحبوا من بلدة معلكون."),
        ("place", "قصفوا قرية معلكون بريف إدلب الجنوبي.", "قصفوا بلدة معلكون في محافظة إدلب."),
        ("place", "قصفوا قرية معلكون بريف إدلب الجنوبي.", "قصفوا قرية معلكون في مدينة إدلب."),
        ("Area", "قصفوا ريف حلب الغربي.", "قصفوا الريف الغربي لحلب."),
        ("Area", "قصفوا ريف حلب الغربي.", "قالت محافظة حلب إنهم قصفوا ريف حلب الغربي."),
        ("Area", "قصفوا ريف دير الزور الشرقي.", "قصفوا ريف ديرالزور الشرقي في سوريا."),
        ("Area", "قصفوا ريف الرقة الشمالي الغربي.", "قصفوا ريف الرقة الغربي الشمالي."),
        ("Mosque", "دمروا مسجد النورين غربي مدينة الرقة.", "دمروا مسجد النورين في مدينة الرقة."),
        ("Person", "قال المحامي نزار الديري ذلك.", "صرح القيادي نزار الديري أمس."),
        ("Family", "قتلت عائلة السعدون كلها.", "شيعوا أفراد عائلة السعدون."),
    ],
)
def test_one_thing_over_two_articles(cls: str, one: str, other: str) -> None:
    assert first(one, cls, "a") == first(other, cls, "b")


@pytest.mark.parametrize(
    ("cls", "one", "other"),
    [
        ("Village", "قصفوا قرية معلكون بريف عفرين.", "قصفوا قرية معلكون بريف منبج."),
        ("Village", "قصفوا قرية معلكون بريف إدلب.", "قصفوا قرية معلكون بريف حماة."),
        ("Village", "قصفوا قرية معلكون بريف إدلب.", "قصفوا قرية معلكون."),
        ("Mosque", "دمروا مسجد النورين في مدينة الرقة.", "دمروا مسجد النورين في مدينة حلب."),
        ("Mosque", "دمروا مسجد النورين في مدينة إدلب.", "دمروا مسجد النورين في محافظة إدلب."),
        ("Area", "قصفوا ريف حلب الغربي.", "قصفوا ريف حلب الشرقي."),
        ("Area", "قصفوا ريف حلب الغربي.", "قصفوا ريف حلب."),
        ("School", "قصفوا مدرسة غربي الرقة.", "قصفوا مدرسة غربي الرقة."),
        ("InternetCafe", "قصفوا مقهى انترنت غربي الرقة.", "قصفوا مقهى انترنت غربي الرقة."),
        ("Residence", "دمر القصف منزلا.", "دمر القصف منزلا."),
    ],
)
def test_two_things_over_two_articles(cls: str, one: str, other: str) -> None:
    assert first(one, cls, "a") != first(other, cls, "b")


def test_a_side_that_is_part_of_the_name_stays() -> None:
    one, other = "قصفوا قرية الكرك الشرقي.", "قصفوا قرية الكرك الغربي."
    assert iris(one, "place", "a") != iris(other, "place", "b")
    assert iris(one, "place", "a") == iris(one, "place", "b")

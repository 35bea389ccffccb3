from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.export.covering import COVER, Cover, NameIndex, words
from kgbuild.export.ordering import name_sets


@pytest.fixture(scope="module")
def cover() -> Iterator[Cover]:
    """Covers one name everywhere, and the words of two in an article of theirs."""
    with name_sets() as names:
        index = NameIndex(names)
        index.add(words("محمود درويش النمراوي"))
        index.add(words("Mahmoud Darwish al-Namrawi"))
        yield Cover(index, frozenset(words("النمراوي") + words("Namrawi")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل محمود درويش النمراوي أمس", "قتل ████████████████████ أمس"),
        ("قال النمراوي إن", "قال ████████ إن"),
        ("وللنمراوي ابنان", "█████████ ابنان"),
        ("بيت نمراوي", "بيت ██████"),
        ("مَحمُود دَرويش النّمراويّ", "█████████████████████████"),
        ("محمود درويش الشاعر", "محمود درويش الشاعر"),
        ("Mr al-Namrawi's house", "Mr al-███████'s house"),
        ("MAHMOUD  DARWISH, AL-NAMRAWI.", "████████████████████████████."),
        ("محمود\nدرويش\nالنمراوي", "████████████████████"),
        ("", ""),
    ],
)
def test_names_are_covered_in_every_form(cover: Cover, text: str, expected: str) -> None:
    assert cover.text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("إن النمرا", "إن ██████"), ("راوي وقال", "████ وقال"), ("والنم", "█████"), ("مقال", "مقال"), ("Namr", "████")],
)
def test_a_name_that_is_cut_off_is_covered(cover: Cover, text: str, expected: str) -> None:
    assert cover.text(text, cut=True) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://e.example/2017/mahmoud-darwish-al-namrawi.html", "https://e.example/"),
        ("https://e.example/%D8%A7%D9%84%D9%86%D9%85%D8%B1%D8%A7%D9%88%D9%8A", "https://e.example/"),
        ("https://e.example/a?q=Namrawi#x", "https://e.example/"),
        ("https://e.example/2017/raqqa", "https://e.example/2017/raqqa"),
    ],
)
def test_an_address_with_a_name_is_cut_down_to_its_host(cover: Cover, url: str, expected: str) -> None:
    assert cover.address(url) == expected


@given(
    before=st.text(alphabet="وفبكل", max_size=1),
    name=st.lists(st.sampled_from(["سليم", "هُدى", "الخطيب", "Salim", "عبد"]), min_size=2, max_size=4),
    between=st.sampled_from([" ", "\n", "  ", ", ", "-", "\u200f "]),
    around=st.text(alphabet="ابت قر.\n", max_size=12),
)
def test_a_name_of_several_words_never_stays(before: str, name: list[str], between: str, around: str) -> None:
    """Whatever stands around it, and whichever particle is written in one with it; and nothing moves."""
    text = f"{around} {before}{between.join(name)} {around}"
    with name_sets() as names:
        index = NameIndex(names)
        index.add(words(" ".join(name)))
        found = Cover(index, frozenset()).text(text)
    assert len(found) == len(text)
    assert re.sub(f"{COVER}+", "#", found).count("#") == 1
    assert not any(word in found for word in name if word not in around)

"""English labels of entities that no list knows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kgbuild.pipeline.entity_rules.translated_names import english_name
from kgbuild.pipeline.entity_rules.translated_places import countryside, english_place, joined_sides
from tests.who import entities

CASES = Path(__file__).parent.parent / "cases" / "labels" / "translated.toml"


def cases() -> Iterator[Any]:
    """The group or class, the Arabic name and its English."""
    for kind, names in tomllib.loads(CASES.read_text("utf-8")).items():
        for arabic, english in names.items():
            yield pytest.param(kind, arabic, english, id=english)


@pytest.mark.parametrize(("kind", "arabic", "english"), [*cases()])
def test_the_english_of_a_name(kind: str, arabic: str, english: str) -> None:
    found = english_name(arabic, kind) if kind in ("actor", "facility") else english_place(arabic, kind)
    assert found == english


@pytest.mark.parametrize("name", ["", " ", "-", "ال", "و", "من", "لواء", "الشرقي", "M5", "\u0651", "155", "ل ل"])
def test_what_is_no_name_gives_no_error(name: str) -> None:
    for kind in ("actor", "facility"):
        assert isinstance(english_name(name, kind), str)
    for cls in ("Road", "Area", "Village", "Camp"):
        assert isinstance(english_place(name, cls), str)


def test_sides_of_a_countryside_are_joined() -> None:
    assert joined_sides(["northern", "eastern"]) == "northeastern"
    assert joined_sides(["eastern"]) == "eastern"
    assert countryside("الرستن") == "al-Rastan"


def test_labels_of_an_article() -> None:
    text = "قصف الطيران التركي مستشفى الشفاء في قرية معلكون، وقتل القيادي أبو سليمان الجبوري من لواء شهداء بدر."
    labels = {entity.label["en"] for entity in entities(text).values() if "en" in entity.label}
    assert {"al-Shifa hospital", "Malkun", "Abu Suleiman al-Jabouri", "Liwa Shuhada Badr"} <= labels

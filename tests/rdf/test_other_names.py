"""What is another name of an entity, and what only refers back to it."""

from __future__ import annotations

import pytest

from kgbuild.model import Article, Entity, Extraction, Mention
from kgbuild.rdf.other_names import other_names


def named(label: str, *forms: str, language: str = "ar", group: str = "actor") -> list[str]:
    """The other names of an entity of which an article has these forms and no other words."""
    starts = [sum(len(form) + 1 for form in forms[:n]) for n in range(len(forms))]
    mentions = tuple(
        Mention(id=form, start=start, end=start + len(form), text=form, entity="e1", cls="Actor", confidence=0.9)
        for form, start in zip(forms, starts, strict=True)
    )
    entity = Entity(id="e1", iri="e", cls="Actor", group=group, label={language: label}, mentions=forms)
    article = Article(id="a", source="a.txt", text=" ".join(forms), language=language)
    return other_names(entity, Extraction(article=article, iri="d", mentions=mentions, entities=(entity,)))


@pytest.mark.parametrize("form", ["التنظيم", "تنظيم", "الحركة", "الوزارة"])
def test_the_group_is_no_name_of_an_actor(form: str) -> None:
    assert named("تنظيم الدولة الإسلامية", 'تنظيم "داعش"', form) == ['تنظيم "داعش"']


@pytest.mark.parametrize("form", ["المدينة", "البلدة", "الحيّ", "المحافظة"])
def test_the_town_is_no_name_of_a_place(form: str) -> None:
    assert named("الرقة", "مدينة الرقة", "الرقة", form, group="place") == ["مدينة الرقة"]


@pytest.mark.parametrize("form", ["the coalition", "special forces", "city"])
def test_what_english_writes_without_a_capital_is_no_name(form: str) -> None:
    names = named("Global Coalition", "US-led coalition", form, language="en")
    assert names == ["US-led coalition"]


def test_weapons_have_the_words_for_them_as_names() -> None:
    assert named("طائرة", "الطيران", "طائرات", group="weapon") == ["الطيران", "طائرات"]


def test_other_languages_keep_all_names() -> None:
    assert named("Raqqa", "Raqqa", "La ville", language="fr", group="place") == ["La ville"]

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from kgbuild.vocab import CKO

_DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(_DOCS))
    sys.modules.pop("make_ontology", None)
    return __import__("make_ontology")


@pytest.mark.parametrize(("made", "name"), [("page", "ontology.md"), ("diagram", "ontology.svg")])
def test_the_page_and_the_picture_are_those_of_the_ontology(maker: ModuleType, made: str, name: str) -> None:
    assert getattr(maker, made)() == (_DOCS / name).read_text(encoding="utf-8"), "run python docs/make_ontology.py"


def test_the_page_tells_of_every_name() -> None:
    page = (_DOCS / "ontology.md").read_text(encoding="utf-8")
    individuals = {"SingleSource", "Corroborated", "Contested"}
    assert [name for name in CKO.names if f"`{name}`" not in page and name not in individuals] == []


def test_the_picture_names_nothing_that_the_ontology_does_not_know(maker: ModuleType) -> None:
    facts = maker.Facts(maker.ONTOLOGY / "conflict.ttl")
    with pytest.raises(ValueError, match="the ontology does not know: kills"):
        list(maker._arrow(facts, [0, 0, 10, ""], [0, 90, 10, ""], ["kills"]))

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


def test_the_pages_and_the_picture_are_those_of_the_ontology(maker: ModuleType) -> None:
    old = [path.name for path, text in maker.files().items() if path.read_text(encoding="utf-8") != text]
    assert old == [], "run python docs/make_ontology.py"


@pytest.mark.parametrize("name", ["ontology.md", "ontology.ar.md"])
def test_the_page_tells_of_every_name(name: str) -> None:
    page = (_DOCS / name).read_text(encoding="utf-8")
    assert [name for name in CKO.names if f"`{name}`" not in page] == []


def test_the_picture_names_nothing_that_the_ontology_does_not_know(maker: ModuleType) -> None:
    with pytest.raises(ValueError, match="the ontology does not know: kills"):
        maker._arrow([0, 0, 10, ""], [0, 90, 10, ""], ["kills"])

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.store import Change, open_store
from kgbuild.vocab import CKO, RDF
from tests.command import Command


@pytest.mark.parametrize(("form", "shown"), [("text", ""), ("json", '"conforms": true'), ("ttl", "sh:conforms true")])
def test_a_built_store_conforms(kgbuild: Command, store: Path, form: str, shown: str) -> None:
    status, out, err = kgbuild("validate", "--store", store, "--no-reasoner", "--format", form)
    assert (status, shown in out) == (0, True)
    assert err == "not checked for contradictions; ask for it with --reasoner\nconforms to the shapes\n"


def test_a_broken_graph_does_not_conform(kgbuild: Command, store: Path) -> None:
    with open_store(store) as opened:
        line = f"<https://example.org/d> {RDF.type} {CKO.Document} ."
        opened.apply(Change(insert={"https://example.org/g": line}))
        opened.publish()
    status, out, err = kgbuild("validate", "--store", store, "--no-reasoner")
    assert status == 1
    assert "https://example.org/d: " in out
    assert "violations of the shapes" in err

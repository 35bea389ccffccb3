"""Layers, not a web: what stands above imports what stands below, never the other way round."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAYERS: tuple[tuple[str, ...], ...] = (
    ("kgbuild.__version__", "kgbuild.config", "kgbuild.errors", "kgbuild.geography", "kgbuild.ids", "kgbuild.model"),
    ("kgbuild.extraction_json", "kgbuild.kept", "kgbuild.resources", "kgbuild.tolls", "kgbuild.vocab"),
    (
        "kgbuild.arabic",
        "kgbuild.calendar_dates",
        "kgbuild.english",
        "kgbuild.number_words",
        "kgbuild.relative_dates",
        "kgbuild.scanner",
        "kgbuild.time_readings",
        "kgbuild.time_words",
        "kgbuild.written_dates",
    ),
    ("kgbuild.crosswalk", "kgbuild.ontology", "kgbuild.reference", "kgbuild.saved_queries", "kgbuild.store"),
    ("kgbuild.evaluation", "kgbuild.explain", "kgbuild.export", "kgbuild.linking", "kgbuild.merging", "kgbuild.rdf"),
    ("kgbuild.importing", "kgbuild.pipeline", "kgbuild.reading", "kgbuild.validation"),
    ("kgbuild.assembly", "kgbuild.extractors"),
    ("kgbuild.building", "kgbuild.extract"),
    ("kgbuild.build", "kgbuild.notebook"),
    ("server",),
    ("kgbuild.cli",),
    ("kgbuild.__main__",),
)
"""The lowest first. The parts of a layer do not know each other, except for those of one language layer."""

LANGUAGE = frozenset(LAYERS[2])


def part_of(module: str) -> str:
    """The part of the program that a module belongs to: `kgbuild.<name>` or `server`."""
    names = module.split(".")
    return "server" if names[0] == "server" else ".".join(names[:2])


def imports() -> Iterator[tuple[str, str, Path]]:
    """Which part imports which, and in which file."""
    for path in [*(ROOT / "kgbuild").rglob("*.py"), *(ROOT / "server").rglob("*.py")]:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if module == "kgbuild":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "kgbuild":
                names = [f"kgbuild.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.split(".")[0] in ("kgbuild", "server") and part_of(name) != part_of(module):
                    yield part_of(module), part_of(name), path.relative_to(ROOT)


def layer_of(part: str) -> int:
    return next((number for number, parts in enumerate(LAYERS) if part in parts), -1)


def test_every_part_has_a_layer() -> None:
    parts = {part for pair in imports() for part in pair[:2]}
    assert {part for part in parts if layer_of(part) < 0} == set()


def test_imports_go_downwards() -> None:
    upwards = {
        (importer, imported, str(path))
        for importer, imported, path in imports()
        if layer_of(imported) >= layer_of(importer) and not {importer, imported} <= LANGUAGE
    }
    assert upwards == set()


@pytest.mark.parametrize("part", ["kgbuild.pipeline", "kgbuild.linking", "kgbuild.reading", "kgbuild.assembly"])
def test_the_server_knows_nothing_of_how_articles_are_read(part: str) -> None:
    assert part not in {imported for importer, imported, _ in imports() if importer == "server"}

"""Layers, not a web: what stands above imports what stands below, never the other way round."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent

LAYERS: tuple[tuple[str, ...], ...] = (
    (
        "kgbuild.config",
        "kgbuild.errors",
        "kgbuild.geography",
        "kgbuild.ids",
        "kgbuild.literals",
        "kgbuild.loading",
        "kgbuild.model",
        "kgbuild.resources",
        "kgbuild.table_cache",
        "kgbuild.vocab",
    ),
    (
        "kgbuild.canonical",
        "kgbuild.crosswalk",
        "kgbuild.language",
        "kgbuild.ontology",
        "kgbuild.reference",
        "kgbuild.saved_queries",
        "kgbuild.store",
        "kgbuild.tolls",
        "kgbuild.validation",
    ),
    (
        "kgbuild.arabic",
        "kgbuild.english",
        "kgbuild.explain",
        "kgbuild.extraction_json",
        "kgbuild.linking",
        "kgbuild.reading",
        "server",
    ),
    ("kgbuild.evaluation", "kgbuild.export", "kgbuild.merging", "kgbuild.pipeline", "kgbuild.rdf"),
    ("kgbuild.assembly", "kgbuild.extractors", "kgbuild.importing"),
    ("kgbuild.building", "kgbuild.extract"),
    ("kgbuild.build", "kgbuild.notebook"),
    ("kgbuild.cli",),
    ("kgbuild.__main__",),
)
"""The lowest first. The parts of a layer do not know each other."""


def part_of(module: str) -> str:
    """The part of the program that a module belongs to: `kgbuild.<name>` or `server`."""
    names = module.split(".")
    return "server" if names[0] == "server" else ".".join(names[:2])


@cache
def modules() -> dict[str, Path]:
    """Every module of the program by its name."""
    paths = [*(ROOT / "kgbuild").rglob("*.py"), *(ROOT / "server").rglob("*.py")]
    return {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in paths}


def imported(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports."""
    known = modules()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            named = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from {name if name in known else node.module or "" for name in named} & known.keys()
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)


def imports() -> Iterator[tuple[str, str, Path]]:
    """Which part imports which, and in which file; what is only the name and the version has no part."""
    for module, path in modules().items():
        for name in imported(path):
            if "kgbuild" not in (module, name) and part_of(name) != part_of(module):
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
        if layer_of(imported) >= layer_of(importer)
    }
    assert upwards == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    TopologicalSorter({module: {*imported(path)} - {module} for module, path in modules().items()}).prepare()

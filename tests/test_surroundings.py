"""What stands around the code says what is true of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from kgbuild.cli import cli
from kgbuild.export.formats import FORMATS as EXPORTS
from kgbuild.reading.formats import FORMATS
from kgbuild.reading.source import MAX_DOCUMENT, MAX_RECORD, MAX_TEXT

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "examples" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_readme_names_every_command(name: str) -> None:
    assert f"`kgbuild {name}" in README


def test_the_readme_names_every_package_and_folder() -> None:
    tree = README.split("## What is where", 1)[1].split("\n## ", 1)[0]
    packages = {path.parent.name for path in (ROOT / "kgbuild").glob("*/__init__.py")}
    folders = {"ontology", "queries", "server", "examples", "tests", "docs"}
    assert {name for name in packages | folders if not re.search(rf"\b{name}/", tree)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_named_in_a_sentence_exist(page: Path) -> None:
    """Commands in blocks are run: tests/test_documents.py."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for said in re.findall(r"`kgbuild ([a-z][^`]*)`", prose):
        name, *words = said.split()
        options = {option for p in cli.commands[name].params for option in (*p.opts, *p.secondary_opts)}
        assert {word for word in words if word.startswith("-")} - options - {"--help"} == set(), said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_named_in_a_sentence_exist(page: Path) -> None:
    named = re.findall(
        r"`((?:kgbuild|server|ontology|queries|examples|tests|docs|\.ci)/[\w./*-]*)`", page.read_text("utf-8")
    )
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_every_dependency_is_explained(requirement: str) -> None:
    name = re.split(r"[<>=\[ ]", requirement)[0]
    rows = [line for line in (ROOT / "docs" / "decisions.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    assert any(name in row.split("|")[1] for row in rows)


def test_only_dependencies_are_explained() -> None:
    extras = [name for names in PROJECT["optional-dependencies"].values() for name in names]
    known = {re.split(r"[<>=\[ ]", name)[0] for name in [*PROJECT["dependencies"], *extras]}
    table = (ROOT / "docs" / "decisions.md").read_text("utf-8").split("## Dependencies", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ") and "---" not in line][1:]
    named = {name.strip() for row in rows for name in re.sub(r"\(.*?\)", "", row).split(",")}
    assert named - known == set()


def test_the_page_on_input_lists_every_format_and_limit() -> None:
    page = (ROOT / "docs" / "input.md").read_text("utf-8")
    assert [ending for format in FORMATS for ending in format.extensions if f"`{ending}`" not in page] == []
    for limit in (f"{MAX_TEXT:,} characters", f"{MAX_RECORD >> 20} MiB", f"{MAX_DOCUMENT >> 20} MiB"):
        assert f"| {limit} |" in page


def test_the_page_on_exports_lists_every_format() -> None:
    page = (ROOT / "docs" / "exports.md").read_text("utf-8")
    assert [name for name in EXPORTS if f"`{name}`" not in page] == []


def test_the_changelog_has_the_version() -> None:
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased" or headings[0] == PROJECT["version"]

"""Every text of the interface is in both catalogues, and nothing is left in them that no page uses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pyoxigraph
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import server
from kgbuild.reference import codes, terms
from kgbuild.saved_queries import SavedQuery, load_all
from kgbuild.vocab import CERTAINTIES, DATE_PRECISIONS, PLACE_PRECISIONS, PREFIXES, RELATION_TYPES
from server import problems, protocol, templating, update_text
from server.catalogue import selection
from server.language import PLURALS
from server.pages import filters, incident, rings
from server.reconciliation.properties import WORKED_OUT
from server.routes import reconcile, saved
from server.routes.incidents import VIEWS

SERVER = Path(server.__file__).parent
IN_TEMPLATE = re.compile(r"""_\(\s*(?:"([^"]+)"|'([^']+)')\s*(?=[,)])""")
STATUSES = (400, 401, 403, 404, 405, 406, 409, 415, 500, 501, 502, 503, 504)
SAYING = {"translate": 0, "ProblemError": 1, "SelectionError": 0, "QueryError": 0}
"""What is called with a text for people, and the place of the text among its arguments."""
ERRORS = (
    problems.TOO_LONG, problems.TOO_BIG, problems.BUSY, problems.NO_PAGE, problems.NO_GRAPH, problems.NOT_SO,
    problems.TOO_LARGE, problems.NO_RANGE, problems.NO_FORMAT, problems.ENDLESS, problems.UNKNOWN_FORMAT,
    problems.BAD_SYNTAX, problems.MISSING_SIGN, problems.UNKNOWN_PREFIX, problems.UNKNOWN_WORD, protocol.NO_IRI,
    problems.IS_UPDATE, update_text.CLASH,
    reconcile.NO_ENTITY, selection.NO_DAY, selection.NO_COUNT, selection.NO_BOX, *saved.WRONG_VALUES.values(),
)  # fmt: skip
"""Texts that are said in several places."""
TOTALS = ("incidents", "reports", "documents", "killed", "publishers", "entities", "statements")
PLACEHOLDER = re.compile(r"\{\w+\}")


COUNTED = re.compile(r"""counted\(\s*"([^"]+)",\s*"([^"]+)",""")


def messages(language: str) -> list[Message]:
    with (SERVER / "locale" / f"{language}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def catalogue(language: str) -> dict[str, str]:
    return {message.id: str(message.string) for message in messages(language) if isinstance(message.id, str)}


def written() -> Iterator[str]:
    """Texts that stand in templates and modules as they are."""
    for path in (SERVER / "templates").glob("*"):
        yield from (a or b for a, b in IN_TEMPLATE.findall(path.read_text(encoding="utf-8")))
    for path in SERVER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                told = node.args[SAYING[name] :][:1] if name in SAYING else []
                yield from (a.value for a in told if isinstance(a, ast.Constant) and isinstance(a.value, str))


def composed() -> Iterator[str]:
    """Keys that are put together out of a word and a code."""
    yield from (name for _, name in templating.NAVIGATION)
    yield from (label for _, label in incident.ROLES)
    yield from filters.TITLES.values()
    yield from (facet for facet in ("Type", "Place", "Actor", "Weapon", "Source"))
    yield from (f"{word} {view}" for word in ("title", "view") for view in VIEWS)
    yield from (f"view {view}" for view in ("table", "map", "chart", "timeline"))
    yield from (f"precision {name}" for name in PLACE_PRECISIONS)
    yield from (*DATE_PRECISIONS, *CERTAINTIES)
    yield from (f"group {name}" for name in rings.MOST)
    yield from (f"property {name}" for name in WORKED_OUT)
    yield from (f"legend {name}" for name in ("air", "fire", "blast", "ground", "people", "other"))
    yield from (f"title {name}" for name in ("killed", "injured"))
    yield from (f"total {n}" for n in TOTALS)
    yield from (f"language {name}" for name in ("ar", "en"))
    yield from (f"inverse {name}" for name in RELATION_TYPES)
    yield from (f"column {name}" for query in load_all().values() for name in columns_of(query))
    yield from of_the_ontology()
    yield from (f"{{figure}} {what}" for what in ("killed", "injured", "incidents", "killed, by best figures"))
    yield from "NSEW"
    yield from ERRORS
    yield from (HTTPStatus(status).phrase for status in STATUSES)
    source = (SERVER / "pages" / "statistics.py").read_text(encoding="utf-8")
    yield from re.findall(r'yield \(?\s*"([^"]+)"', source)
    weights = (SERVER.parent / "kgbuild" / "data" / "merging" / "weights.toml").read_text(encoding="utf-8")
    yield from (f"compared {name}" for name in re.findall(r"^\[(\w+)\]", weights, re.MULTILINE))
    levels = {name for name, points in re.findall(r"^(\w+) = (-?[\d.]+)", weights, re.MULTILINE) if points != "-100.0"}
    yield from (f"agreement {name}" for name in levels - {"threshold", "doubtful", "veto"})


def columns_of(query: SavedQuery) -> list[str]:
    """The variables that its answer has."""
    answer = pyoxigraph.Store().query(query.filled(), prefixes=dict(PREFIXES))
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [variable.value for variable in answer.variables]


def of_the_ontology() -> Iterator[str]:
    """Keys of the page of the ontology: titles of rows and sections, traits of properties, conditions of rules."""
    template = (SERVER / "templates" / "ontology.html").read_text(encoding="utf-8")
    yield from re.findall(r'row\("([^"]+)"', template)
    yield from re.findall(r'\("\w+", "(\w+)", \(', template)
    yield from {trait for term in terms.terms().values() for trait in term.traits}
    yield from (f"group {name}" for name in codes.rule_groups())
    yield from (f"if {name}" for rules in codes.rules().values() for rule in rules for name, _ in rule.conditions)
    yield from ("true", "false")


NEEDED = frozenset([*written(), *composed()])


def test_every_text_is_in_arabic() -> None:
    assert sorted(text for text in NEEDED if not catalogue("ar").get(text)) == []


def test_whatever_is_counted_has_all_plural_forms_of_arabic() -> None:
    sources = [*(SERVER / "templates").glob("*.html"), *SERVER.rglob("*.py")]
    needed = {pair for path in sources for pair in COUNTED.findall(path.read_text(encoding="utf-8"))}
    known = {tuple(m.id): m.string for m in messages("ar") if not isinstance(m.id, str)}
    assert set(known) == needed
    assert all(len(forms) == len(PLURALS["ar"]) and all(forms) for forms in known.values())


def test_keys_that_are_no_english_have_english_words() -> None:
    prefixes = (
        "title ",
        "view ",
        "precision ",
        "legend ",
        "total ",
        "group ",
        "property ",
        "compared ",
        "agreement ",
        "language ",
        "column ",
        "inverse ",
    )
    assert sorted(t for t in NEEDED if t.startswith(prefixes) and not catalogue("en").get(t)) == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_is_left_over_and_placeholders_agree(language: str) -> None:
    found = catalogue(language)
    assert sorted(set(found) - NEEDED) == []
    assert all(set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(key)) for key, text in found.items())

"""The saved queries: SPARQL files with a header, and their parameters filled in safely.

A file of `queries/` begins with lines `#+ key: value`:

    #+ summary: What it answers, in English
    #+ summary_ar: the same in Arabic
    #+ view: table, map, chart or timeline
    #+ param: NAME TYPE EXAMPLE what it means
    #+ param_ar: NAME the same in Arabic

A parameter is the variable `$NAME` of the query. Given a value, every `$NAME` becomes that term; left out, it stays a
variable, so that a query for one actor answers for all actors. A TYPE that ends in `!` marks a parameter that the query
needs: left out, its example stands in. Types are iri, string, date, integer and decimal; an IRI may be written with a
prefix of `vocab.PREFIXES`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from kgbuild.errors import UsageError
from kgbuild.resources import queries_path
from kgbuild.vocab import PREFIXES, XSD

VIEWS = ("table", "map", "chart", "timeline")

_HEADER = re.compile(r"#\+\s*(\w+):\s*(.*)")
_TOKEN = re.compile(
    r"""(?P<skip>"{3}.*?"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>\s]*>|\#[^\n]*)|\$(?P<name>\w+)""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A `$name` of a query. Where a `needed` one is left out, the example stands in."""

    name: str
    type: str
    example: str
    description: str
    description_ar: str
    needed: bool = False

    def term(self, value: str) -> NamedNode | Literal:
        """The RDF term for what a person wrote; UsageError where it is none of this type."""
        try:
            return _TERMS[self.type](value.strip())
        except (ValueError, ArithmeticError) as error:
            raise UsageError(f"{self.name}: {value!r} is no {self.type}, such as {self.example}") from error


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with its header. `text` is the whole file."""

    name: str
    summary: str
    summary_ar: str
    view: str
    parameters: tuple[Parameter, ...]
    text: str

    def filled(self, values: Mapping[str, str] = MappingProxyType({})) -> str:
        """The SPARQL text with the parameters' values in it, whatever they hold.

        Empty values count as left out. Raises UsageError for an unknown parameter or a value of the wrong type.
        """
        known = {p.name: p for p in self.parameters}
        for name in values:
            if name not in known:
                raise UsageError(f"{self.name} has no parameter {name}; it has {', '.join(known) or 'none'}")
        terms: dict[str, str] = {}
        for parameter in self.parameters:
            value = values.get(parameter.name) or (parameter.example if parameter.needed else "")
            if value:
                terms[parameter.name] = str(parameter.term(value))
        return _TOKEN.sub(lambda m: m["skip"] or terms.get(m["name"], m[0]), self.text)


def load_all(folder: Path | None = None) -> Mapping[str, SavedQuery]:
    """All saved queries of a folder (the shipped one if none is given) by name, in the order of their names."""
    return _load_folder(folder or queries_path())


@cache
def _load_folder(folder: Path) -> Mapping[str, SavedQuery]:
    paths = sorted(folder.glob("*.rq"))
    return MappingProxyType({p.stem: parse(p.stem, p.read_text(encoding="utf-8")) for p in paths})


def load(name: str, folder: Path | None = None) -> SavedQuery:
    """The saved query of this name; UsageError, with names that are near, where there is none."""
    queries = load_all(folder)
    if name in queries:
        return queries[name]
    near = get_close_matches(name, queries, n=3) or list(queries)
    raise UsageError(f"there is no saved query {name}; perhaps {', '.join(near)}")


def parse(name: str, text: str) -> SavedQuery:
    """Read a query's header; UsageError where it says no summary, or describes a parameter wrongly."""
    header = list(_header(text))
    fields = dict(header)
    if not fields.get("summary") or not fields.get("summary_ar"):
        raise UsageError(f"the saved query {name} has no summary and summary_ar")
    view = fields.get("view", "table")
    if view not in VIEWS:
        raise UsageError(f"the saved query {name} has the view {view}; it may be {', '.join(VIEWS)}")
    arabic = dict(_split(value) for key, value in header if key == "param_ar")
    parameters = tuple(_parameter(name, value, arabic) for key, value in header if key == "param")
    return SavedQuery(name, fields["summary"], fields["summary_ar"], view, parameters, text)


def _header(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        found = _HEADER.match(line)
        if not found:
            return
        yield found[1], found[2].strip()


def _split(value: str) -> tuple[str, str]:
    name, _, rest = value.partition(" ")
    return name, rest.strip()


def _parameter(query: str, value: str, arabic: Mapping[str, str]) -> Parameter:
    words = shlex.split(value.replace("'", "\\'"))
    if len(words) < 4 or words[1].rstrip("!") not in _TERMS or words[0] not in arabic:
        raise UsageError(f"the saved query {query} describes a parameter wrongly: {value}")
    name, kind, example, *description = words
    return Parameter(name, kind.rstrip("!"), example, " ".join(description), arabic[name], kind.endswith("!"))


def _iri(value: str) -> NamedNode:
    """An IRI as it is, in angle brackets, or with one of the known prefixes; ValueError where it is none."""
    value = value.removeprefix("<").removesuffix(">")
    prefix, colon, local = value.partition(":")
    if not colon:
        raise ValueError("an IRI has a scheme")
    return NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else value)


def _decimal(value: str) -> Literal:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("not a finite number")
    return Literal(format(number, "f"), datatype=XSD.decimal)


_TERMS: Mapping[str, Callable[[str], NamedNode | Literal]] = MappingProxyType(
    {
        "iri": _iri,
        "string": Literal,
        "date": lambda value: Literal(date.fromisoformat(value).isoformat(), datatype=XSD.date),
        "integer": lambda value: Literal(str(int(value)), datatype=XSD.integer),
        "decimal": _decimal,
    }
)

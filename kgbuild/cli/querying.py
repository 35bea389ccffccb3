"""`kgbuild query`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from kgbuild.cli.options import store_option
from kgbuild.errors import QueryError, UsageError

if TYPE_CHECKING:
    from kgbuild.store import QueryResult, StorePlace

_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt")
_NO_LIMIT = 100_000
"""Columns of a table that is not shown on a terminal."""


@click.command()
@click.argument("query", metavar="FILE.rq|NAME|'SELECT …'")
@store_option
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Output; a table, or Turtle for triples.")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of a saved query.")
def query(query: str, store: StorePlace, form: str | None, params: tuple[str, ...]) -> int:
    """Ask a store: a query in a file, a saved query by its name, or one given in place.

    The default graph is the union of all graphs, and the usual prefixes need not be declared.
    """
    from kgbuild.store import open_reader
    from kgbuild.vocab import PREFIXES

    text = query_text(query, dict(map(_pair, params)))
    with open_reader(store) as snapshot:
        result = snapshot.query(text, prefixes=PREFIXES)
        try:
            _write(result, form, sys.stdout.buffer)
        except RuntimeError as error:
            raise QueryError(str(error)) from error
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"-p {text}: write a parameter as NAME=VALUE")
    return name, value


def query_text(query: str, params: Mapping[str, str]) -> str:
    """The SPARQL text that an argument stands for."""
    from kgbuild import saved_queries

    if any(character in query for character in "{ \n"):
        return _filled("the query", query, params)
    path = Path(query)
    if not path.is_file():
        if path.suffix == ".rq" or "/" in query:
            raise UsageError(f"{query}: no such file")
        return saved_queries.load(query).filled(params)
    try:
        return _filled(path.name, path.read_text(encoding="utf-8"), params)
    except UnicodeDecodeError as error:
        raise UsageError(f"{query}: not in UTF-8 (byte {error.start})") from error


def _filled(name: str, text: str, params: Mapping[str, str]) -> str:
    from kgbuild import saved_queries

    if text.startswith("#+"):
        return saved_queries.parse(name, text).filled(params)
    if params:
        raise UsageError(f"{name} declares no parameters; a saved query does so in lines that begin with #+ param:")
    return text


def _write(result: QueryResult, form: str | None, output: IO[bytes]) -> None:
    from pyoxigraph import QueryBoolean, QueryTriples

    if isinstance(result, QueryTriples):
        _pick(_TRIPLES, form or "ttl", "CONSTRUCT or DESCRIBE")(result, output)
    elif isinstance(result, QueryBoolean):
        _pick(_BOOLEAN, form or "table", "ASK")(result, output)
    else:
        _pick(_ROWS, form or "table", "SELECT")(result, output)


Writer = Callable[[Any, IO[bytes]], None]


def _pick(writers: Mapping[str, Writer], form: str, kind: str) -> Writer:
    if form not in writers:
        raise UsageError(f"{kind} gives no {form}; choose --format {', '.join(writers)}")
    return writers[form]


def _as_results(name: str) -> Writer:
    def write(result: Any, output: IO[bytes]) -> None:
        from pyoxigraph import QueryResultsFormat

        result.serialize(output, getattr(QueryResultsFormat, name))

    return write


def _as_triples(name: str) -> Writer:
    def write(result: Any, output: IO[bytes]) -> None:
        from pyoxigraph import RdfFormat, serialize

        from kgbuild.vocab import PREFIXES

        serialize(result, output, getattr(RdfFormat, name), prefixes=dict(PREFIXES))

    return write


def _answer(result: Any, output: IO[bytes]) -> None:
    output.write(b"yes\n" if bool(result) else b"no\n")


def _table(result: Any, output: IO[bytes]) -> None:
    from io import TextIOWrapper

    from rich.console import Console
    from rich.table import Table

    table = Table(show_lines=False)
    names = [variable.value for variable in result.variables]
    for name in names:
        table.add_column(name, overflow="fold")
    for row in result:
        table.add_row(*_cells(row[name] for name in names))
    terminal = sys.stdout.isatty()
    text = TextIOWrapper(output, encoding="utf-8", write_through=True)
    Console(file=text, width=None if terminal else _NO_LIMIT, highlight=False, markup=False).print(table)
    text.write(f"{table.row_count} rows\n")
    text.detach()


def _cells(terms: Iterable[Any]) -> list[str]:
    return ["" if term is None else _cell(term) for term in terms]


def _cell(term: Any) -> str:
    """A term as people read it: literals without quotes, the vocabulary's IRIs with their prefixes."""
    from pyoxigraph import NamedNode

    from kgbuild.vocab import PREFIXES

    if not isinstance(term, NamedNode):
        return str(getattr(term, "value", term))
    for prefix, namespace in PREFIXES.items():
        local = term.value.removeprefix(namespace)
        if local != term.value and local.isalnum():
            return f"{prefix}:{local}"
    return term.value


_TRIPLES: Mapping[str, Writer] = {"ttl": _as_triples("TURTLE"), "nt": _as_triples("N_TRIPLES")}
_BOOLEAN: Mapping[str, Writer] = {
    "table": _answer,
    "csv": _as_results("CSV"),
    "tsv": _as_results("TSV"),
    "json": _as_results("JSON"),
    "xml": _as_results("XML"),
}
_ROWS: Mapping[str, Writer] = {**_BOOLEAN, "table": _table}

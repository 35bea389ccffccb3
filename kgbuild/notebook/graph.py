"""A store to be asked in a notebook: the rows of an answer as Python values."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pyoxigraph import QueryBoolean, QuerySolutions

from kgbuild import saved_queries
from kgbuild.errors import QueryError
from kgbuild.notebook.tables import pandas_module
from kgbuild.store import Reader, open_reader
from kgbuild.vocab import PREFIXES

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Answer:
    """The rows of an answer, as Python values; what a row leaves open is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def to_dataframe(self) -> pandas.DataFrame:
        """A column for each variable; needs pandas."""
        return pandas_module().DataFrame(list(self.rows), columns=list(self.columns))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td><bdi>{html.escape(_shown(value))}</bdi></td>" for value in row) + "</tr>"
            for row in self.rows
        )
        return f"<table><tr>{head}</tr>{body}</table>"


class Graph:
    """A published state of a store, to be asked; close it, or use it with `with`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def query(self, query: str, **params: str) -> Answer | bool:
        """The answer to a SELECT query, or to a saved query by its name, with its parameters; ASK gives True or False.

        The usual prefixes are known, and the default graph is the union of all graphs. Raises QueryError.
        """
        named = not any(character in query for character in "{ \n")
        text = saved_queries.load(query).filled(params) if named else query
        result = self._reader.query(text, prefixes=PREFIXES)
        if isinstance(result, QueryBoolean):
            return bool(result)
        if not isinstance(result, QuerySolutions):
            raise QueryError("ask for rows (SELECT) or for yes and no (ASK); kgbuild query also gives graphs")
        columns = tuple(variable.value for variable in result.variables)
        return Answer(columns, tuple(tuple(map(_value, solution)) for solution in result))

    def close(self) -> None:
        """Let the state go."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_graph(store: str | Path) -> Graph:
    """What was published last in the store in this folder. Raises StoreError."""
    return Graph(open_reader(store))


_NUMBERS: Mapping[str, type] = {"integer": int, "decimal": Decimal, "double": float, "float": float}


def _value(term: Any) -> Any:
    """A number, a day, a truth value or a text for a literal, the IRI for anything else."""
    if term is None:
        return None
    datatype = getattr(getattr(term, "datatype", None), "value", "").rpartition("#")[2]
    if datatype in _NUMBERS:
        return _NUMBERS[datatype](term.value)
    if datatype == "boolean":
        return term.value in ("true", "1")
    return date.fromisoformat(term.value) if datatype == "date" else str(getattr(term, "value", term))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)

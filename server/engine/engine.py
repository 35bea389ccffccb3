"""The engine as the rest of the server uses it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kgbuild.config import ServerConfig
from kgbuild.errors import KgbuildError
from kgbuild.store import current_number
from server.engine.limits import EngineLimits
from server.engine.pool import Answer, Pool
from server.engine.tasks import Dataset, QueryTask, Reply, Task
from server.sparql_text import outline, with_limit

QUERIES = Path(__file__).resolve().parent.parent / "queries"

Row = Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """A term of an answer; `kind` is uri, literal, bnode or triple, and `text` its lexical form."""

    kind: str
    text: str
    language: str | None = None
    datatype: str | None = None


class AnswerError(KgbuildError):
    """The engine refuses a task: `problem` is a kind that `Reply` names."""

    def __init__(self, problem: str, message: str) -> None:
        self.problem, self.message = problem, message
        super().__init__(message)


class Engine:
    """Reads the newest snapshot of an embedded store and writes to it.

    Thread-safe; begins its work when first asked.
    """

    def __init__(self, config: ServerConfig) -> None:
        self.config = config
        self.limits = EngineLimits.of(config)
        self._pool = Pool(self.limits, config.store)

    def snapshot(self) -> int:
        """The number of the newest snapshot; StoreError where nothing has been published."""
        return current_number(self.config.store)

    def query(
        self,
        text: str,
        formats: Mapping[str, str],
        *,
        dataset: Dataset | None = None,
        base_iri: str | None = None,
        abbreviate: bool = False,
    ) -> Answer:
        """Answer a query; AnswerError if it is refused. `formats` as in QueryTask."""
        union = self.config.default_graph == "union" and not outline(text).has_dataset
        task = QueryTask(
            text=with_limit(text, self.config.max_rows),
            snapshot=self.snapshot(),
            formats=formats,
            dataset=dataset or Dataset(union=union),
            base_iri=base_iri,
            abbreviate=abbreviate,
        )
        return self.read(task)

    def read(self, task: Task) -> Answer:
        answer = self._pool.read(task)
        _check(answer.head)
        return answer

    def write(self, task: Task) -> Reply:
        reply = self._pool.write(task)
        _check(reply)
        return reply

    def select(self, name: str, **terms: NamedNode | Literal) -> list[Row]:
        """The rows of the server's own query `name`, with its `$placeholders` replaced by terms."""
        return rows(self.select_text(filled(name, terms)))

    def select_text(self, text: str) -> bytes:
        answer = self.read(
            QueryTask(text=text, snapshot=self.snapshot(), formats={"rows": "srj"}, dataset=Dataset(union=True))
        )
        return b"".join(answer.pieces)

    def graph(self, name: str, extension: str, **terms: NamedNode | Literal) -> bytes:
        """The graph that the server's own query `name` constructs, in the format of that extension."""
        task = QueryTask(
            text=filled(name, terms),
            snapshot=self.snapshot(),
            formats={"graph": extension},
            dataset=Dataset(union=True),
            abbreviate=True,
        )
        return b"".join(self.read(task).pieces)

    def counts(self) -> dict[str, int]:
        return self._pool.counts()

    def close(self) -> None:
        """End every process."""
        self._pool.close()


def filled(name: str, terms: Mapping[str, NamedNode | Literal]) -> str:
    """The text of a query of ours; its `$name` are replaced by the terms as SPARQL writes them."""
    return re.sub(r"\$(\w+)", lambda found: str(terms[found[1]]), _query_text(name))


@lru_cache(maxsize=128)
def _query_text(name: str) -> str:
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def rows(body: bytes) -> list[Row]:
    """The rows of an answer in SPARQL Results JSON."""
    bindings: Sequence[Mapping[str, Mapping[str, str]]] = json.loads(body)["results"]["bindings"]
    return [{name: value(term) for name, term in row.items()} for row in bindings]


def value(term: Mapping[str, str]) -> Value:
    text = term["value"]
    return Value(
        term["type"], text if isinstance(text, str) else json.dumps(text), term.get("xml:lang"), term.get("datatype")
    )


def _check(reply: Reply) -> None:
    if reply.kind == "error":
        raise AnswerError(reply.problem or "internal", reply.message)

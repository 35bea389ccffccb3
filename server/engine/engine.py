"""The engine as the rest of the server uses it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kgbuild.config import ServerConfig
from kgbuild.errors import KgbuildError
from kgbuild.store import current_number, is_update
from server.engine.direct import DirectReader, is_lookup
from server.engine.kept import Kept, is_volatile
from server.engine.limits import EngineLimits
from server.engine.pool import Answer, Pool
from server.engine.queries import Argument, filled
from server.engine.replicator import Replicator
from server.engine.tasks import Dataset, QueryTask, Reply, Task
from server.sparql_text import outline, with_limit

MOST_KEPT_ROWS = 200_000
"""Of all answers that are kept together, each counted as one row more."""

UNION = Dataset(union=True)

Row = Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """A term of an answer; `kind` is uri, literal, bnode or triple, and `text` its lexical form."""

    kind: str
    text: str
    language: str | None = None
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Solutions:
    """An answer as rows."""

    columns: Sequence[str]
    rows: list[Row]

    @classmethod
    def of(cls, body: bytes) -> Solutions:
        """From SPARQL Results JSON; the answer of an ASK has neither columns nor rows."""
        document = json.loads(body)
        bindings: Sequence[Mapping[str, Mapping[str, str]]] = document.get("results", {}).get("bindings", ())
        found: list[Row] = [{name: value(term) for name, term in row.items()} for row in bindings]
        return cls(document["head"].get("vars", ()), found)


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
        self._replicator = Replicator(self._pool, self.limits, config.store, lambda: self.settled())
        self._direct = DirectReader(config.store)
        self.expand: Callable[[str], str] = str
        """What queries of clients go through first: other parts of the server answer some of it."""
        self.settled: Callable[[], None] = lambda: None
        """Called when a snapshot has been the newest for a while, and is in memory if there is room for it."""
        self._kept = Kept[Solutions](MOST_KEPT_ROWS)

    def start(self) -> None:
        """Begin to copy the graph into memory, in the background."""
        self._replicator.start()

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
        most_rows: int | None = None,
        snapshot: int = 0,
    ) -> Answer:
        """Answer a query, with `most_rows` at most; AnswerError if it is refused. `formats` as in QueryTask.

        `snapshot` spares looking for the newest one again.
        """
        snapshot = snapshot or self.snapshot()
        if is_lookup(text):
            chosen = dataset or self._default_dataset("FROM" in text.upper())
            task = QueryTask(text=text, snapshot=snapshot, formats=formats, dataset=chosen, base_iri=base_iri)
            if reply := self._direct.answer(task):
                return Answer(reply, iter((reply.body,)))
        limit = min(most_rows or self.config.max_rows, self.config.max_rows)
        expanded = self._expanded(text)
        found = outline(expanded)
        limited = with_limit(expanded, limit, found)
        task = QueryTask(
            text=limited,
            snapshot=snapshot,
            formats=formats,
            dataset=dataset or self._default_dataset(found.has_dataset),
            base_iri=base_iri,
        )
        answer = self._read_query(task, text)
        return replace(answer, limit=limit if limited != expanded else 0, volatile=is_volatile(text, found))

    def _read_query(self, task: QueryTask, text: str) -> Answer:
        """The place of a syntax error must be one in the client's own `text`; an update is none of a query."""
        try:
            return self.read(task)
        except AnswerError as error:
            if error.problem == "syntax" and is_update(text):
                raise AnswerError("update", error.message) from None
            if error.problem != "syntax" or task.text == text:
                raise
            return self.read(replace(task, text=text))

    def _expanded(self, text: str) -> str:
        try:
            return self.expand(text)
        except ValueError as error:
            raise AnswerError("refused", str(error)) from None

    def _default_dataset(self, names_graphs: bool) -> Dataset:
        """The union of all graphs, unless the server or the query's FROM says otherwise."""
        return Dataset() if names_graphs or self.config.default_graph != "union" else UNION

    def read(self, task: Task) -> Answer:
        answer = self._pool.read(task)
        _check(answer.head)
        return answer

    def write(self, task: Task) -> Reply:
        reply = self._pool.write(task)
        _check(reply)
        return reply

    def select(self, name: str, **terms: Argument) -> list[Row]:
        """The rows of the server's own query `name`, with its `$placeholders` replaced by terms.

        The last answers over the newest snapshot are kept.
        """
        return self.select_text(filled(name, terms))

    def select_text(self, text: str) -> list[Row]:
        """The rows of a query over the union of all graphs; kept like those of `select`."""
        snapshot = self.snapshot()
        found = self._kept.get(snapshot, text)
        if found is None:
            task = QueryTask(text=text, snapshot=snapshot, formats={"rows": "srj"}, dataset=UNION)
            found = Solutions.of(b"".join(self.read(task).pieces))
            self._kept.put(snapshot, text, found, len(found.rows) + 1)
        return found.rows

    def first_rows(self, text: str, most_rows: int) -> Solutions:
        """The first rows of a query, as clients put it; kept, too, unless they may be others the next time."""
        snapshot, key = self.snapshot(), (text, most_rows)
        found = self._kept.get(snapshot, key)
        if found is None:
            answer = self.query(text, {"rows": "srj", "boolean": "srj"}, most_rows=most_rows, snapshot=snapshot)
            found = Solutions.of(b"".join(answer.pieces))
            if not answer.volatile:
                self._kept.put(snapshot, key, found, len(found.rows) + 1)
        return found

    def counts(self) -> dict[str, int]:
        return self._pool.counts()

    def close(self) -> None:
        """End every process."""
        self._replicator.stop()
        self._pool.close()


def value(term: Mapping[str, str]) -> Value:
    text = term["value"]
    return Value(
        term["type"], text if isinstance(text, str) else json.dumps(text), term.get("xml:lang"), term.get("datatype")
    )


def _check(reply: Reply) -> None:
    if reply.kind == "error":
        raise AnswerError(reply.problem or "internal", reply.message)

"""The line itself: articles → extractions → quads → store → merged incidents → a published state.

Building is idempotent: an article that is in the store already, read by the same software, is passed over; a changed
one replaces its own statements; whatever a killed build left undone, the next one does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date

from pyoxigraph import NamedNode

from kgbuild import ids
from kgbuild.building.incidents import merge_pending
from kgbuild.building.preparing import Prepared, prepare
from kgbuild.building.provenance import current_run
from kgbuild.building.support import record_of
from kgbuild.building.workers import Refused, guarded, mapped
from kgbuild.building.writing import write_articles
from kgbuild.config import BuildConfig
from kgbuild.errors import InputError
from kgbuild.merging.records import is_rewritten, is_up_to_date, named_by_path, origin
from kgbuild.model import Article, Extraction, Run
from kgbuild.store import Store, value_of
from kgbuild.vocab import CKO, RDF

Extract = Callable[[Article], Extraction]
OnError = Callable[[InputError], None]

_CLASH = (
    "has the name of another article that the store holds with another text, read from {held}: {id!r}; "
    "read the folder that holds both, or give it another name"
)
_REWRITTEN = "{source}: quite another text than before; it takes the place of what was read from {held}"


@dataclass(slots=True)
class Progress:
    """How far a build is: counts of articles. `merged` are those whose reports were looked at for merging."""

    read: int = 0
    unchanged: int = 0
    written: int = 0
    refused: int = 0
    removed: int = 0
    merged: int = 0


@dataclass(slots=True, kw_only=True)
class Builder:
    """One build into one store.

    `make_extract` is called once in each process that extracts, and must be picklable (a class, a function of a
    module); `on_error` hears of every refused article, `on_notice` of what a person may want to know, `on_progress` of
    every step.
    """

    store: Store
    make_extract: Callable[[], Extract]
    config: BuildConfig
    run: Run = field(default_factory=current_run)
    on_error: OnError
    on_notice: Callable[[str], None] = lambda _: None
    on_progress: Callable[[Progress], None] = lambda _: None
    progress: Progress = field(default_factory=Progress)
    _seen: dict[str, tuple[str, str]] = field(default_factory=dict)

    def build(self, articles: Iterable[Article]) -> Progress:
        """Read articles into the store, merge what they report, publish. Raises StoreError."""
        preparer = Preparer(self.make_extract, self.config, self.run)
        batch: dict[str, Prepared] = {}
        for result in self._prepared(preparer, self._changed(articles)):
            if isinstance(result, Refused):
                self._refuse(InputError(result.source, result.reason))
                continue
            batch[result.graph] = result
            if len(batch) >= self.config.batch_size:
                self._write(batch)
        self._write(batch)
        self.finish()
        return self.progress

    def _prepared(self, preparer: Preparer, articles: Iterable[Article]) -> Iterator[Prepared | Refused]:
        if self.config.engine == "spark":
            from kgbuild.building.spark import mapped_on_spark

            return mapped_on_spark(preparer, articles)
        return mapped(preparer, articles, processes=self.config.processes)

    def remove(self, documents: Iterable[str]) -> Progress:
        """Take articles out of the store, by the IRIs of their documents, with all that only they support."""
        graphs: dict[str, None] = {}
        for document in documents:
            graph = self._graph_of(document)
            if graph is None:
                self._refuse(InputError(document, "the store holds no article of this IRI"))
            else:
                graphs[graph] = None
        if graphs:
            write_articles(self.store, (), graphs)
            self.progress.removed = len(graphs)
        self.finish()
        return self.progress

    def finish(self) -> None:
        """Merge what waits for it, and publish where anything changed, now or in a build that was cut short."""
        publish_merged(self.store, on_article=self._on_merged)

    def _changed(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The articles that the store does not hold as they are."""
        for article in articles:
            self.progress.read += 1
            self.on_progress(self.progress)
            graph = ids.graph_iri(self.config.base, article.id)
            before, rank = self._seen.get(graph), _rank(article)
            if before is not None and not self._supersedes(article, rank, before):
                continue
            self._seen[graph] = rank
            record = None if before is not None else record_of(self.store, graph)
            if record is None or self._replaces(record, article):
                yield article

    def _supersedes(self, article: Article, rank: tuple[str, str], before: tuple[str, str]) -> bool:
        """Of several articles with one id the one published last stays, whatever their order."""
        if rank == before:
            self.progress.unchanged += 1
            return False
        self._refuse(InputError(article.source, f'several articles have the id "{article.id}"; the latest one is kept'))
        return rank > before

    def _replaces(self, record: str, article: Article) -> bool:
        """Whether the article takes the place of the one with its id that the store holds, as `record` tells."""
        if is_up_to_date(record, article, self.run, store_text=self.config.store_text):
            self.progress.unchanged += 1
            return False
        if not is_rewritten(record, article):
            return True
        held = origin(record)
        if named_by_path(article) and held != article.source:
            self._refuse(InputError(article.source, _CLASH.format(held=held, id=article.id)))
            return False
        self.on_notice(_REWRITTEN.format(source=article.source, held=held))
        return True

    def _write(self, batch: dict[str, Prepared]) -> None:
        if batch:
            write_articles(self.store, list(batch.values()))
            self.progress.written += len(batch)
            batch.clear()
            self.on_progress(self.progress)

    def _graph_of(self, document: str) -> str | None:
        try:
            node = NamedNode(document)
        except ValueError:
            return None
        quad = next(self.store.quads(node, RDF.type, CKO.Document), None)
        return None if quad is None else value_of(quad.graph_name)

    def _refuse(self, error: InputError) -> None:
        self.progress.refused += 1
        self.on_error(error)

    def _on_merged(self) -> None:
        self.progress.merged += 1
        self.on_progress(self.progress)


def publish_merged(store: Store, *, on_article: Callable[[], None] | None = None) -> None:
    """Merge what waits for it, and publish where anything changed, now or in a run that was cut short."""
    merge_pending(store, on_article=on_article)
    if store.unfinished:
        store.publish()


@dataclass(frozen=True, slots=True)
class Preparer:
    """Makes, in a worker process, the function from an article to what the store will hold of it."""

    make_extract: Callable[[], Extract]
    config: BuildConfig
    run: Run

    def __call__(self) -> Callable[[Article], Prepared | Refused]:
        extract = self.make_extract()
        return guarded(lambda article: prepare(extract(article), config=self.config, run=self.run))


def _rank(article: Article) -> tuple[str, str]:
    content = json.dumps(asdict(article), default=str, sort_keys=True).encode("utf-8", "surrogatepass")
    return (article.published or date.min).isoformat(), hashlib.sha256(content).hexdigest()

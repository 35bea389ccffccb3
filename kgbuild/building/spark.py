"""Extraction on Apache Spark: the same function over the same articles, on as many machines as the cluster has.

Files are read and the store is written where the build was started; only what happens to one article alone runs on the
cluster, whose machines need this package and its data. Which cluster that is, Spark's own configuration says
(`spark-defaults.conf`, `PYSPARK_SUBMIT_ARGS`); without any it is all processors of this machine.
"""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from kgbuild.building.preparing import Prepared
from kgbuild.building.workers import Refused
from kgbuild.errors import KgbuildError, UsageError
from kgbuild.model import Article

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import SparkSession

_AT_ONCE = 2_000
"""Articles a job: so many are under way, and so many results wait to be written, at most."""

_ARTICLE = ", ".join(f"{column.name} string" for column in fields(Article))
_DAYS = ("published", "retrieved")
_RESULT = {"graph": "string", "own": "string", "shared": "array<string>", "source": "string", "reason": "string"}
"""The fields of `Prepared` and of `Refused`: one of the two is filled."""

Work = Callable[[Article], Prepared | Refused]


def mapped_on_spark(make: Callable[[], Work], articles: Iterable[Article]) -> Iterator[Prepared | Refused]:
    """Apply `make()` to each article, in order; `make` must be picklable.

    Raises UsageError where Spark is not installed, KgbuildError where it fails.
    """
    session = _session()
    pickled = pickle.dumps(make)
    columns = ", ".join(f"{name} {kind}" for name, kind in _RESULT.items())

    def work(batches: Iterator[RecordBatch]) -> Iterator[RecordBatch]:
        return _share(batches, pickled)

    from py4j.protocol import Py4JJavaError

    articles = iter(articles)
    try:
        while rows := [_row(article) for article in islice(articles, _AT_ONCE)]:
            with warnings.catch_warnings():
                # Spark wants pandas to be there for this, and an old one; it is not used.
                warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
                read = session.createDataFrame(rows, _ARTICLE, verifySchema=False).mapInArrow(work, columns)
            for row in read.toLocalIterator(prefetchPartitions=True):
                yield _result(row)
    except Py4JJavaError as error:
        reason = str(error.java_exception).strip().partition("\n")[0]
        raise KgbuildError(f"Spark gave up ({reason}); what is written stays: run the same command again") from error


def _session() -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError("--engine spark needs Apache Spark: pip install 'kgbuild[spark]', and Java 17") from error
    session = SparkSession.builder.appName("kgbuild").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _row(article: Article) -> tuple[str | None, ...]:
    return tuple(value.isoformat() if isinstance(value, date) else value for value in asdict(article).values())


def _share(batches: Iterator[RecordBatch], pickled: bytes) -> Iterator[RecordBatch]:
    """What a machine of the cluster does with its share of the articles."""
    from pyarrow import RecordBatch, list_, schema, string

    work = _made(pickled)
    columns = schema([(name, list_(string()) if name == "shared" else string()) for name in _RESULT])
    for batch in batches:
        yield RecordBatch.from_pylist([_fields(work(_article(row))) for row in batch.to_pylist()], columns)


@cache
def _made(pickled: bytes) -> Work:
    """The function, made once in each process, for Spark uses a process again for other shares."""
    make: Callable[[], Work] = pickle.loads(pickled)
    return make()


def _article(row: dict[str, Any]) -> Article:
    return Article(**{**row, **{name: date.fromisoformat(row[name]) for name in _DAYS if row[name]}})


def _fields(result: Prepared | Refused) -> dict[str, Any]:
    if isinstance(result, Refused):
        return {"source": result.source, "reason": result.reason}
    return {"graph": result.graph, "own": result.own, "shared": sorted(result.shared)}


def _result(row: Any) -> Prepared | Refused:
    if row["graph"] is None:
        return Refused(row["source"], row["reason"])
    return Prepared(row["graph"], row["own"], frozenset(row["shared"]))

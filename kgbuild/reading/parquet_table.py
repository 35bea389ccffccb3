"""`.parquet`: an article a row. pyarrow is an extra, loaded when the first such file is read."""

from __future__ import annotations

import io
from collections.abc import Iterator

from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading.record import FIELDS, article_of_record
from kgbuild.reading.source import MAX_DOCUMENT, Source, read_whole

_BATCH = 64


def read_parquet(source: Source) -> Iterator[Article | InputError]:
    """The articles of a table with a column `text`; rows count as lines from 1.

    Raises:
        InputError: pyarrow is not installed, the file is broken, or there is no column `text`.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        reason = "Parquet needs pyarrow, which is not installed: pip install 'kgbuild[parquet]'"
        raise InputError(source.path, reason) from error
    try:
        seekable = source.stream.seekable()  # the table of contents stands at the end
        table = parquet.ParquetFile(source.stream if seekable else io.BytesIO(read_whole(source, MAX_DOCUMENT)))
        columns = table.schema_arrow.names
        if "text" not in columns:
            raise InputError(source.path, f"no column `text`; the columns are {', '.join(columns)[:200]}")
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=[name for name in FIELDS if name in columns]):
            for record in batch.to_pylist():
                number += 1
                yield _article_of_row(source, record, number)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(source.path, f"broken Parquet: {error}; write or copy the file again") from error


def _article_of_row(source: Source, record: dict[str, object], number: int) -> Article | InputError:
    try:
        return article_of_record(record, source.path, number)
    except InputError as error:
        return error

"""Extraction over several processes: results in input order, a bounded number of articles under way."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import Any, TypeVar

from kgbuild.errors import InputError, KgbuildError, UsageError
from kgbuild.model import Article

_In = TypeVar("_In")
_Out = TypeVar("_Out")

_UNDER_WAY_PER_PROCESS = 8
_LONGEST_REASON = 200
_FEW = 8
"""So few items are done in this process: starting others would take longer."""

_work: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """An article that could not be read, as it comes back from a worker process."""

    source: str
    reason: str


def guarded(work: Callable[[Article], _Out]) -> Callable[[Article], _Out | Refused]:
    """`work` that gives a refusal where it fails: one article that trips it must not end the work on thousands."""

    def attempt(article: Article) -> _Out | Refused:
        try:
            return work(article)
        except InputError as error:
            return Refused(error.source, error.reason)
        except UsageError:  # what was asked for cannot be done with any article
            raise
        except Exception as error:
            first_line = str(error).strip().partition("\n")[0][:_LONGEST_REASON]
            return Refused(article.source, f"cannot be read ({type(error).__name__}: {first_line})")

    return attempt


def mapped(
    make: Callable[[], Callable[[_In], _Out]], items: Iterable[_In], *, processes: int
) -> Generator[_Out, None, None]:
    """Apply `make()` to each item, in order; each process calls `make` once. `make` must be picklable.

    Raises KgbuildError where a process dies.
    """
    items = iter(items)
    first = list(islice(items, _FEW + 1))
    if processes <= 1 or len(first) <= _FEW:
        yield from map(make(), chain(first, items))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(make,)) as pool:
        try:
            yield from _in_order(pool, chain(first, items), processes * _UNDER_WAY_PER_PROCESS)
        except BrokenProcessPool as error:
            raise KgbuildError(
                "a worker process ended unexpectedly (out of memory?); what is written stays: "
                "run the same command again, with fewer --jobs"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, items: Iterable[_In], limit: int) -> Iterator[_Out]:
    under_way: deque[Future[_Out]] = deque()
    for item in items:
        under_way.append(pool.submit(_one, item))
        if len(under_way) >= limit:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _one(item: Any) -> Any:
    assert _work is not None
    return _work(item)


def _begin(make: Callable[[], Callable[[Any], Any]]) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends us in order
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = make()


def _end_with_parent() -> None:
    """A parent that is killed cannot tell us; its queue would keep us waiting for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)

"""How fast articles are read: .venv/bin/python .ci/speed.py ARTICLES...

Prints processor time by component, articles a second for entities alone and for everything, and how the time grows with
the length of one article that is put together of all their lines. Processor time of one process; other work on the
machine still slows it down.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from kgbuild.assembly.cues import cues_for
from kgbuild.assembly.reports import Assembler
from kgbuild.config import DEFAULT_BASE
from kgbuild.extract import load_pipeline
from kgbuild.model import Article
from kgbuild.reading import read_paths

_ENTITIES = ("tokens", "segments", "entities", "linking")
_MENU = 12
"""Words up to which a line may be a menu or an ending, after which nothing more would be read."""
_Result = TypeVar("_Result")


def main(paths: Sequence[str]) -> None:
    """Measure and print."""
    articles = [a for a in read_paths(paths, on_error=print) if a.language == "ar"]
    _read(articles[0], defaultdict(float))  # the lexicons are loaded
    times: dict[str, float] = defaultdict(float)
    for article in articles:
        _read(article, times)
    for name, seconds in sorted(times.items(), key=lambda item: -item[1]):
        print(f"{name:12} {seconds / len(articles) * 1000:6.2f} ms an article")
    entities, everything = sum(times[name] for name in _ENTITIES), sum(times.values())
    print(f"entities alone {len(articles) / entities:.0f} articles/s, everything {len(articles) / everything:.0f}")
    _grow(articles)


def _grow(articles: Sequence[Article]) -> None:
    lines = [line for a in articles for line in a.text.split("\n") if len(line.split()) > _MENU]
    first = 0.0
    for share in (16, 8, 4, 2):
        text = "\n".join(lines[: len(lines) // share])
        times: dict[str, float] = defaultdict(float)
        _read(replace(articles[0], text=text, title=None), times)
        seconds = sum(times.values())
        first = first or seconds / len(text)
        growth = seconds / len(text) / first
        print(f"{len(text):9,} characters in one article: {seconds:6.2f} s, {growth:.2f} times as long each")


def _read(article: Article, times: dict[str, float]) -> None:
    nlp = load_pipeline("ar", DEFAULT_BASE)
    doc = _timed(times, "tokens", lambda: nlp.make_doc(article.text))
    doc._.article = article
    for name, component in nlp.pipeline:
        doc = _timed(times, name, lambda: component(doc))  # noqa: B023 - called at once
    _timed(times, "assembly", Assembler(doc, cues_for(nlp), DEFAULT_BASE).reports)


def _timed(times: dict[str, float], name: str, work: Callable[[], _Result]) -> _Result:
    began = time.process_time()
    result = work()
    times[name] += time.process_time() - began
    return result


if __name__ == "__main__":
    main(sys.argv[1:])

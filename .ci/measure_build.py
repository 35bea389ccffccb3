"""Builds a store out of articles and prints, every so many of them, what that took.

    measure_build.py ARTICLES STORE [--every 10000] [--jobs 2] [--limit N] [--add-one]

STORE must not be there yet. A line for each stretch of reading and of merging: clock and processor time an article, the
latter for the process that writes and merges (with its threads, which keep the database in order) and for those that
read, and the most memory that the writing process has held. At the end a line for everything. With --add-one another
article is then added in a process of its own: what it costs to add to what is there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from kgbuild.build import Builder, Progress
from kgbuild.config import BuildConfig
from kgbuild.errors import InputError
from kgbuild.extract import Extractor
from kgbuild.reading import read_paths
from kgbuild.store import open_store

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds so far: on the clock, of the processor in this process, and in its children, running or ended."""

    clock: float
    writing: float
    reading: float

    @classmethod
    def now(cls) -> Spent:
        times = os.times()
        running = sum(map(_processor_seconds, _children()))
        return cls(time.monotonic(), times.user + times.system, running + times.children_user + times.children_system)

    def since(self, before: Spent, articles: int) -> str:
        parts = (
            ("clock", self.clock - before.clock),
            ("writing and merging", self.writing - before.writing),
            ("reading", self.reading - before.reading),
        )
        return ", ".join(f"{name} {seconds / articles * 1000:.1f} ms" for name, seconds in parts)


@dataclass(slots=True)
class Log:
    """Prints a line whenever another `every` articles are read or merged."""

    every: int
    begun: Spent = field(default_factory=Spent.now)
    last: Spent = field(default_factory=Spent.now)
    done: dict[str, int] = field(default_factory=lambda: {"written": 0, "merged": 0})

    def __call__(self, progress: Progress) -> None:
        for step, before in self.done.items():
            count = getattr(progress, step)
            if count - before >= self.every:
                now = Spent.now()
                print(f"{step} {count}: {now.since(self.last, count - before)}, most memory {_memory()} MB", flush=True)
                self.done[step], self.last = count, now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("store", type=Path)
    parser.add_argument("--every", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--add-one", action="store_true")
    arguments = parser.parse_args()
    log = Log(arguments.every)
    with open_store(arguments.store) as store:
        config = BuildConfig(base=store.base, processes=arguments.jobs)
        builder = Builder(
            store=store, make_extract=partial(Extractor, config.base), config=config, on_error=_refuse, on_progress=log
        )
        articles = read_paths([arguments.articles], on_error=_refuse)
        progress = builder.build(islice(articles, arguments.limit))
    disk = sum(path.stat().st_size for path in (arguments.store / "data").iterdir()) >> 20
    spent = Spent.now().since(log.begun, progress.read)
    print(f"all {progress.read}: {spent}, most memory {_memory()} MB, on disk {disk} MB", flush=True)
    if arguments.add_one:
        _add_one(arguments.store)


def _add_one(store: Path) -> None:
    """A report of a strike in the middle of the generated days, so that it has others to be compared with."""
    text = "قتل 7 مدنيين وأصيب 9 آخرون في غارة جوية شنها التحالف الدولي على بلدة منبج يوم 15 آذار 2014."
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as article:
        article.write(text)
        article.flush()
        before = Spent.now()
        command = [sys.executable, "-m", "kgbuild", "build", article.name, "--published", "2014-03-16"]
        subprocess.run([*command, "--store", str(store)], check=True)
    print(f"one more: {Spent.now().since(before, 1)}")


def _refuse(error: InputError) -> None:
    print(error, file=sys.stderr)


def _memory() -> int:
    """The most memory that this process has held, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def _processor_seconds(process: str) -> float:
    """What a running process has used; nothing where it has ended since."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


if __name__ == "__main__":
    main()

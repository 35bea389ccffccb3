"""What a person sees of long work, on stderr: a moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kgbuild.errors import InputError

_SECONDS_BETWEEN_LINES = 10.0
_SECONDS_BETWEEN_UPDATES = 0.1


class Reporter:
    """Shows progress and refusals; `refused` counts these."""

    def __init__(self) -> None:
        self.refused = 0
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._moving: Progress | None = None
        self._next = 0.0

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._moving = Progress(*columns, console=self._console, transient=True)
            self._moving.add_task("starting")
            self._moving.start()
        self._next = time.monotonic() + (0 if self._moving else _SECONDS_BETWEEN_LINES)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._moving is not None:
            self._moving.stop()
            self._moving = None

    def due(self) -> bool:
        """Whether it is time to show progress again; cheap, to be asked at each step."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + (_SECONDS_BETWEEN_UPDATES if self._moving else _SECONDS_BETWEEN_LINES)
        return True

    def show(self, text: str) -> None:
        """Show how far the work is."""
        if self._moving is not None:
            self._moving.update(self._moving.task_ids[0], description=text)
        else:
            self.say(text)

    def say(self, text: str) -> None:
        """A line that stays."""
        if self._moving is not None:
            self._console.print(text, markup=False)
        else:
            click.echo(text, err=True)

    def refuse(self, error: InputError) -> None:
        """Tell of input that was refused."""
        self.refused += 1
        self.say(f"refused: {error}")

    def status(self, done: int) -> int:
        """The exit status after `done` articles were read."""
        return (1 if self.refused else 0) if done else 2

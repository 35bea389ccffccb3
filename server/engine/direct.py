"""Lookups that are answered in the server's own process: each is one walk over the statements of one subject.

Nothing else may run here, for a query cannot be stopped: only a single pattern whose subject is an IRI, and DESCRIBE of
one IRI, take time in proportion to what they return. They are most of what linked data asks.
"""

from __future__ import annotations

import re
import threading

from pyoxigraph import Store

from server.engine.answering import evaluate
from server.engine.folder import Opened, OpenSnapshot
from server.engine.tasks import QueryTask, Reply

LONGEST = 2000

_NAME = r"(?:[A-Za-z][\w-]*)?:[A-Za-z0-9_][\w-]*"
_IRI = rf"(?:<[^<>\"{{}}|^`\\\s]*>|{_NAME})"
_VARIABLE = r"[?$]\w+"
_PATTERN = rf"{_IRI}\s+(?:{_VARIABLE}|{_IRI}|a)\s+(?:{_VARIABLE}|{_IRI})\s*\.?"
_LOOKUP = re.compile(
    rf"""\s*(?:PREFIX\s+(?:[A-Za-z][\w-]*)?:\s*<[^<>\s]*>\s*)*
    (?:
      SELECT\s+(?:DISTINCT\s+)?(?:\*|{_VARIABLE}(?:\s+{_VARIABLE})*)\s*(?:WHERE\s*)?
        \{{\s*(?:{_PATTERN}|GRAPH\s+(?:{_IRI}|{_VARIABLE})\s*\{{\s*{_PATTERN}\s*\}})\s*\}}\s*(?:LIMIT\s+\d+\s*)?
    | ASK\s*(?:WHERE\s*)?\{{\s*{_PATTERN}\s*\}}\s*
    | DESCRIBE\s+{_IRI}\s*(?:FROM\s+{_IRI}\s*)*
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def is_lookup(text: str) -> bool:
    """Whether the query is one walk over the statements of one subject, and so safe to run unsupervised."""
    return len(text) <= LONGEST and _LOOKUP.fullmatch(text) is not None


class DirectReader:
    """Answers lookups from the newest snapshot on disk. Thread-safe."""

    def __init__(self, store: str) -> None:
        self._snapshot = OpenSnapshot(store, None)
        self._lock = threading.Lock()
        self._opened = Opened(0, Store())

    def answer(self, task: QueryTask) -> Reply | None:
        """The answer, or None where the workers should give it, be it only to say what is wrong."""
        opened = self._opened
        if opened.number < task.snapshot:
            with self._lock:
                opened = self._opened = self._snapshot.at_least(task.snapshot)
        try:
            kind, extension, body = evaluate(opened.database, task)
        except (SyntaxError, RuntimeError, ValueError, OSError):
            return None
        return Reply(kind=kind, format=extension, body=body, snapshot=opened.number)

"""Whether a snapshot keeps the shapes of the ontology, as a process: python -m server.catalogue.check STORE"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from kgbuild.errors import StoreError
from kgbuild.store import open_snapshot
from kgbuild.validation.shapes import shipped
from kgbuild.validation.violation import Violation
from server.child_processes import run_module

NICENESS = 10
MOST_KINDS = 20
LONGEST_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that is broken: how often, and one thing that breaks it."""

    messages: Mapping[str, str]
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Violations of the shapes in a snapshot; `broken` lists the most frequent kinds."""

    violations: int
    broken: tuple[Broken, ...]


def main() -> None:
    """Print the outcome as JSON."""
    os.nice(NICENESS)
    counts: Counter[str] = Counter()
    first: dict[str, Violation] = {}
    with open_snapshot(sys.argv[1]) as snapshot:
        for violation in shipped().violations(snapshot.quads()):
            counts[violation.shape] += 1
            first.setdefault(violation.shape, violation)
    broken = [
        asdict(Broken(first[shape].messages, n, first[shape].focus)) for shape, n in counts.most_common(MOST_KINDS)
    ]
    json.dump({"violations": counts.total(), "broken": broken}, sys.stdout)


def check(store: str) -> Checked:
    """Run the check as a process of low priority; StoreError where it fails."""
    done = run_module("server.catalogue.check", store, timeout=LONGEST_SECONDS)
    if done.returncode:
        raise StoreError(f"{store}: it could not be checked: {done.stderr.strip()[-500:]}")
    found = json.loads(done.stdout)
    return Checked(found["violations"], tuple(Broken(**kind) for kind in found["broken"]))


if __name__ == "__main__":
    main()

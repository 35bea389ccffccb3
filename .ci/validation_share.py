"""How much of a build's processor time the check against the shapes takes: .ci/validation_share.py PATH...

Builds the articles into a temporary store in one process, and times the check of each article within it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable

from pyoxigraph import Quad, Triple

from kgbuild.build import Builder
from kgbuild.config import BuildConfig
from kgbuild.errors import InputError
from kgbuild.extract import Extractor
from kgbuild.reading import read_paths
from kgbuild.store import open_store
from kgbuild.validation.shapes import Shapes
from kgbuild.validation.violation import Violation


class Watch:
    """Seconds and statements of all checks."""

    def __init__(self) -> None:
        self.seconds, self.statements = 0.0, 0
        self._check = Shapes.violations

    def violations(self, shapes: Shapes, statements: Iterable[Quad | Triple]) -> list[Violation]:
        quads = list(statements)
        start = time.process_time()
        found = self._check(shapes, quads)
        self.seconds += time.process_time() - start
        self.statements += len(quads)
        return found


def main(paths: list[str]) -> None:
    watch = Watch()
    Shapes.violations = lambda self, statements: watch.violations(self, statements)  # type: ignore[method-assign]

    def refused(error: InputError) -> None:
        print(error, file=sys.stderr)

    articles = list(read_paths(paths, on_error=refused))
    Extractor()(articles[0])  # loads lists and models, which a build of any size does once
    with tempfile.TemporaryDirectory() as folder, open_store(folder) as store:
        start = time.process_time()
        config = BuildConfig(base=store.base, processes=1)
        Builder(store=store, make_extract=Extractor, config=config, on_error=refused).build(articles)
        whole = time.process_time() - start
    print(f"{len(articles)} articles, {watch.statements} statements checked")
    print(f"build {whole:.1f} s of processor time, checks {watch.seconds:.2f} s: {watch.seconds / whole:.1%}")


if __name__ == "__main__":
    main(sys.argv[1:])

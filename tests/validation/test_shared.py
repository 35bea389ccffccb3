"""A build of reference material beside the checkout conforms by pySHACL, merged incidents and links included.

All of that material takes pySHACL minutes (docs/benchmarks.md); here are the articles and some of the posts.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from kgbuild.build import Builder
from kgbuild.config import BuildConfig
from kgbuild.extract import Extractor
from kgbuild.reading import read_paths
from kgbuild.store import open_snapshot, open_store
from kgbuild.validation.report import validate
from kgbuild.vocab import CKO, RDF

_SHARED = Path(__file__).parent.parent.parent.parent / "shared"
_POSTS = 15


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not _SHARED.is_dir(), reason="no reference material beside the checkout")
def test_a_build_conforms(tmp_path: Path) -> None:
    def refused(error: Exception) -> None:
        raise error

    articles = [*read_paths([_SHARED / "articles"], on_error=refused)]
    articles += islice(read_paths([_SHARED / "airwars" / "dev.jsonl"], on_error=refused), _POSTS)
    with open_store(tmp_path / "store") as store:
        config = BuildConfig(base=store.base, processes=1)
        Builder(store=store, make_extract=Extractor, config=config, on_error=refused).build(articles)
    with open_snapshot(tmp_path / "store") as snapshot:
        assert next(snapshot.quads(None, RDF.type, CKO.ReportLink), None) is not None
        assert validate(snapshot.quads()).text() == ""

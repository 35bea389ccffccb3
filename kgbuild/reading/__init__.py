"""Files of many formats → `Article`.

`read_paths` is the way in. The formats stand in one table, `kgbuild.reading.formats`; each reader is one module and
one function of the type `kgbuild.reading.source.ArticleReader`.
"""

from __future__ import annotations

from kgbuild.reading.paths import read_paths

__all__ = ["read_paths"]

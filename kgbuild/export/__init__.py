"""What a store publishes, as files for other programs.

A format is one function of the type `Exporter` and one line in `kgbuild.export.formats.FORMATS`.
"""

from __future__ import annotations

from kgbuild.export.formats import FORMATS, export

__all__ = ["FORMATS", "export"]

"""The formats of `kgbuild export`, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

from kgbuild.errors import UsageError
from kgbuild.export import jsonl, whole
from kgbuild.export.graphml import graphml
from kgbuild.export.output import written
from kgbuild.export.tables import acled_csv, airwars_csv, geojson, incident_csv, parquet, ucdp_csv
from kgbuild.export.wikibase import quickstatements, wikibase_json, wikibase_rdf, wikibase_truthy
from kgbuild.store import Reader

Exporter = Callable[[Reader, IO[bytes]], None]
"""Writes the state of a store to an open file, in memory that does not grow with the store."""

FORMATS: Mapping[str, Exporter] = MappingProxyType(
    {
        "nquads": whole.nquads,
        "trig": whole.trig,
        "turtle": whole.turtle,
        "jsonld": whole.jsonld,
        "jsonl": jsonl.jsonl,
        "wikibase-json": wikibase_json,
        "wikibase-rdf": wikibase_rdf,
        "wikibase-truthy": wikibase_truthy,
        "quickstatements": quickstatements,
        "csv": incident_csv,
        "acled-csv": acled_csv,
        "ucdp-csv": ucdp_csv,
        "airwars-csv": airwars_csv,
        "geojson": geojson,
        "graphml": graphml,
        "parquet": parquet,
    }
)


def export(reader: Reader, name: str, out: Path) -> str:
    """Write a format into `out`, compressed if its name says so, and a `.sha256` beside it; the SHA-256 of the file.

    Both appear when they are complete. UsageError for an unknown format or an unwritable place.
    """
    if name not in FORMATS:
        raise UsageError(f"there is no format {name}; choose {', '.join(FORMATS)}")
    with written(out) as output:
        FORMATS[name](reader, output.file)
    return output.sha256

"""Incidents as rows and as features on a map: for spreadsheets, data frames, and those who know other codebooks."""

from __future__ import annotations

from kgbuild.export.tables.acled import acled_csv
from kgbuild.export.tables.airwars import airwars_csv
from kgbuild.export.tables.geojson import geojson
from kgbuild.export.tables.incidents import incident_csv
from kgbuild.export.tables.parquet import parquet
from kgbuild.export.tables.ucdp import ucdp_csv

__all__ = ["acled_csv", "airwars_csv", "geojson", "incident_csv", "parquet", "ucdp_csv"]

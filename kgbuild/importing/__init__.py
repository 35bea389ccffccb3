"""What a Wikibase JSON dump, Wikidata's own or one of ours, adds to a store and to the user's gazetteer."""

from __future__ import annotations

from kgbuild.importing.dump import OWN_ITEMS, DumpItem, read_dump
from kgbuild.importing.enriching import Enriched, enrich, known_items
from kgbuild.importing.settlements import settlements

__all__ = ["OWN_ITEMS", "DumpItem", "Enriched", "enrich", "known_items", "read_dump", "settlements"]

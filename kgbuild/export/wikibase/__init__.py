"""The graph as Wikidata would hold it: items with ranked, qualified and referenced statements.

`view` makes entities of `model` out of a store, one after the other; each dump format is a writer over them.
"""

from __future__ import annotations

from kgbuild.export.wikibase.dump_json import wikibase_json
from kgbuild.export.wikibase.full_rdf import wikibase_rdf
from kgbuild.export.wikibase.quickstatements import quickstatements
from kgbuild.export.wikibase.truthy import wikibase_truthy

__all__ = ["quickstatements", "wikibase_json", "wikibase_rdf", "wikibase_truthy"]

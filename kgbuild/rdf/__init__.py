"""Extractions and merged incidents as RDF, and back."""

from __future__ import annotations

from kgbuild.rdf.article import extraction_quads, run_iri
from kgbuild.rdf.incident import incident_label, incident_quads
from kgbuild.rdf.reading import extraction_from_quads

__all__ = ["extraction_from_quads", "extraction_quads", "incident_label", "incident_quads", "run_iri"]

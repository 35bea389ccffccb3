"""Extractions and merged incidents as RDF."""

from __future__ import annotations

from kgbuild.rdf.article import extraction_quads, run_iri
from kgbuild.rdf.incident import incident_label, incident_quads

__all__ = ["extraction_quads", "incident_label", "incident_quads", "run_iri"]

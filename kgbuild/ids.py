"""Deterministic IRIs: the same input gives the same IRI on any machine and in any order."""

from __future__ import annotations

import hashlib
import re

_SAFE = re.compile(r"[^A-Za-z0-9]+")
_UNKNOWN = re.compile(r"/entity/[0-9a-f]{20}$")


def digest(*parts: str) -> str:
    """Twenty hexadecimal digits (80 bits) over `parts`, which may hold any text but U+001F."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:20]


def document_iri(base: str, document_id: str) -> str:
    return f"{base}document/{digest(document_id)}"


def graph_iri(base: str, document_id: str) -> str:
    """The named graph that holds what this article says."""
    return f"{base}graph/{digest(document_id)}"


def graph_of_document(base: str, document: str) -> str:
    """The named graph of the article whose document IRI this is."""
    return f"{base}graph/{document.rsplit('/', 1)[-1]}"


def incidents_graph_iri(base: str) -> str:
    """The named graph of the roll-ups over all reports."""
    return f"{base}graph/incidents"


def decisions_graph_iri(base: str) -> str:
    """The named graph of what people decided on merging."""
    return f"{base}graph/decisions"


def decision_iri(base: str, first: str, second: str) -> str:
    """The decision on two reports, given in sorted order: there is one at most."""
    return f"{base}decision/{digest(first, second)}"


def entities_graph_iri(base: str) -> str:
    """The named graph of what articles share: entities, relations between them, runs."""
    return f"{base}graph/entities"


def report_iri(base: str, document_id: str, evidence_start: int) -> str:
    return f"{base}report/{digest(document_id, str(evidence_start))}"


def incident_iri(base: str, report: str) -> str:
    """The would-be incident of a report; a merged incident bears that of its first report."""
    return f"{base}incident/{report.rsplit('/', 1)[-1]}"


def known_entity_iri(base: str, key: str) -> str:
    """An entity of the curated actors or a gazetteer: `key` such as `isis` or `geonames-172955`."""
    return f"{base}entity/{_SAFE.sub('-', key).strip('-').lower()}"


def unknown_entity_iri(base: str, cls: str, folded_name: str, container: str) -> str:
    """An entity that no list holds: `container` is the IRI of the place that holds it, or empty."""
    return f"{base}entity/{digest(cls, folded_name, container)}"


def is_unknown_entity(iri: str) -> bool:
    """Whether it is the IRI of an entity that no list holds."""
    return _UNKNOWN.search(iri) is not None

"""Every format the server writes or reads, in one table, and the choice among them by Accept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

LONGEST_KEPT = 1000
"""Characters of an Accept header whose meaning is remembered."""


@dataclass(frozen=True, slots=True)
class Format:
    """`extension` is the engine's name of it and the suffix in URLs; `media_type` comes first in negotiation."""

    extension: str
    media_type: str
    label: str
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    charset: bool = False

    @property
    def content_type(self) -> str:
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


RESULTS = (
    Format(
        "srj",
        "application/sparql-results+json",
        "JSON",
        ("application/json", "text/json"),
        ("json",),
    ),
    Format("srx", "application/sparql-results+xml", "XML", ("application/xml", "text/xml"), ("xml",)),
    Format("csv", "text/csv", "CSV", charset=True),
    Format("tsv", "text/tab-separated-values", "TSV", charset=True),
)
"""Formats of the answers to SELECT and ASK."""

GRAPHS = (
    Format("ttl", "text/turtle", "Turtle", ("application/x-turtle",), ("turtle",), charset=True),
    Format("nt", "application/n-triples", "N-Triples", ("text/plain",), ("ntriples", "n-triples")),
    Format("rdf", "application/rdf+xml", "RDF/XML", ("application/xml", "text/xml"), ("xml", "rdfxml", "rdf+xml")),
    Format("jsonld", "application/ld+json", "JSON-LD", ("application/json",), ("json", "json-ld")),
    Format("trig", "application/trig", "TriG", ("application/x-trig",)),
    Format("nq", "application/n-quads", "N-Quads", (), ("nquads", "n-quads")),
    Format("n3", "text/n3", "Notation3", charset=True),
)
"""Formats of graphs: the answers to CONSTRUCT and DESCRIBE, pages as data, the graph store."""

HTML = Format("html", "text/html", "HTML", ("application/xhtml+xml",), charset=True)


def by_extension(formats: Iterable[Format], name: str) -> Format | None:
    """The format of an extension or of another short name, as in `?format=`."""
    name = name.lower()
    return next((f for f in formats if name in (f.extension, f.media_type, *f.names)), None)


def names_of(formats: Iterable[Format]) -> str:
    """What can be asked for, to tell who asked for something else."""
    return ", ".join(dict.fromkeys(form.extension for form in formats))


def by_media_type(formats: Iterable[Format], media_type: str) -> Format | None:
    """The format of a media type, without its parameters."""
    name = media_type.partition(";")[0].strip().lower()
    return next((f for f in formats if name == f.media_type), None) or next(
        (f for f in formats if name in f.aliases), None
    )


def negotiate(accept: str, formats: tuple[Format, ...]) -> Format | None:
    """The format a client likes best, None if it takes none of them; the order of `formats` breaks ties.

    https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
    """
    return _liked(accept, formats) if len(accept) <= LONGEST_KEPT else _liked.__wrapped__(accept, formats)


@lru_cache(maxsize=1024)
def _liked(accept: str, formats: tuple[Format, ...]) -> Format | None:
    if not accept.strip():
        return formats[0]
    wanted = MIMEAccept((value.partition(";")[0], quality) for value, quality in parse_accept_header(accept))
    ranked = [f.media_type for f in formats] + [alias for f in formats for alias in f.aliases]
    best = wanted.best_match(ranked)
    return by_media_type(formats, best) if best else None

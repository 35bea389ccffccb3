"""The whole store in the formats of RDF."""

from __future__ import annotations

from typing import IO

from pyoxigraph import RdfFormat

from kgbuild.store import Reader
from kgbuild.vocab import PREFIXES


def nquads(reader: Reader, output: IO[bytes]) -> None:
    """N-Quads; the order is the engine's."""
    reader.dump(output, RdfFormat.N_QUADS)


def trig(reader: Reader, output: IO[bytes]) -> None:
    """TriG, with the graphs."""
    reader.dump(output, RdfFormat.TRIG, prefixes=PREFIXES)


def turtle(reader: Reader, output: IO[bytes]) -> None:
    """Turtle: the triples of all graphs together."""
    reader.dump(output, RdfFormat.TURTLE, prefixes=PREFIXES)


def jsonld(reader: Reader, output: IO[bytes]) -> None:
    """JSON-LD 1.0, expanded, with the graphs."""
    reader.dump(output, RdfFormat.JSON_LD)

"""Values as terms of N-Triples, in exactly the lexical forms of Wikidata's dumps: a store would write "+27" as 27."""

from __future__ import annotations

from kgbuild.export.wikibase.model import ENTITY, Coordinate, ItemId, Quantity, Text, Time, Value
from kgbuild.vocab import GEO, XSD

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_FORBIDDEN = {ord(c): f"%{ord(c):02X}" for c in '<>"{}|^`\\ ' + "".join(map(chr, range(0x20)))}


def iri(value: str) -> str:
    """An IRI in brackets; characters that cannot stand in one are percent-encoded."""
    return f"<{value.translate(_FORBIDDEN)}>"


def literal(words: str, *, language: str | None = None, datatype: str | None = None) -> str:
    """A literal; plain without `language` and `datatype`."""
    quoted = f'"{words.translate(_ESCAPES)}"'
    if language is not None:
        return f"{quoted}@{language}"
    return quoted if datatype is None else f"{quoted}^^<{datatype}>"


def simple(value: Value, datatype: str) -> str:
    """The value as `wdt:`, `ps:`, `pq:` and `pr:` have it; `datatype` is the property's."""
    match value:
        case ItemId():
            return f"<{ENTITY}{value}>"
        case Quantity(amount):
            return decimal(amount)
        case Time():
            return moment(value)
        case Coordinate(latitude, longitude):
            return literal(f"Point({longitude!r} {latitude!r})", datatype=GEO.wktLiteral.value)
        case Text(text, language):
            return literal(text, language=language)
    return iri(value) if datatype == "url" else literal(value)


def decimal(amount: str) -> str:
    """A number with its sign."""
    return literal(f"+{amount}", datatype=XSD.decimal.value)


def moment(time: Time) -> str:
    """A time; what its precision leaves open is 1, since RDF has no month 0."""
    day = f"{time.year:04}-{time.month or 1:02}-{time.day or 1:02}"
    return literal(f"{day}T00:00:00Z", datatype=XSD.dateTime.value)

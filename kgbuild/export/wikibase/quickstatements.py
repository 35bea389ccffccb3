"""`quickstatements`: commands that add to Wikidata what an editor may add, format V1.

https://www.wikidata.org/wiki/Help:QuickStatements#Command_sequence_syntax

What is left out, for a command tells neither rank nor who is blamed by whom:
- incidents whose class no article tells in its own voice, or whose class Wikidata does not have;
- new items for anything but incidents;
- statements of deprecated rank, and those without a reference that others can look up (address, or title and day);
- accusations, as all else for which Wikidata has no property;
- statements whose value or a qualifier is an item that Wikidata does not have: without it they would say other things;
- all statements of a property whose preferred one is left out: the others alone would give a false picture.
Of a reference the parts that Wikidata can take stay. What is only alleged says so by "sourcing circumstances".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from kgbuild.export.wikibase.model import (
    Coordinate,
    Entity,
    ItemId,
    Quantity,
    Reference,
    Snak,
    Statement,
    Text,
    Time,
    best,
)
from kgbuild.export.wikibase.numbers import FIRST
from kgbuild.export.wikibase.properties import OWN, properties
from kgbuild.export.wikibase.view import wikibase_view
from kgbuild.store import Reader

_NEW = "LAST"
_OF_REFERENCES = ("reference-url", "title", "publication-date", "retrieved", "quote", "circumstances")
_LOOKED_UP = ({"reference-url"}, {"title", "publication-date"})


def quickstatements(reader: Reader, output: IO[bytes]) -> None:
    """Commands for new items of incidents, and for relations of items that Wikidata has."""
    with wikibase_view(reader) as view:
        for entity in view.entities():
            lines = "".join("\t".join(line) + "\n" for line in commands(entity))
            output.write(lines.encode("utf-8", "backslashreplace"))


def commands(entity: Entity) -> Iterator[tuple[str, ...]]:
    """The fields of the commands for one entity; none where there is nothing that an editor may add."""
    if entity.datatype is not None:
        return
    found = [s for statements in entity.statements.values() for s in _addable(statements)]
    if int(entity.id[1:]) < FIRST:
        yield from (_command(entity.id, s) for s in found)
    elif _is_told_incident(entity):
        yield ("CREATE",)
        for prefix, texts in (("L", entity.labels), ("D", entity.descriptions)):
            for language, words in texts.items():
                yield _NEW, f"{prefix}{language}", _quoted(words)
        yield from (_command(_NEW, s) for s in found)


def _is_told_incident(entity: Entity) -> bool:
    """Whether this is an incident whose class some article tells in its own voice, and Wikidata has."""
    if properties()["status"] not in entity.statements:
        return False
    kinds = entity.statements.get(properties()["instance-of"], ())
    unsure = properties()["circumstances"]
    return any(all(part.property is not unsure for part in s.qualifiers) for s in best(_addable(kinds)))


def _addable(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Of the statements of one property those that may be added."""
    found = tuple(s for s in statements if _may_be_added(s))
    preferred = {s.id for s in statements if s.rank == "preferred"}
    return found if preferred <= {s.id for s in found} else ()


def _may_be_added(statement: Statement) -> bool:
    parts = (statement.snak, *statement.qualifiers)
    sourced = any(_sources(reference) for reference in statement.references)
    return statement.rank != "deprecated" and sourced and all(map(_is_known, parts))


def _is_known(part: Snak) -> bool:
    """Whether Wikidata has the property, and the item that is its value."""
    is_new = isinstance(part.value, ItemId) and part.value.number >= FIRST
    return part.property.number < OWN and not is_new


def _command(subject: str, statement: Statement) -> tuple[str, ...]:
    fields = [subject, statement.snak.property.id, _value(statement.snak)]
    for part in statement.qualifiers:
        fields += [part.property.id, _value(part)]
    for reference in statement.references:
        # A source field with "!" begins another reference.
        for number, part in enumerate(_sources(reference)):
            begins = "!" if number == 0 and reference is not statement.references[0] else ""
            fields += [f"{begins}S{part.property.number}", _value(part)]
    return tuple(fields)


def _sources(reference: Reference) -> list[Snak]:
    """The parts of a reference that Wikidata can take; none where nobody could look it up."""
    parts = [p for p in reference.snaks if p.property.key in _OF_REFERENCES and _is_known(p)]
    named = {part.property.key for part in parts}
    return parts if any(needed <= named for needed in _LOOKED_UP) else []


def _value(part: Snak) -> str:
    match part.value:
        case None:
            return "somevalue"
        case ItemId():
            return str(part.value)
        case Quantity(amount, lower, upper):
            return amount if lower is None else f"{amount}[{lower},{upper}]"
        case Time(year, month, day, precision):
            return f"+{year:04}-{month:02}-{day:02}T00:00:00Z/{precision}"
        case Coordinate(latitude, longitude):
            return f"@{latitude}/{longitude}"
        case Text(text, language):
            return f"{language}:{_quoted(text)}"
        case str(text):
            return _quoted(text)


def _quoted(text: str) -> str:
    """Text in quotation marks. A vertical bar could be taken for the end of a field."""
    return f'"{text.replace("|", "/")}"'

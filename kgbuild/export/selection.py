"""Which of the incidents a part of the store is to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kgbuild.errors import UsageError
from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Event
from kgbuild.store import Reader, value_of
from kgbuild.vocab import GROUP_CLASSES, OWL, PREFIXES, RDFS, SKOS, STATUSES, WD, ancestors

_ACTING = ("perpetrator", "allegedPerpetrator", "participant", "target", "victim")
_LANGUAGES = ("ar", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The incidents that meet every condition that is given.

    `first` and `last` are days: an incident counts that may have happened between them. Of `places` (it happened there
    or within), `actors` (they acted or were attacked), `types` (local names of classes; those below count too) and
    `statuses` one has to fit. Places and actors are IRIs, Q-ids or names. `query` is a SPARQL SELECT whose first
    variable gives IRIs of incidents.
    """

    first: date | None = None
    last: date | None = None
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    query: str | None = None

    def __bool__(self) -> bool:
        """Whether there is any condition."""
        return self != Selection()


def chosen(reader: Reader, selection: Selection) -> Iterator[str]:
    """The IRIs of the incidents that a selection chooses, in no order.

    UsageError where a condition names nothing that is known, QueryError where its query cannot be answered.
    """
    if selection.first and selection.last and selection.first > selection.last:
        raise UsageError(f"no day lies from {selection.first} to {selection.last}; give the earlier one as --from")
    _check("type", selection.types, GROUP_CLASSES["incident"])
    _check("status", selection.statuses, STATUSES)
    graph = GraphReader(reader)
    places = frozenset(iri for name in selection.places for iri in _entities(reader, name))
    actors = frozenset(iri for name in selection.actors for iri in _entities(reader, name))
    for iri in dict.fromkeys(_asked(reader, selection.query)) if selection.query else graph.event_iris():
        event = graph.event(iri)
        if (
            _is_between(event, selection.first, selection.last)
            and (not places or _is_in(graph, event, places))
            and (not actors or any(actors.intersection(event.roles.get(role, ())) for role in _ACTING))
            and (not selection.types or any(_is_of(cls, selection.types) for cls in event.types))
            and (not selection.statuses or event.status in selection.statuses)
        ):
            yield iri


def _check(option: str, given: Iterable[str], known: Iterable[str]) -> None:
    for name in given:
        if name not in known:
            raise UsageError(f"there is no {option} {name}; choose {', '.join(known)}")


def _entities(reader: Reader, name: str) -> list[str]:
    """The entities of an IRI, a Q-id or a name."""
    if "://" in name:
        return [name]
    patterns = [(RDFS.label, Literal(name, language=tag)) for tag in _LANGUAGES]
    patterns += [(SKOS.altLabel, value) for _, value in patterns]
    if name[:1] == "Q" and name[1:].isdecimal():
        found = reader.quads(None, OWL.sameAs, NamedNode(WD + name))
    else:
        found = (quad for predicate, value in patterns for quad in reader.quads(None, predicate, value))
    iris = list(dict.fromkeys(value_of(quad.subject) for quad in found))
    if not iris:
        raise UsageError(f"the store knows no {name}; give the name as it has it, a Q-id or an IRI")
    return iris


def _asked(reader: Reader, query: str) -> Iterator[str]:
    """The incidents that a query gives, those that the store does not have left out."""
    solutions = reader.query(query, prefixes=PREFIXES)
    if not isinstance(solutions, QuerySolutions):
        raise UsageError("the query that chooses incidents has to be a SELECT")
    known = GraphReader(reader)
    for solution in solutions:
        node = solution[0]
        if isinstance(node, NamedNode) and known.is_event(node.value):
            yield node.value


def _is_between(event: Event, first: date | None, last: date | None) -> bool:
    """Whether an incident may have happened between two days; one without a date only where no day is asked for."""
    if first is None and last is None:
        return True
    days = [] if event.date is None else [day for day in (event.date.earliest, event.date.latest) if day is not None]
    if not days:
        return False
    begin, end = days[0], days[-1]
    return (last is None or begin <= last) and (first is None or end >= first)


def _is_in(graph: GraphReader, event: Event, places: frozenset[str]) -> bool:
    named = event.roles.get("place", ())
    return any(place in places or not places.isdisjoint(graph.containers(place)) for place in named)


def _is_of(cls: str, types: tuple[str, ...]) -> bool:
    return cls in types or not set(types).isdisjoint(ancestors(cls))

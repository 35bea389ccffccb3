"""Reading a Wikibase JSON dump: one entity a line, streamed, as https://doc.wikimedia.org/Wikibase/ describes them.

A line is parsed only where it can matter: Wikidata's dump has a hundred million of them.
"""

from __future__ import annotations

import bz2
import gzip
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from kgbuild.errors import InputError, UsageError
from kgbuild.export.wikibase.properties import properties

Json = Mapping[str, Any]
OnError = Callable[[InputError], None]

OWN_ITEMS = ("P90000",)
"""What the lines of our own dumps mention: the property that names the node of our graph."""

_ID = re.compile(rb'"id"\s*:\s*"([QP]\d+)"')
_HEAD = 400
"""Bytes within which a dump's line names its entity."""

_POPULATION = "P1082"
_OPENERS: Mapping[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open}
_MAX_LINE = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpItem:
    """An item. `labels` and `names` (aliases) are by language; `point` is (longitude, latitude) with `precision` in
    degrees; `classes` and `countries` are Q-ids of best rank; `iris` are those of our graph, in a dump of ours."""

    id: str
    labels: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    point: tuple[float, float] | None = None
    precision: float | None = None
    classes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    geonames: int | None = None
    population: int = 0
    iris: tuple[str, ...] = ()


def read_dump(
    path: Path,
    *,
    ids: Collection[str] = (),
    mentioning: Collection[str] = (),
    on_error: OnError,
    on_line: Callable[[], None] = lambda: None,
) -> Iterator[DumpItem]:
    """The items of a dump (`.json`, `.gz`, `.bz2`) with an id in `ids`, or whose line names an id of `mentioning`.

    `on_error` hears of lines that are no entity; the others are read. UsageError where the file cannot be opened or
    does not begin as a dump.
    """
    wanted = frozenset(qid.encode() for qid in ids)
    named = _named(mentioning)
    with _opened(path) as lines:
        for number, line in enumerate(_lines(path, lines, on_error), start=1):
            on_line()
            if number == 1:
                _check_beginning(path, line)
            found = _ID.search(line, 0, _HEAD)
            matters = (found is not None and found[1] in wanted) or (named is not None and named.search(line))
            if matters and (item := _parsed(path, number, line, on_error)) is not None:
                yield item


def _check_beginning(path: Path, line: bytes) -> None:
    if line != b"[" and not (line.startswith(b"{") and b'"id"' in line[:_HEAD]):
        raise UsageError(
            f"{path}: no Wikibase JSON dump: it has to be a bracket on its own line, then one entity a line"
        )


def _named(ids: Iterable[str]) -> re.Pattern[bytes] | None:
    words = sorted(qid.encode() for qid in ids)
    return re.compile(rb'"(?:' + b"|".join(map(re.escape, words)) + rb')"') if words else None


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        with _OPENERS.get(path.suffix, Path.open)(path, "rb") as file:
            yield file
    except (OSError, EOFError) as error:
        raise UsageError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _lines(path: Path, file: IO[bytes], on_error: OnError) -> Iterator[bytes]:
    """The lines of entities; of the brackets around them and of what is too long an empty line remains."""
    while line := file.readline(_MAX_LINE):
        if len(line) == _MAX_LINE and not line.endswith(b"\n"):
            on_error(InputError(str(path), f"a line of more than {_MAX_LINE >> 20} MB is passed over"))
            while (rest := file.readline(_MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            line = b""
        yield line.strip().rstrip(b",")


def _parsed(path: Path, number: int, line: bytes, on_error: OnError) -> DumpItem | None:
    try:
        entity = json.loads(line)
        return _item(entity) if entity.get("type") == "item" else None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        on_error(InputError(str(path), f"no entity of Wikibase JSON ({type(error).__name__}: {error})", line=number))
        return None


def _item(entity: Json) -> DumpItem:
    known = properties()

    def values(key: str) -> list[Any]:
        return _best(entity, known[key].id)

    at = next(iter(values("coordinates")), None)
    population = (float(value["amount"]) for value in _best(entity, _POPULATION))
    return DumpItem(
        id=entity["id"],
        labels={language: label["value"] for language, label in _map(entity, "labels").items()},
        names={
            language: tuple(alias["value"] for alias in found) for language, found in _map(entity, "aliases").items()
        },
        point=(float(at["longitude"]), float(at["latitude"])) if at else None,
        precision=at.get("precision") if at else None,
        classes=tuple(value["id"] for value in values("instance-of")),
        countries=tuple(value["id"] for value in values("country")),
        geonames=next((int(value) for value in values("geonames") if value.isdecimal()), None),
        population=int(max(population, default=0)),
        iris=tuple(values("graph-iri")),
    )


def _best(entity: Json, pid: str) -> list[Any]:
    """The known values of a property that have the best rank."""
    statements = _map(entity, "claims").get(pid, [])
    preferred = [s for s in statements if s["rank"] == "preferred"]
    ranked = preferred or [s for s in statements if s["rank"] == "normal"]
    return [s["mainsnak"]["datavalue"]["value"] for s in ranked if s["mainsnak"]["snaktype"] == "value"]


def _map(entity: Json, name: str) -> Mapping[str, Any]:
    """A map of the entity; PHP writes an empty one as a list."""
    return entity.get(name) or {}

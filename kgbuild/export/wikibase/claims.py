"""Statements as they are gathered: those with one property and value become one, with all references."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kgbuild.export.wikibase.model import (
    Coordinate,
    Entity,
    ItemId,
    Property,
    Quantity,
    Reference,
    Snak,
    Statement,
    Text,
    Time,
    Value,
)
from kgbuild.export.wikibase.properties import properties

MAX_LABEL, MAX_TEXT = 250, 1500
"""What Wikibase admits: characters of labels, descriptions and aliases, and of other texts."""

_RANKS = ("preferred", "normal", "deprecated")


def snak(key: str, value: Value | None) -> Snak:
    """The property known by `key` with a value, or with an unknown one."""
    return Snak(properties()[key], value)


def reference(snaks: Iterable[Snak]) -> Reference:
    """A reference of these parts, each once."""
    parts = tuple(dict.fromkeys(snaks))
    return Reference(digest(*map(spelled_snak, parts)), parts)


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """Text as Wikibase admits it: on one line, without blanks around, and no longer than `limit` characters."""
    words = " ".join(text.split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def digest(*parts: str) -> str:
    """Forty hexadecimal digits over `parts`."""
    return hashlib.sha1("\x1f".join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def spelled_snak(part: Snak) -> str:
    return f"{part.property.id}\x1e{spelled(part.value)}"


def spelled(value: Value | None) -> str:
    """A value as a string of its own: equal values have equal ones, different values of a property different ones."""
    match value:
        case Quantity(amount, lower, upper):
            return f"{amount}\x1e{lower}\x1e{upper}"
        case Time(year, month, day, precision):
            return f"{year:04}-{month:02}-{day:02}/{precision}"
        case Coordinate(latitude, longitude, precision):
            return f"{latitude!r}\x1e{longitude!r}\x1e{precision!r}"
        case Text(text, language):
            return f"{language}\x1e{text}"
        case None:
            return "\x1esome"
    return str(value)


def _guid(digits: str) -> str:
    """Hexadecimal digits in the form of a UUID, as Wikibase writes it."""
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32])).upper()


@dataclass(slots=True)
class _Claim:
    snak: Snak
    apart: tuple[Snak, ...]
    rank: str
    qualifiers: dict[Snak, None]
    references: dict[str, Reference]


@dataclass(slots=True)
class Draft:
    """An entity in the making. Several drafts of one item, from things that Wikidata holds to be one, are joined."""

    id: str
    labels: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, dict[str, None]] = field(default_factory=dict)
    _claims: dict[tuple[Snak, tuple[Snak, ...]], _Claim] = field(default_factory=dict)

    def name(self, words: str, language: str) -> None:
        """A name: the label where there is none in its language, else an alias."""
        words = clean(words, MAX_LABEL)
        if words and self.labels.setdefault(language, words) != words:
            self.aliases.setdefault(language, {})[words] = None

    def describe(self, descriptions: Mapping[str, str]) -> None:
        """Descriptions by language; the first one counts, and none that only repeats the label."""
        for language, words in descriptions.items():
            text = clean(words, MAX_LABEL)
            if text and text != self.labels.get(language):
                self.descriptions.setdefault(language, text)

    def add(
        self,
        main: Snak,
        *,
        apart: Iterable[Snak] = (),
        qualifiers: Iterable[Snak] = (),
        references: Iterable[Reference] = (),
        rank: str = "normal",
    ) -> None:
        """A statement. `apart` are qualifiers without which it says something else ("of them children").

        A statement that is there already gains qualifiers and references, and keeps the better rank. One that says of
        an item that it is itself is left out: two things of ours may be one item.
        """
        if isinstance(main.value, ItemId) and str(main.value) == self.id:
            return
        key = main, tuple(dict.fromkeys(apart))
        claim = self._claims.setdefault(key, _Claim(main, key[1], rank, {}, {}))
        claim.rank = min(claim.rank, rank, key=_RANKS.index)
        claim.qualifiers |= dict.fromkeys((*key[1], *qualifiers))
        claim.references |= {r.hash: r for r in references}

    def join(self, other: Draft) -> None:
        """Take over what another draft of the same item says."""
        for language, words in other.labels.items():
            self.name(words, language)
        for language, names in other.aliases.items():
            for words in names:
                self.name(words, language)
        self.describe(other.descriptions)
        for claim in other._claims.values():
            qualifiers, references = claim.qualifiers, claim.references.values()
            self.add(claim.snak, apart=claim.apart, qualifiers=qualifiers, references=references, rank=claim.rank)

    def entity(self, datatype: str | None = None) -> Entity:
        """The entity, in an order that follows from its content."""
        statements: dict[Property, list[Statement]] = {}
        for claim in sorted(self._claims.values(), key=lambda c: c.snak.property.number):
            statements.setdefault(claim.snak.property, []).append(self._statement(claim))
        return Entity(
            id=self.id,
            labels=dict(sorted(self.labels.items())),
            descriptions=dict(sorted(self.descriptions.items())),
            aliases={language: tuple(names) for language, names in sorted(self.aliases.items())},
            statements={p: tuple(found) for p, found in statements.items()},
            datatype=datatype,
        )

    def _statement(self, claim: _Claim) -> Statement:
        says = digest(self.id, spelled_snak(claim.snak), *map(spelled_snak, claim.apart))
        return Statement(
            id=f"{self.id}${_guid(says)}",
            snak=claim.snak,
            rank=claim.rank,
            qualifiers=tuple(claim.qualifiers),
            references=tuple(claim.references.values()),
        )

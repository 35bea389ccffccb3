"""Which entities a name may mean: rare words weigh more than frequent ones, and small differences in spelling less."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kgbuild.vocab import SUPERCLASS
from server.catalogue.catalogue import Tables
from server.word_keys import key_words

COMPARED = 300
"""Names that are looked at closely."""

STEM = 3
"""First letters that a misspelt word still shares with the right one."""

LEAST_ALIKE = 0.75
WRITTEN_TOGETHER = 98.0
"""For names that differ only in where words end: كفر نوران, كفرنوران."""

SURE, APART = 92.0, 4.0
"""A match is sure from this score on, if no other one comes that near."""

_LIKE = """SELECT names.key, names.iri, names.label, names.language FROM names JOIN thing ON thing.iri = names.iri
    WHERE names MATCH ? ORDER BY bm25(names) LIMIT ?"""
_NAMED = "SELECT iri, COUNT(DISTINCT incident) AS n FROM link WHERE iri IN ({marks}) GROUP BY iri"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score` is 100 for the same words; `label` is the name that fits best; `incidents` how often it is named."""

    iri: str
    label: str
    cls: str | None
    score: float
    incidents: int = 0


def candidates(tables: Tables, text: str, types: Collection[str], limit: int) -> list[Candidate]:
    """The best first; of equal ones the one that more incidents name. `types` are classes, with those below them."""
    words = key_words(text)
    if not words:
        return []
    rarity = Rarity(tables)
    best: dict[str, tuple[float, str]] = {}
    for row in tables.rows(_LIKE, (_pattern(words), COMPARED)):
        score = likeness(words, row["key"].split(), rarity)
        if score > best.get(row["iri"], (0.0, ""))[0]:
            best[row["iri"]] = (score, row["label"])
    return list(_ranked(tables, best, types))[:limit]


def is_sure(found: Sequence[Candidate]) -> bool:
    """Whether the first of the candidates can be taken without asking."""
    return bool(found) and found[0].score >= SURE and (len(found) == 1 or found[0].score - found[1].score >= APART)


def is_a(cls: str | None, types: Collection[str]) -> bool:
    """Whether a class is one of these or below one of them; no types at all ask for nothing."""
    while cls and cls not in types:
        cls = SUPERCLASS.get(cls)
    return not types or cls is not None


class Rarity:
    """How much a word tells: the logarithm of how few names hold it."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._total = tables.number("SELECT COUNT(*) FROM names")
        self._known: dict[str, float] = {}

    def __getitem__(self, word: str) -> float:
        if word not in self._known:
            rows = self._tables.rows("SELECT doc FROM vocabulary WHERE term = ?", (word,))
            self._known[word] = math.log(1 + self._total / (rows[0]["doc"] if rows else 1))
        return self._known[word]


def likeness(asked: Sequence[str], known: Sequence[str], rarity: Rarity) -> float:
    """0 to 100: twice the weight of the words in common over the weight of all words."""
    if list(asked) == list(known):
        return 100.0
    if "".join(asked) == "".join(known):
        return WRITTEN_TOGETHER
    rest, common = list(known), 0.0
    for word in asked:
        other = max(rest, key=lambda candidate: _alike(word, candidate), default=None)
        alike = _alike(word, other) if other is not None else 0.0
        if other is not None and alike >= LEAST_ALIKE:
            rest.remove(other)
            common += alike * (rarity[word] + rarity[other])
    return round(99.0 * common / sum(rarity[word] for word in (*asked, *known)), 1)


def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def _pattern(words: Sequence[str]) -> str:
    """For SQLite's MATCH: any of the words, or of the words that begin like them."""
    return " OR ".join(f'"{word[:STEM]}"*' for word in dict.fromkeys(words))


def _ranked(tables: Tables, best: Mapping[str, tuple[float, str]], types: Collection[str]) -> Iterator[Candidate]:
    iris = sorted(best, key=lambda iri: (-best[iri][0], iri))[:COMPARED]
    marks = ", ".join("?" * len(iris))
    named = {row["iri"]: row["n"] for row in tables.rows(_NAMED.format(marks=marks), iris)}
    classes = {
        row["iri"]: row["class"] for row in tables.rows(f"SELECT iri, class FROM thing WHERE iri IN ({marks})", iris)
    }
    found = [
        Candidate(iri, best[iri][1], classes.get(iri), best[iri][0], named.get(iri, 0))
        for iri in iris
        if is_a(classes.get(iri), types)
    ]
    yield from sorted(found, key=lambda candidate: (-candidate.score, -candidate.incidents, candidate.iri))

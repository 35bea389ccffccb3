"""Where و ف ب ل ك س stand before a word as words of their own.

Written as one, "وصل" is "arrived" but "وقال" is "and said"; only what is known of the words tells them apart. The
lists of `clitics.toml` come first; then a weighted sum decides, of how often the whole, the remainder, and each of them
with further prefixes are written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kgbuild.arabic.frequencies import frequency_table, strength
from kgbuild.arabic.inflect import strip_suffix
from kgbuild.arabic.normalise import fold_text
from kgbuild.resources import data_path

_CONJUNCTIONS = "وف"
_AFTER_CONJUNCTION = "بلكس"
_EXTENDERS = ("و", "ب", "ل", "ف", "ال", "ك", "لل")
_FUTURE_VERB_LETTERS = "ايتن"
_CACHE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Segmentation:
    """`cuts` are the offsets in the folded word where clitics end; `article`: the remainder lost its ال to "لل"."""

    cuts: tuple[int, ...] = ()
    article: bool = False


@dataclass(frozen=True, slots=True)
class CliticRules:
    """The content of `clitics.toml`, folded."""

    splits: Mapping[str, Segmentation]
    radical_al: frozenset[str]
    bias: Mapping[str, float]
    weights: tuple[float, ...]
    known_share: float
    known_margin: float


@cache
def clitic_rules() -> CliticRules:
    """The rules as the data file gives them, read once."""
    data = tomllib.loads(data_path("ar", "clitics.toml").read_text(encoding="utf-8"))
    splits = {fold_text(word): Segmentation() for word in data["whole"]}
    splits |= {fold_text(entry).replace(" ", ""): _segmentation(fold_text(entry)) for entry in data["split"]}
    model = data["model"]
    return CliticRules(
        splits=splits,
        radical_al=frozenset(fold_text(word) for word in data["radical_al"]),
        bias=model["bias"],
        weights=tuple(model["weights"]),
        known_share=model["known_share"],
        known_margin=model["known_margin"],
    )


def _segmentation(entry: str) -> Segmentation:
    *clitics, _ = entry.split(" ")
    cuts = tuple(len("".join(clitics[: count + 1])) for count in range(len(clitics)))
    return Segmentation(cuts, article=clitics[-1] == "لل")


class CliticSegmenter:
    """Decides on words in folded spelling."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """`known` are folded words that are certainly words, such as lexicon entries and place names."""
        self.known = frozenset(known)
        self._rules = clitic_rules()
        self._decided: dict[str, Segmentation] = {}

    def segment(self, word: str) -> Segmentation:
        """The proclitics of one folded word; nothing is split off where the remainder is not a word we know."""
        found = self._decided.get(word)
        if found is None:
            if len(self._decided) > _CACHE_LIMIT:
                self._decided.clear()
            found = self._decided[word] = self._segment(word)
        return found

    def _segment(self, word: str) -> Segmentation:
        cuts: list[int] = []
        start = 0
        allowed = _CONJUNCTIONS + _AFTER_CONJUNCTION
        while True:
            rest = word[start:]
            listed = self._rules.splits.get(rest)
            if listed is not None:
                return Segmentation((*cuts, *(start + cut for cut in listed.cuts)), listed.article)
            clitic = self._first_clitic(rest, allowed)
            if not clitic:
                return Segmentation(tuple(cuts))
            start += len(clitic)
            cuts.append(start)
            if clitic not in _CONJUNCTIONS:
                return Segmentation(tuple(cuts), article=clitic == "لل")
            allowed = _AFTER_CONJUNCTION

    def _first_clitic(self, word: str, allowed: str) -> str:
        if len(word) < 3 or len(word) > 40 or word[0] not in allowed:
            return ""
        if word[0] == "س" and word[1] not in _FUTURE_VERB_LETTERS:
            return ""
        clitic = self._contraction(word) if word[0] == "ل" else word[0]
        return clitic if self._score(word, clitic) > 0 else ""

    def _contraction(self, word: str) -> str:
        """ "لل" where the remainder is a noun that takes the article, "ل" where its own first letter is a lam."""
        if word[1] != "ل" or len(word) < 4:
            return "ل"
        return "لل" if self._share("ال" + word[2:]) >= self._share(word[1:]) else "ل"

    def _score(self, word: str, clitic: str) -> float:
        remainder = "ال" + word[2:] if clitic == "لل" else word[len(clitic) :]
        if self._share(remainder) == 0.0:
            return -1.0
        weighted = zip(self._rules.weights, self.features(word, remainder), strict=True)
        score = self._rules.bias[clitic[0]] + sum(weight * value for weight, value in weighted)
        if word in self.known and remainder not in self.known:
            score -= self._rules.known_margin
        return score

    def features(self, word: str, remainder: str) -> tuple[float, ...]:
        """What the weights of `clitics.toml` multiply, in their order."""
        return (
            strength(self._share(word)),
            strength(self._share(remainder)),
            strength(_extended_share(word)),
            strength(_extended_share(remainder)),
            float(remainder.startswith("ال")),
            float(len(remainder) <= 2),
            float(len(remainder) == 3),
        )

    def _share(self, word: str) -> float:
        """How often a word is written; where it never is, how often without its pronoun, article or preposition."""
        share = frequency_table().get(word, 0.0)
        if word in self.known:
            share = max(share, self._rules.known_share)
        return share or self._derived_share(word)

    def _derived_share(self, word: str) -> float:
        table = frequency_table()
        stems = [stem for stem, suffix in strip_suffix(word) if suffix and len(stem) > 2]
        if word[:1] in _AFTER_CONJUNCTION:
            stems.append(word[1:])
        if word.startswith("ال"):
            stems.append(word[2:])
        return max((table.get(stem, 0.0) for stem in stems if len(stem) > 2), default=0.0) / 50


def _extended_share(word: str) -> float:
    """How often the word is written with a prefix; what takes many prefixes is a word."""
    table = frequency_table()
    if word.startswith("ال"):
        return sum(table.get(prefix + word, 0.0) for prefix in "وبفك") + table.get("لل" + word[2:], 0.0)
    return sum(table.get(prefix + word, 0.0) for prefix in _EXTENDERS)

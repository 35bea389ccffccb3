"""Where و ف ب ل ك س stand before a word as words of their own.

Written as one, "وصل" is "arrived" but "وقال" is "and said"; only what is known of the words tells them apart. The
lists of `clitics.toml` come first; then a weighted sum decides, of how often the whole, the remainder, and each of them
with further prefixes are written. Nothing is split off where the remainder is no word we know, with one exception: و
before an unknown word, where the whole is as unknown, since names joined by و are commoner than names in و.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from kgbuild.arabic.frequencies import frequency_table, strength
from kgbuild.arabic.inflect import strip_suffix
from kgbuild.language.folding import fold_text
from kgbuild.language.lexicons import lexicon

_CONJUNCTIONS = "وف"
_AFTER_CONJUNCTION = "بلكس"
_EXTENDERS = ("و", "ب", "ل", "ف", "ال", "ك", "لل")
_FUTURE_VERB_LETTERS = "ايتن"
_INITIAL_HAMZAS = ("أ", "إ", "آ")
_CACHE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Segmentation:
    """`cuts` are the offsets in the folded word where clitics end; `article`: the remainder lost its ال to "لل"."""

    cuts: tuple[int, ...] = ()
    article: bool = False


@dataclass(frozen=True, slots=True)
class CliticRules:
    """The content of `clitics.toml`; `splits` has each word as the file spells it and folded."""

    splits: Mapping[str, Segmentation]
    radical_al: frozenset[str]
    bias: Mapping[str, float]
    weights: Mapping[str, float]
    known_share: float
    known_whole: float
    known_remainder: float
    hamza_bonus: float


@cache
def clitic_rules() -> CliticRules:
    """The rules as the data file gives them, read once."""
    data = lexicon("ar", "clitics")
    listed = {word: Segmentation() for word in data["whole"]}
    listed |= dict(_listed_split(entry) for entry in data["split"])
    splits = {fold_text(word): segmentation for word, segmentation in listed.items()} | listed
    model = data["model"]
    return CliticRules(
        splits=splits,
        radical_al=frozenset(fold_text(word) for word in data["radical_al"]),
        bias=model["bias"],
        weights=model["weights"],
        known_share=model["known_share"],
        known_whole=model["known_whole"],
        known_remainder=model["known_remainder"],
        hamza_bonus=model["hamza_bonus"],
    )


def _listed_split(entry: str) -> tuple[str, Segmentation]:
    """The written word and its cuts; "ل الليل" is written لليل, its article lost."""
    *clitics, word = entry.split(" ")
    contracted = clitics[-1] == "ل" and word.startswith("الل")
    cuts = tuple(accumulate(len(clitic) for clitic in clitics))
    return "".join(clitics) + (word[2:] if contracted else word), Segmentation(cuts, article=contracted)


class CliticSegmenter:
    """Decides on words in folded spelling."""

    def __init__(self, lexicon: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        """`lexicon` are folded words that are certainly words; `names` are known as words too, but settle no doubt."""
        self._lexicon = frozenset(lexicon)
        self._names = frozenset(names)
        self._rules = clitic_rules()
        self._decided: dict[tuple[str, bool], Segmentation] = {}

    def segment(self, word: str, written: str = "") -> Segmentation:
        """The proclitics of one folded word.

        `written`, the word with its hamzas, finds the entries of the lists that fold alike, and shows a hamza that
        begins a word of its own after the clitic (وأكد).
        """
        listed = self._rules.splits.get(written)
        if listed is not None:
            return listed
        key = (word, written[1:2] in _INITIAL_HAMZAS if written else False)
        found = self._decided.get(key)
        if found is None:
            if len(self._decided) > _CACHE_LIMIT:
                self._decided.clear()
            found = self._decided[key] = self._segment(*key)
        return found

    def _segment(self, word: str, hamza: bool) -> Segmentation:
        cuts: list[int] = []
        start = 0
        allowed = _CONJUNCTIONS + _AFTER_CONJUNCTION
        while True:
            rest = word[start:]
            listed = self._rules.splits.get(rest)
            if listed is not None:
                return Segmentation((*cuts, *(start + cut for cut in listed.cuts)), listed.article)
            clitic = self._first_clitic(rest, allowed, hamza=hamza and not cuts)
            if not clitic:
                return Segmentation(tuple(cuts))
            start += len(clitic)
            cuts.append(start)
            if clitic not in _CONJUNCTIONS:
                return Segmentation(tuple(cuts), article=self._lost_article(clitic, rest))
            allowed = _AFTER_CONJUNCTION

    def _first_clitic(self, word: str, allowed: str, *, hamza: bool) -> str:
        if len(word) < 3 or len(word) > 40 or word[0] not in allowed:
            return ""
        if word[0] == "س" and word[1] not in _FUTURE_VERB_LETTERS:
            return ""
        clitic = self._contraction(word) if word[0] == "ل" else word[0]
        bonus = self._rules.hamza_bonus if hamza else 0.0
        return clitic if self.score(word, clitic) + bonus > 0 else ""

    def _contraction(self, word: str) -> str:
        """ "لل" where the remainder is a noun that takes the article, "ل" where its own first letter is a lam."""
        if word[1] != "ل" or len(word) < 4:
            return "ل"
        return "لل" if self._share("ال" + word[2:]) >= self._share(word[1:]) else "ل"

    def _lost_article(self, clitic: str, word: str) -> bool:
        """Whether ل swallowed an article: always in "لل", and before a lam where the noun mostly has it (للاجئين)."""
        if clitic == "لل":
            return True
        return word.startswith("لل") and self._share("ال" + word[1:]) >= self._share(word[1:]) / 2

    def score(self, word: str, clitic: str) -> float:
        """Above 0 where the clitic is to be split off the word."""
        remainder = "ال" + word[2:] if clitic == "لل" else word[len(clitic) :]
        if not self._may_stand_alone(word, clitic, remainder):
            return -10.0
        if clitic == "لل":  # no Arabic root begins so
            return 10.0
        weights = self._rules.weights
        score = self._rules.bias[clitic]
        score += sum(weights[name] * value for name, value in self.features(word, remainder).items())
        score += self._rules.known_remainder if self._is_listed(remainder) else 0.0
        return score - (self._rules.known_whole if self._is_listed(word) else 0.0)

    def _is_listed(self, word: str) -> bool:
        return word in self._lexicon or any(stem in self._lexicon for stem in _stems(word))

    def _may_stand_alone(self, word: str, clitic: str, remainder: str) -> bool:
        """Whether the remainder is a word we know or has the article, or و joins it, unknown, to what went before."""
        if self._share(remainder) > 0.0 or (remainder.startswith("ال") and len(remainder) > 5):
            return True
        return clitic == "و" and len(remainder) > 3 and self._share(word) == 0.0

    def features(self, word: str, remainder: str) -> dict[str, float]:
        """What the weights of `clitics.toml` multiply: how well the whole word and the remainder are known, and shapes.

        The slopes for و differ, since it stands before verbs too; the squares let the common words weigh more.
        """
        whole, rest = strength(self._share(word)), strength(self._share(remainder))
        conjunction = float(word[0] == "و")
        table = frequency_table()
        return {
            "whole": whole,
            "rest": rest,
            "whole_squared": whole * whole,
            "rest_squared": rest * rest,
            "whole_after_waw": whole * conjunction,
            "rest_after_waw": rest * conjunction,
            "whole_extended": strength(_extended_share(word)),
            "rest_extended": strength(_extended_share(remainder)),
            "whole_with_article": strength(table.get("ال" + word, 0.0)),
            "rest_with_article": strength(table.get("ال" + remainder, 0.0)),
            "rest_has_article": float(remainder.startswith("ال")),
            "rest_of_two": float(len(remainder) <= 2),
            "rest_of_three": float(len(remainder) == 3),
        }

    def _share(self, word: str) -> float:
        """How often a word is written; where it never is, how often its stem or the same verb in the third person."""
        share = frequency_table().get(word, 0.0)
        if word in self._lexicon or word in self._names:
            share = max(share, self._rules.known_share)
        return share or self._derived_share(word)

    def _derived_share(self, word: str) -> float:
        table = frequency_table()
        stems = _stems(word)
        if word[:1] in _AFTER_CONJUNCTION:
            stems.append(word[1:])
        if word.startswith("ال"):
            stems.append(word[2:])
        elif word[:1] in _FUTURE_VERB_LETTERS:
            stems.append("ي" + word[1:])
        return max((table.get(stem, 0.0) for stem in stems if len(stem) > 2), default=0.0) / 50


def _stems(word: str) -> list[str]:
    return [stem for stem, suffix in strip_suffix(word) if suffix and len(stem) > 2]


def _extended_share(word: str) -> float:
    """How often the word, or the noun before its pronoun, is written with a prefix; what takes many is a word."""
    return max(_prefixed_share(word), *(_prefixed_share(stem) / 20 for stem in _stems(word)), 0.0)


def _prefixed_share(word: str) -> float:
    table = frequency_table()
    if word.startswith("ال"):
        return sum(table.get(prefix + word, 0.0) for prefix in "وبفك") + table.get("لل" + word[2:], 0.0)
    return sum(table.get(prefix + word, 0.0) for prefix in _EXTENDERS)

"""Whether a facility has a name of its own, by which it can be told from others of its kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from kgbuild.language.folding import fold_key
from kgbuild.resources import data_path

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_SHORTEST = 3


def own_words(label: Mapping[str, str], places: Iterable[str]) -> frozenset[str]:
    """The words of a label that neither say what kind of facility it is nor name one of `places` (folded names).

    Of several languages the original is looked at: a transliteration has no plain words.
    """
    language = "ar" if "ar" in label else next(iter(sorted(label)), "")
    around = {word for place in places for word in _words(place)}
    return frozenset(_words(fold_key(label.get(language, "")))) - _plain_words() - around


def _words(folded: str) -> Iterator[str]:
    return map(_bare, _WORD.findall(folded))


def _bare(word: str) -> str:
    """A word without article and what is written together with it, so that al-Noor and Noor are one."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + _SHORTEST:
            return word.removeprefix(article)
    return word


@cache
def _plain_words() -> frozenset[str]:
    texts = [*_nouns(_table("ar", "facilities.toml")), *_nouns(_table("en", "facilities.toml"))]
    texts += _table("merging", "plain_words.toml").values()
    bare = {word for text in texts for word in _words(fold_key(re.sub(r"[/*]", " ", text)))}
    return frozenset(bare | {f"{word}s" for word in bare} | {f"{word}ه" for word in bare})


def _nouns(table: Mapping[str, Any]) -> Iterator[str]:
    """All strings of a table of lists, however deep."""
    for value in table.values():
        if isinstance(value, Mapping):
            yield from _nouns(value)
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, str))


def _table(*parts: str) -> dict[str, Any]:
    return tomllib.loads(data_path(*parts).read_text(encoding="utf-8"))

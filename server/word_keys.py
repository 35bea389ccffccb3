"""Words as they are compared: folded as the extraction folds them, so that spellings meet."""

from __future__ import annotations

from collections.abc import Sequence

from kgbuild.language.folding import fold_key, without_article

ARTICLE = "ال"


def key_words(text: str) -> Sequence[str]:
    """The words of a text, folded, without the Arabic article."""
    return [without_article(word) for word in fold_key(text).split()]


def match_pattern(text: str) -> str:
    """What SQLite's MATCH takes for "holds words that begin with these"; empty for a text without words."""
    return " AND ".join(map(_beginning, key_words(text)))


def _beginning(word: str) -> str:
    """While a word with the article is being typed, too little of it is there to tell the article from the word."""
    bare = word.removeprefix(ARTICLE)
    return f'("{word}"* OR "{bare}"*)' if bare and bare != word else f'"{word}"*'

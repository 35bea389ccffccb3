"""Which language a text is in, by its script and its function words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache

from kgbuild.resources import data_path

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000


def detect_language(text: str) -> str:
    """`ar` or `en`: whose script and function words the beginning of the text shows more of.

    Function words count double, so that an English report full of Arabic names and quotes stays English. Arabic where
    neither is seen.
    """
    languages = _languages()
    seen: Counter[str] = Counter()
    for word in _WORD.findall(text[:_SAMPLE].lower()):
        for language, (script, function_words) in languages.items():
            if script.match(word):
                seen[language] += 2 if word in function_words else 1
    return max(languages, key=lambda language: seen[language])


@cache
def _languages() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    table = tomllib.loads(data_path("reading", "languages.toml").read_text("utf-8"))
    return {name: (re.compile(row["script"]), frozenset(row["function_words"])) for name, row in table.items()}

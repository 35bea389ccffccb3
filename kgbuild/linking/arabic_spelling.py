"""Which name of a place in Arabic script is the Arabic one: GeoNames lists Persian, Urdu and Kurdish ones, too."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ARTICLE = "ال"
_OTHERS_WRITE = str.maketrans("طصثحعقةأإآىذظض", "تسسهاكهااايززز")
"""What other languages write, or writers in a hurry, for letters that only Arabic tells apart."""

_TRIPLED = re.compile(r"(.)\1\1")
"""A slip of whoever typed it."""

_LETTERS = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ")


def arabic_first(names: Sequence[str]) -> list[str]:
    """The names with the Arabic one before all others, which stay in order.

    It is the first one in letters of Arabic alone, in the spelling that most of them do without: of ترابلس and طرابلس
    the latter, of اسكندريه and الإسكندرية the latter.
    """
    own = [name for name in names if _LETTERS.issuperset(name) and not _TRIPLED.search(name)]
    if not own:
        return list(names)
    alike = [name for name in own if _skeleton(name) == _skeleton(own[0])]
    chosen = max(alike, key=_marks)
    return [chosen, *(name for name in names if name != chosen)]


def _skeleton(name: str) -> str:
    return name.removeprefix(_ARTICLE).translate(_OTHERS_WRITE)


def _marks(name: str) -> tuple[bool, int]:
    """The article, and the letters that only Arabic has; of equals, `max` takes the first."""
    return name.startswith(_ARTICLE), sum(ord(letter) in _OTHERS_WRITE for letter in name)

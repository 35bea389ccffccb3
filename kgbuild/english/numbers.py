"""Reads English numbers in words ("twenty-three", "two hundred and five") and in digits with words ("100 thousand")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgbuild.language.number_words import NumberRules, Value, read_digits, values


class EnglishNumbers:
    """Parses at a token; stateless after it is made."""

    def __init__(self, rules: NumberRules) -> None:
        self._rules = rules
        self._scales: Mapping[str, int] = values(rules.data["scales"])

    def parse(self, norms: Sequence[str], tags: Sequence[str], index: int) -> tuple[Value, int] | None:
        """The number that begins at token `index` with the token after its end, or None."""
        if index >= len(norms):
            return None
        if tags[index] == "NUM":
            return self._digits(norms, index)
        return self._vague(norms, index) or self._words(norms, index)

    def _digits(self, norms: Sequence[str], index: int) -> tuple[Value, int] | None:
        number = read_digits(norms[index])
        if number is None:
            return None
        scale = self._scales.get(_at(norms, index + 1))
        if scale:
            return _exact(round(number * scale), index + 2)
        return _exact(int(number), index + 1) if number == int(number) else None

    def _vague(self, norms: Sequence[str], index: int) -> tuple[Value, int] | None:
        """ "dozens", "hundreds of thousands"; an uncertain number is not exact."""
        limits = self._rules.vague.get(norms[index])
        if limits is None:
            return None
        low, high = limits
        scale = self._scales.get(_at(norms, index + 2).removesuffix("s"), 0) if _at(norms, index + 1) == "of" else 0
        if scale >= 1000 and low is not None and high is not None:
            return Value(low * scale, (high + 1) * scale - 1, exact=False), index + 3
        return Value(low, high, exact=False), index + 1

    def _words(self, norms: Sequence[str], index: int) -> tuple[Value, int] | None:
        """ "two hundred and five thousand": units add up, a scale multiplies what stands before it."""
        total, group, end = 0, 0, index
        while end < len(norms):
            step = self._small(norms, end, group)
            scale = self._scales.get(norms[end], 0)
            if step is not None:
                value, end = step
                group += value
            elif scale and (group or self._is_article(norms, index)):
                group = max(group, 1) * scale
                total, group = (total + group, 0) if scale >= 1000 else (total, group)
                end += 1
            elif group and norms[end] == self._rules.conjunction and self._small(norms, end + 1, group) is not None:
                end += 1
            else:
                break
        return _exact(total + group, end) if total + group else None

    def _is_article(self, norms: Sequence[str], index: int) -> bool:
        return index > 0 and norms[index - 1] in ("a", "an")

    def _small(self, norms: Sequence[str], index: int, group: int) -> tuple[int, int] | None:
        """A number below a hundred that can be added to `group`, and the token after it."""
        word = _at(norms, index)
        if group % 100:
            return None
        if word in self._rules.tens:
            hyphen = 1 if _at(norms, index + 1) == "-" else 0
            unit = self._rules.units.get(_at(norms, index + 1 + hyphen), 0)
            if 0 < unit < 10:
                return self._rules.tens[word] + unit, index + 2 + hyphen
            return self._rules.tens[word], index + 1
        unit = self._rules.units.get(word, 0)
        return (unit, index + 1) if unit else None


def _at(norms: Sequence[str], index: int) -> str:
    return norms[index] if index < len(norms) else ""


def _exact(value: int, end: int) -> tuple[Value, int]:
    return Value(value, value), end

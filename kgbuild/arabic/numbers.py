"""Reads Arabic numbers in words of both genders and all cases, and in digits with words (100 ألف)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgbuild.language.folding import fold_words
from kgbuild.language.number_words import NumberRules, Value, read_digits, values


@dataclass(frozen=True, slots=True)
class _Scale:
    value: int
    one: frozenset[str]
    two: frozenset[str]
    many: frozenset[str]


class ArabicNumbers:
    """Parses at a token; stateless after it is made."""

    def __init__(self, rules: NumberRules) -> None:
        self._rules = rules
        data = rules.data
        self._scales = tuple(
            _Scale(row["value"], fold_words(row["one"]), fold_words(row["two"]), fold_words(row["many"]))
            for row in data["scale"]
        )
        self._hundreds: Mapping[str, int] = values(data["hundreds"])
        self._teens: Mapping[str, int] = values(data["teens"]["joined"])
        self._teen_suffixes = fold_words(data["teens"]["suffixes"])
        self._eleven = fold_words(data["eleven"]["forms"])
        self._ordinals = fold_words(data["words"]["ordinals"])
        words = {*rules.units, *rules.tens, *rules.vague, *self._hundreds, *self._teens, *self._eleven, rules.half}
        words.update(word for scale in self._scales for word in scale.one | scale.two)
        self._opening = frozenset(words | {f"ال{unit}" for unit in rules.units})

    def parse(self, norms: Sequence[str], tags: Sequence[str], index: int) -> tuple[Value, int] | None:
        """The number that begins at token `index` with the token after its end, or None."""
        if index >= len(norms):
            return None
        if tags[index] == "NUM":
            return self._digits(norms, index)
        if (
            norms[index] not in self._opening
            or tags[index] != "WORD"
            or self._is_ordinal(norms, index)
            or self._is_one_of(norms, index)
        ):
            return None
        return self._vague(norms, index) or self._words(norms, index)

    def _is_ordinal(self, norms: Sequence[str], index: int) -> bool:
        """Whether the word is the second part of an ordinal: الثاني عشر."""
        return index > 0 and norms[index] in self._teen_suffixes and norms[index - 1] in self._ordinals

    def _is_one_of(self, norms: Sequence[str], index: int) -> bool:
        """Whether the word begins "one of the biggest", which counts nothing."""
        return self._rules.units.get(norms[index]) == 1 and _at(norms, index + 1) == "من"

    def _digits(self, norms: Sequence[str], index: int) -> tuple[Value, int] | None:
        number = read_digits(norms[index])
        if number is None:
            return None
        scale = self._scale_after(norms, index + 1)
        if scale:
            return _exact(self._half(norms, index + 2, round(number * scale), scale))
        return _exact((int(number), index + 1)) if number == int(number) else None

    def _vague(self, norms: Sequence[str], index: int) -> tuple[Value, int] | None:
        """عشرات, مئات, عشرات الآلاف, بضعة آلاف; an uncertain number is not exact."""
        limits = self._rules.vague.get(norms[index])
        if limits is None:
            return None
        low, high = limits
        following = norms[index + 1] if index + 1 < len(norms) else ""
        scale = next((s.value for s in self._scales if following.removeprefix("ال") in s.many | s.one), 0)
        scale = scale or next((s.value for s in self._scales if following in s.many), 0)
        if scale and low is not None and high is not None:
            return Value(low * scale, (high + 1) * scale - 1, exact=False), index + 2
        return Value(low, high, exact=False), index + 1

    def _words(self, norms: Sequence[str], index: int) -> tuple[Value, int] | None:
        """Groups of descending scale joined by و: ثلاثة آلاف ومئتان وخمسة."""
        total, end, limit = 0, index, 10**13
        while True:
            start = end + 1 if total else end
            if total and (end >= len(norms) or norms[end] != self._rules.conjunction):
                break
            group = self._group(norms, start)
            if group is None or group[2] >= limit or (total and limit <= 1):
                break
            value, end, limit = group
            total += value
            if limit > 1:
                total, end = self._half(norms, end, total, limit)
        return _exact((total, end)) if total else None

    def _group(self, norms: Sequence[str], index: int) -> tuple[int, int, int] | None:
        """A number below a thousand with its scale: (value, end, scale); the scale is 1 where there is none."""
        if index >= len(norms):
            return None
        if norms[index] == self._rules.half and (half := self._scale_after(norms, index + 1)):
            return half // 2, index + 2, half
        for scale in self._scales:
            if norms[index] in scale.two and norms[index] not in scale.one:
                return 2 * scale.value, index + 1, scale.value
            if norms[index] in scale.one:
                return scale.value, index + 1, scale.value
        small = self._below_thousand(norms, index)
        if small is None:
            return None
        value, end = small
        factor = self._scale_after(norms, end)
        return (value * factor, end + 1, factor) if factor else (value, end, 1)

    def _below_thousand(self, norms: Sequence[str], index: int) -> tuple[int, int] | None:
        hundreds = self._hundred(norms, index)
        if hundreds is None:
            return self._below_hundred(norms, index)
        value, end = hundreds
        if norms[end : end + 1] == [self._rules.conjunction]:
            rest = self._below_hundred(norms, end + 1)
            if rest is not None and self._scale_after(norms, rest[1]) < 10**6:
                return value + rest[0], rest[1]
        return value, end

    def _hundred(self, norms: Sequence[str], index: int) -> tuple[int, int] | None:
        value = self._hundreds.get(norms[index])
        if value is not None:
            return value, index + 1
        unit = self._rules.units.get(norms[index], 0)
        if 3 <= unit <= 9 and self._hundreds.get(_at(norms, index + 1)) == 100:
            return unit * 100, index + 2
        return None

    def _below_hundred(self, norms: Sequence[str], index: int) -> tuple[int, int] | None:
        word, following = _at(norms, index), _at(norms, index + 1)
        if word in self._teens:
            return self._teens[word], index + 1
        if word in self._eleven and following in self._teen_suffixes:
            return 11, index + 2
        if word in self._rules.tens:
            return self._rules.tens[word], index + 1
        unit = self._rules.units.get(word.removeprefix("ال") if word.startswith("ال") and word.endswith("ه") else word)
        if unit is None:
            return None
        if unit < 10 and following in self._teen_suffixes:
            return unit + 10, index + 2
        tens = self._rules.tens.get(_at(norms, index + 2), 0)
        if unit < 10 and following == self._rules.conjunction and tens:
            return unit + tens, index + 3
        return unit, index + 1

    def _scale_after(self, norms: Sequence[str], index: int) -> int:
        word = _at(norms, index)
        return next((scale.value for scale in self._scales if word in scale.one or word in scale.many), 0)

    def _half(self, norms: Sequence[str], index: int, value: int, scale: int) -> tuple[int, int]:
        """The value with the half that follows its scale: مليون ونصف المليون."""
        if _at(norms, index) != self._rules.conjunction or _at(norms, index + 1) != self._rules.half:
            return value, index
        end = index + 3 if self._is_scale(_at(norms, index + 2)) else index + 2
        return value + scale // 2, end

    def _is_scale(self, word: str) -> bool:
        return any(word.removeprefix("ال") in scale.one for scale in self._scales)


def _at(norms: Sequence[str], index: int) -> str:
    return norms[index] if index < len(norms) else ""


def _exact(found: tuple[int, int]) -> tuple[Value, int]:
    return Value(found[0], found[0]), found[1]

"""One way in which data break a shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """`focus` breaks `shape` by `value`, or by values it lacks or has too many of where `value` is None."""

    focus: str
    shape: str
    value: str | None
    messages: Mapping[str, str]

    def text(self, language: str = "en") -> str:
        """What is wrong, with which node, in Arabic ("ar") or English ("en")."""
        value = "" if self.value is None else f" ({self.value})"
        return f"{self.focus}: {self.messages[language]}{value}"

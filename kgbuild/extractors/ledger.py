"""Answers of a language model kept by what was asked, and an account of what asking cost.

Both are files of one folder, so that all processes of a run share them: an answer is `<hash of the question>.json`, and
`account.jsonl` has a line for each question: answered, kept from before, or failed.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kgbuild.config import LlmConfig
from kgbuild.table_cache import cache_folder

_ACCOUNT = "account.jsonl"
_MILLION = 1_000_000


def ledger_folder(config: LlmConfig) -> Path:
    """The folder that the settings name, else one in the user's cache."""
    return Path(config.cache) if config.cache else cache_folder() / "llm"


class Ledger:
    """The folder of one model's answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def kept(self, key: str) -> dict[str, Any] | None:
        """The answer of an earlier time."""
        try:
            found: dict[str, Any] = json.loads((self._folder / f"{key}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        self._note({"kept": 1})
        return found

    def keep(self, key: str, answer: Mapping[str, Any], *, tokens_in: int, tokens_out: int) -> None:
        """Store an answer, whole or not at all, and enter what it took."""
        with tempfile.NamedTemporaryFile("w", dir=self._folder, suffix=".part", delete=False, encoding="utf-8") as file:
            json.dump(answer, file, ensure_ascii=False)
        Path(file.name).replace(self._folder / f"{key}.json")
        self._note({"answered": 1, "tokens_in": tokens_in, "tokens_out": tokens_out})

    def failed(self, reason: str, *, tokens_in: int = 0, tokens_out: int = 0) -> None:
        """Enter a question that was left without a usable answer; its tokens are paid for all the same."""
        self._note({"failed": 1, "reason": reason, "tokens_in": tokens_in, "tokens_out": tokens_out})

    def _note(self, entry: Mapping[str, Any]) -> None:
        with (self._folder / _ACCOUNT).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def key_of(*parts: str) -> str:
    """The name of a question: a hash of all that its answer depends on."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Account:
    """What was asked between two moments. `reasons` says how often what made a question fail."""

    answered: int
    kept: int
    failed: int
    tokens_in: int
    tokens_out: int
    reasons: Mapping[str, int]

    def text(self, config: LlmConfig) -> str:
        """For people, with the price where the settings give one."""
        said = f"{config.model}: {self.answered} answers, {self.kept} kept from before, {self.failed} failed; "
        said += f"{self.tokens_in} tokens in, {self.tokens_out} out"
        cost = (self.tokens_in * config.price_in + self.tokens_out * config.price_out) / _MILLION
        said += f", cost {cost:.4f}" if config.price_in or config.price_out else ""
        return "\n".join((said, *(f"  failed {n} times: {reason}" for reason, n in self.reasons.items())))


def account_size(folder: Path) -> int:
    """Where the account ends now, in bytes; what is entered later stands behind it."""
    path = folder / _ACCOUNT
    return path.stat().st_size if path.exists() else 0


def account_since(folder: Path, size: int) -> Account:
    """What was entered since the account had that size."""
    path = folder / _ACCOUNT
    lines = path.read_bytes()[size:].splitlines() if path.exists() else []
    entries = [json.loads(line) for line in lines]
    total: Counter[str] = Counter()
    for entry in entries:
        total.update({name: value for name, value in entry.items() if isinstance(value, int)})
    reasons = Counter(entry["reason"] for entry in entries if "reason" in entry)
    return Account(
        total["answered"], total["kept"], total["failed"], total["tokens_in"], total["tokens_out"], dict(reasons)
    )

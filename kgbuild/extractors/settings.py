"""The file that says how to read: TOML with a table `transformers`, `llm`, or both, for models that help, and a list
`without` of parts to leave out (`kgbuild.extract.PARTS`), to measure what they add.
"""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, Field, fields, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, TypeVar

from kgbuild.config import ClassifierConfig, LlmConfig, ReadingConfig
from kgbuild.errors import UsageError, unreadable

_Config = TypeVar("_Config", ClassifierConfig, LlmConfig)


def read_settings(path: Path) -> ReadingConfig:
    """The models that the file asks for; paths in it are relative to its folder.

    Raises UsageError where the file cannot be read, or asks for what there is not.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {unreadable(error)}") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: is not TOML: {error}; docs/models.md shows such a file") from error
    unknown = sorted(data.keys() - {"transformers", "llm", "without"})
    if unknown or not data:
        raise UsageError(f"{path}: write a table [transformers] or [llm], not {', '.join(unknown) or 'nothing'}")
    config = ReadingConfig(without=frozenset(_texts(data.get("without", []), path)))
    if "transformers" in data:
        config = replace(config, classifier=_table(ClassifierConfig, data["transformers"], "transformers", path))
    if "llm" in data:
        config = replace(config, llm=_table(LlmConfig, data["llm"], "llm", path))
    return config


def _texts(value: object, path: Path) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise UsageError(f'{path}: without = {value!r}; it has to be a list of texts, such as ["dates"]')
    return value


def _table(cls: type[_Config], table: object, name: str, path: Path) -> _Config:
    if not isinstance(table, dict):
        raise UsageError(f"{path}: {name} is a table, written [{name}]")
    known = {field.name: field for field in fields(cls)}
    unknown = sorted(table.keys() - known.keys())
    if unknown:
        raise UsageError(f"{path}, [{name}]: no setting {', '.join(unknown)}; there are {', '.join(known)}")
    for setting, value in table.items():
        wanted = _kind(known[setting])
        if not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool)):
            raise UsageError(f"{path}, [{name}]: {setting} = {value!r}; it has to be {_KINDS[wanted]}")
    values: dict[str, Any] = dict(table)
    if "labels" in values:
        values["labels"] = tuple(sorted(values["labels"].items()))
    for setting in ("prompt", "cache") if cls is LlmConfig else ("model",):
        beside = path.parent / values.get(setting, "")
        if values.get(setting) and (beside.exists() or setting != "model"):
            values[setting] = str(beside)
    missing = [setting for setting, field in known.items() if field.default is MISSING and setting not in values]
    if missing:
        raise UsageError(f'{path}, [{name}]: {" and ".join(missing)} must be given, as {missing[0]} = "…"')
    return cls(**values)


_Kind = type | tuple[type, ...]
_KINDS: dict[_Kind, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    (int, float): "a number",
    dict: "a table of texts",
}


def _kind(field: Field[Any]) -> _Kind:
    """What TOML has to give for a setting: what its default is; those without one are texts."""
    default = str if field.default is MISSING else type(field.default)
    kinds: dict[type, _Kind] = {float: (int, float), tuple: dict}
    return kinds.get(default, default)


def fingerprint(config: ReadingConfig) -> bytes:
    """What changes where the models, what is asked of them or what is left out does; nothing where all is as usual.

    Where a model or a prompt lies makes no difference, only what is in it.
    """
    if config == ReadingConfig():
        return b""
    classifier, llm = config.classifier, config.llm
    meant: list[object] = [sorted(config.without)]
    if classifier is not None:
        meant += [Path(classifier.model).name, classifier.threshold, classifier.labels]
    if llm is not None:
        meant += [llm.url, llm.model, llm.max_characters, llm.json_mode]
    total = sha256(repr(meant).encode())
    for path in _files(config):
        total.update(path.name.encode() + b"\0")
        with path.open("rb") as file:
            total.update(file_digest(file, "sha256").digest())
    return total.digest()


def _files(config: ReadingConfig) -> list[Path]:
    files: list[Path] = []
    if config.classifier is not None:
        files += sorted(path for path in Path(config.classifier.model).rglob("*") if path.is_file())
    if config.llm is not None and config.llm.prompt:
        files.append(Path(config.llm.prompt))
    return files

"""The library of tables, loaded when the first one is made."""

from __future__ import annotations

from typing import Any

from kgbuild.errors import UsageError


def pandas_module() -> Any:
    """pandas; UsageError where it is not installed."""
    try:
        import pandas
    except ImportError as error:
        raise UsageError(f"tables need pip install 'kgbuild[notebook]' ({error})") from error
    return pandas

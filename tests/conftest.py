"""Fixtures for all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.command import kgbuild

__all__ = ["kgbuild"]

# How long one example takes says more of what else the machine does than of the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules with slow tests first, so that no process is left alone with them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)

"""Fixtures for all tests."""

from __future__ import annotations

from hypothesis import settings

from tests.command import kgbuild

__all__ = ["kgbuild"]

# How long one example takes says more of what else the machine does than of the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

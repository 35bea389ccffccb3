"""Fixtures for all tests."""

from __future__ import annotations

from tests.command import kgbuild

__all__ = ["kgbuild"]

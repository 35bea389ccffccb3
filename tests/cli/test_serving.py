from __future__ import annotations

from dataclasses import fields

import pytest
from click import Option

from kgbuild.cli.options import size
from kgbuild.cli.serving import serve
from kgbuild.config import ServerConfig

DEFAULTS = {field.name: field.default for field in fields(ServerConfig)}
LIMITS = {p.name: p for p in serve.params if isinstance(p, Option) and isinstance(p.show_default, str)}


@pytest.mark.parametrize("name", LIMITS)
def test_the_help_tells_the_limit_that_holds(name: str) -> None:
    """Left out, an option is not given on, so that the default stands in one place; the help has to say it, though."""
    assert size(str(LIMITS[name].show_default)) == DEFAULTS[name]


def test_every_limit_is_told() -> None:
    assert set(LIMITS) == {"query_timeout", "query_memory", "max_rows", "query_workers", "replica_memory"}

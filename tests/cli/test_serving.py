from __future__ import annotations

import socket
from dataclasses import fields
from pathlib import Path

import pytest
from click import BadParameter, Option

from kgbuild.cli.options import size
from kgbuild.cli.serving import host_name, serve
from kgbuild.config import ServerConfig
from tests.command import Command
from tests.export.stories import quads, write_store

DEFAULTS = {field.name: field.default for field in fields(ServerConfig)}
LIMITS = {p.name: p for p in serve.params if isinstance(p, Option) and isinstance(p.show_default, str)}


@pytest.mark.parametrize("name", LIMITS)
def test_the_help_tells_the_limit_that_holds(name: str) -> None:
    """Left out, an option is not given on, so that the default stands in one place; the help has to say it, though."""
    assert size(str(LIMITS[name].show_default)) == DEFAULTS[name]


def test_every_limit_is_told() -> None:
    assert set(LIMITS) == {"query_timeout", "query_memory", "max_rows", "query_workers", "replica_memory"}


def test_a_port_that_is_taken_is_told_before_anything_is_said_to_be_served(kgbuild: Command, tmp_path: Path) -> None:
    write_store(tmp_path / "store", quads())
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        status, _, err = kgbuild("serve", "--store", tmp_path / "store", "--port", port)
    assert status == 2
    assert err == f"kgbuild: 127.0.0.1, port {port}: Address already in use; choose another one with --host or --port\n"


@pytest.mark.parametrize("name", ["query.wikidata.org", "localhost:8890", "127.0.0.1:80", "[::1]:8890"])
def test_hosts_that_may_be_asked_are_names_with_or_without_a_port(name: str) -> None:
    assert host_name(name) == name


@pytest.mark.parametrize("name", ["http://localhost", "localhost/sparql", "localhost:port", "a b", ""])
def test_what_is_no_host_is_refused(name: str) -> None:
    with pytest.raises(BadParameter, match="is no host; write it as"):
        host_name(name)

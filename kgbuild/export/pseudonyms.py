"""IRIs under which people stand whose names are left out.

Their own hold a name or follow from one, so that whoever has a list of names could find out who is who. The others
follow from a secret, too, which the store keeps: the same store gives the same ones. It is random, since nothing that a
dump holds is secret.
"""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from kgbuild.store import Reader
from kgbuild.store.database import DatabaseReader

FILE = "redaction.key"
"""In the store's folder; never exported."""


class Pseudonyms:
    """Those of one store; of one export only where the store has no folder that can be written."""

    def __init__(self, reader: Reader) -> None:
        self._key, self._base = _key(reader), reader.base

    def iri(self, entity: str) -> str:
        """The IRI that stands for an entity's."""
        return f"{self._base}entity/{hmac.new(self._key, entity.encode(), 'sha256').hexdigest()[:20]}"


def _key(reader: Reader) -> bytes:
    new = secrets.token_bytes(32)
    if not isinstance(reader, DatabaseReader) or not reader.path.is_dir():
        return new
    path = reader.path / FILE
    if not path.exists() and os.access(reader.path, os.W_OK):
        _keep(path, new)
    return path.read_bytes() if path.exists() else new


def _keep(path: Path, key: bytes) -> None:
    """Write the key for its owner alone; of two who do so at once the first counts."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.touch(0o600)
    temporary.write_bytes(key)
    with suppress(FileExistsError):
        os.link(temporary, path)
    temporary.unlink()

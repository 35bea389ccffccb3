"""Opens a store wherever it is kept: in a folder, or on a SPARQL server."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias, overload

from kgbuild.config import RemoteAddress
from kgbuild.store.embedded import EmbeddedStore, open_folder
from kgbuild.store.remote import RemoteStore, open_remote
from kgbuild.store.snapshots import Snapshot, open_snapshot

StorePlace: TypeAlias = Path | RemoteAddress
"""Where a store may be."""


@overload
def open_store(place: str | Path, *, base: str | None = None, create: bool = True) -> EmbeddedStore: ...
@overload
def open_store(place: RemoteAddress, *, base: str | None = None, create: bool = True) -> RemoteStore: ...
@overload
def open_store(
    place: str | Path | RemoteAddress, *, base: str | None = None, create: bool = True
) -> EmbeddedStore | RemoteStore: ...
def open_store(
    place: str | Path | RemoteAddress, *, base: str | None = None, create: bool = True
) -> EmbeddedStore | RemoteStore:
    """Open a store for writing. In a folder it is made where there is none and `create` is set.

    `base` is the base of its data IRIs; None takes that of the store, or the default for a new one. Raises
    StoreBusyError where somebody else writes, StoreError where it cannot be used.
    """
    if isinstance(place, RemoteAddress):
        return open_remote(place, base=base)
    return open_folder(place, base=base, create=create)


def open_reader(place: str | Path | RemoteAddress) -> Snapshot | RemoteStore:
    """Open for reading what was published last; on a server, what it holds. Raises StoreError."""
    return open_remote(place) if isinstance(place, RemoteAddress) else open_snapshot(place)

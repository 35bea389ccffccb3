"""Where the graph is kept: one writer, any number of readers, each of whom sees one published state.

with open_store("store") as store:         # the writer
    store.apply(Change(replace={graph: triples}))
    store.publish()
with open_snapshot("store") as snapshot:   # a reader
    snapshot.query("SELECT …")
"""

from __future__ import annotations

from kgbuild.store.changes import Change
from kgbuild.store.embedded import EmbeddedStore
from kgbuild.store.opening import StorePlace, open_reader, open_store
from kgbuild.store.protocol import QueryResult, Reader, Store, value_of
from kgbuild.store.remote import RemoteStore
from kgbuild.store.snapshots import Build, Snapshot, current_number, open_snapshot, read_build
from kgbuild.store.syntax_errors import NO_PREFIX, SyntaxFault, is_update, syntax_fault

__all__ = [
    "NO_PREFIX",
    "Build",
    "Change",
    "EmbeddedStore",
    "QueryResult",
    "Reader",
    "RemoteStore",
    "Snapshot",
    "Store",
    "StorePlace",
    "SyntaxFault",
    "current_number",
    "is_update",
    "open_reader",
    "open_snapshot",
    "open_store",
    "read_build",
    "syntax_fault",
    "value_of",
]

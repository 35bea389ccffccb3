"""Applies updates to the embedded store, each as one transaction, and publishes after each."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pyoxigraph import NamedNode

from kgbuild.config import RemoteAddress
from kgbuild.store import EmbeddedStore, open_store
from server.engine import folder, guard
from server.engine.tasks import GraphTask, UpdateTask


class Writer:
    """Takes the lock of the store when the first task comes."""

    def __init__(self, store: str, hosts: Collection[str] = (), remote: RemoteAddress | None = None) -> None:
        self._folder, self._hosts = store, hosts
        self._remote = remote
        self._store: EmbeddedStore | None = None

    def apply(self, task: UpdateTask | GraphTask) -> Mapping[str, int | bool]:
        """Returns `existed` for a graph task: whether the named graph was there before."""
        store = self._store = self._store or folder.open_for_writing(self._folder)
        facts: dict[str, int | bool] = {}
        if isinstance(task, UpdateTask):
            guard.check_update(task.text, self._hosts)
            self._update(store, task.text, task.base_iri)
        else:
            facts["existed"] = task.graph is None or store.database.contains_named_graph(NamedNode(task.graph))
            if task.action != "delete" or facts["existed"]:
                self._update(store, graph_update(task), None)
        store.publish(grace=folder.GRACE_SECONDS)
        return facts

    def _update(self, store: EmbeddedStore, text: str, base_iri: str | None) -> None:
        """Where the store is a copy, the original is changed first."""
        if self._remote:
            with open_store(self._remote) as remote:
                remote.update(f"BASE <{base_iri}>\n{text}" if base_iri else text)
        store.update(text, base_iri=base_iri)

    def release(self) -> None:
        """Give the lock back."""
        if self._store is not None:
            self._store.close()
            self._store = None


def graph_update(task: GraphTask) -> str:
    """The update that does what a graph task asks, so that it is one transaction.

    https://www.w3.org/TR/sparql11-http-rdf-update/ defines the operations by such updates.
    """
    triples = task.triples.decode("utf-8")
    if task.graph is None:
        steps = {"put": "DROP DEFAULT", "delete": "DROP DEFAULT"}
        data = f"INSERT DATA {{ {triples} }}"
    else:
        graph = str(NamedNode(task.graph))
        steps = {"put": f"DROP SILENT GRAPH {graph} ; CREATE GRAPH {graph}", "delete": f"DROP GRAPH {graph}"}
        steps["post"] = f"CREATE SILENT GRAPH {graph}"
        data = f"INSERT DATA {{ GRAPH {graph} {{ {triples} }} }}"
    parts = [steps.get(task.action, ""), data if triples else ""]
    return " ;\n".join(part for part in parts if part)

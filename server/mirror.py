"""A copy on this machine of a store that is kept on a SPARQL server, so that everything works as over a folder.

Pages, exports, search, limits and speed are then the same whatever the other server is. The copy follows the original:
a build is seen when it is finished, and updates of others when they are noticed. As a program it copies once:
python -m server.mirror ADDRESS FOLDER, the address as JSON.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import RdfFormat

from kgbuild.config import RemoteAddress
from kgbuild.errors import KgbuildError, StoreError
from kgbuild.store import open_store
from server.child_processes import run_module

LOOK_SECONDS = 10.0

Stamp: TypeAlias = tuple[str, ...]

_log = logging.getLogger(__name__)


class Mirror:
    """Copies the store at `address` into the folder `folder`."""

    def __init__(self, address: RemoteAddress, folder: str) -> None:
        self._address, self._folder = address, folder
        self._seen: Stamp | None = None

    def copy(self) -> str:
        """Copy everything and publish it; the base of the data IRIs. Raises StoreError.

        In a process of its own: one that has had a database open for writing cannot be forked any more, for the
        engine's threads do not come along.
        """
        done = run_module("server.mirror", json.dumps(asdict(self._address)), self._folder)
        if done.returncode:
            raise StoreError(done.stderr.strip().rpartition("\n")[2])
        return done.stdout.strip()

    def follow(self) -> None:
        """Copy again, in the background, whenever the original has changed; not in the middle of a build."""
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            try:
                with open_store(self._address) as remote:
                    unfinished, stamp = remote.unfinished, remote.stamp()
                if not unfinished and stamp != self._seen:
                    self.copy()
                    self._seen = stamp
            except KgbuildError as error:
                _log.warning("the copy stays as it was: %s", error)


def main() -> int:
    address, folder = RemoteAddress(**json.loads(sys.argv[1])), sys.argv[2]
    try:
        with open_store(address) as remote, tempfile.NamedTemporaryFile(suffix=".nq") as file:
            with Path(file.name).open("wb") as output:
                remote.dump(output, RdfFormat.N_QUADS)
            with open_store(folder, base=remote.base) as store:
                store.database.clear()
                store.database.bulk_load(path=file.name, format=RdfFormat.N_QUADS)
                store.publish(grace=LOOK_SECONDS)
            print(remote.base)
    except KgbuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

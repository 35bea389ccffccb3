from __future__ import annotations

import json
import select
import socket
import subprocess
import sys
from pathlib import Path

SECONDS = 60
"""To start an interpreter on a busy machine."""


def test_it_ends_in_silence_where_the_server_goes_before_it_has_read_an_answer(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    settings = {
        "descriptor": theirs.fileno(), "seconds": 10, "memory": 1 << 30, "hosts": [], "remote": None,
        "store": str(tmp_path), "replica": None,
    }  # fmt: skip
    with theirs:
        nursery = subprocess.Popen(
            [sys.executable, "-m", "server.engine.nursery", json.dumps(settings)],
            pass_fds=[theirs.fileno()],
            stderr=subprocess.PIPE,
        )
    with nursery:
        answered, _, _ = select.select([ours], [], [], SECONDS)
        ours.close()
        _, complaint = nursery.communicate(timeout=SECONDS)
    assert (bool(answered), nursery.returncode, complaint) == (True, 0, b"")

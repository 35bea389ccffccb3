"""Messages over a socket between the server and a worker: a length, then that many bytes."""

from __future__ import annotations

import pickle
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!I")
_CHUNK = 64 << 10
"""Of twice that size on, the allocator asks the system for each buffer, which takes longer than the whole rest."""


class Channel:
    """One end of a connection. Both ends are ours, so objects are pickled."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._buffer = bytearray()

    def send(self, message: object) -> None:
        self.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))

    def send_bytes(self, data: bytes | bytearray) -> None:
        self._socket.settimeout(None)
        self._socket.sendall(_LENGTH.pack(len(data)) + data)

    def receive(self, seconds: float | None = None) -> Any:
        """The next object; TimeoutError after `seconds`, EOFError where the other side has gone."""
        return pickle.loads(self.receive_bytes(seconds))

    def receive_bytes(self, seconds: float | None = None) -> bytes:
        """The next message; what has come of it when time runs out is kept for the next call."""
        while True:
            if len(self._buffer) >= _LENGTH.size:
                end = _LENGTH.size + _LENGTH.unpack_from(self._buffer)[0]
                if len(self._buffer) >= end:
                    message = bytes(memoryview(self._buffer)[_LENGTH.size : end])
                    del self._buffer[:end]
                    return message
            self._socket.settimeout(None if seconds is None else max(seconds, 0.001))
            data = self._socket.recv(_CHUNK)
            if not data:
                raise EOFError
            self._buffer += data

    def close(self) -> None:
        self._socket.close()

"""A stand-in for an endpoint of a language model, on the loopback interface."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, dict[str, str], str]
"""Status, headers and body."""


def completion(content: str, tokens_in: int = 100, tokens_out: int = 10) -> Reply:
    """What an endpoint answers where all is well."""
    usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out}
    return 200, {}, json.dumps({"choices": [{"message": {"content": content}}], "usage": usage})


def names(**found: str) -> Reply:
    """A completion that names each of the words, with its class."""
    return completion(json.dumps({"names": [{"text": text, "class": cls} for text, cls in found.items()]}))


class Endpoint:
    """Gives the replies in turn, the last one for ever, and remembers what it was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""

    def reply(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Reply:
        if path != "/v1/chat/completions":
            return 404, {}, "no such path"
        self.asked.append(body)
        self.headers.append(headers)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def endpoint(*replies: Reply) -> Iterator[Endpoint]:
    """An endpoint that serves while the context lasts."""
    double = Endpoint(*replies)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, text = double.reply(self.path, dict(self.headers), body)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(text.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test says what it expects."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        double.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        yield double
        server.shutdown()
        thread.join()

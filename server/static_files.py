"""The files of the pages, compressed once, each under an address with its hash."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

FOLDER = Path(__file__).resolve().parent / "static"
COMPRESSED = ("text/", "application/", "image/svg")
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
"""What the machine's own tables may lack."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent; `packed` is empty where packing gains nothing."""

    body: bytes
    packed: bytes
    media_type: str
    tag: str


def address(name: str) -> str:
    """The URL of a file, which changes when the file does."""
    return f"/static/{quote(name)}?v={read(name).tag}"


@lru_cache(maxsize=64)
def read(name: str) -> File:
    body = (FOLDER / name).read_bytes()
    suffix = Path(name).suffix
    media_type = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if media_type.startswith("text/") and "charset" not in media_type:
        media_type += "; charset=utf-8"
    packed = gzip.compress(body, 9, mtime=0) if media_type.startswith(COMPRESSED) else b""
    return File(body, packed, media_type, hashlib.sha256(body).hexdigest()[:16])


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """What there is to be had; nothing outside the folder."""
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())

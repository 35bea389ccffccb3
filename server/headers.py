"""What every response says to browsers about its own safety, and the number by which it is found in the logs."""

from __future__ import annotations

import itertools
import secrets

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}

_numbers = itertools.count(secrets.randbits(48))


def request_number() -> str:
    """One after the other from a random one on: to ask the system for random bytes each time takes longer."""
    return f"{next(_numbers) & 0xFFFFFFFFFFFF:012x}"

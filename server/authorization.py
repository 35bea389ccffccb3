"""Who may write: whoever has the token."""

from __future__ import annotations

import hmac

from flask import request

from server.context import config
from server.problems import ProblemError


def require_token() -> None:
    """Raises ProblemError: 403 where the server was started without a token, 401 without the right one.

    https://www.rfc-editor.org/rfc/rfc6750
    """
    token = config().token
    if not token:
        raise ProblemError(403, "This server only reads: it was started without a token.")
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        raise ProblemError(401, "Send the token: Authorization: Bearer …", headers={"WWW-Authenticate": "Bearer"})

"""What every template may use."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from flask import Flask, request

from kgbuild.vocab import CKO
from server import language
from server.pages.incident import Marker
from server.pages.listing import Dot
from server.pages.table import Spot
from server.terms import term_label

NAMES = {"ar": "العربية", "en": "English"}
COMMA = {"ar": "، ", "en": ", "}
NAVIGATION = (
    ("/", "Overview"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/incidents", "Incidents"),
    ("/queries", "Questions"),
    ("/sparql", "SPARQL"),
)


def register(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["_"] = language.translate
    app.jinja_env.globals["term"] = lambda name: term_label(CKO.iri + name, language.current())
    app.jinja_env.filters.update(
        number=language.number, day=language.day, degrees=_degrees, outside=_outside, site=_site, pixels=_pixels
    )
    app.context_processor(_context)


def _context() -> dict[str, object]:
    now = language.current()
    other = "en" if now == "ar" else "ar"
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return {
        "language": now,
        "arguments": lambda **more: urlencode({**request.args, **more}),
        "comma": COMMA[now],
        "navigation": [(path, language.translate(name)) for path, name in NAVIGATION],
        "switch": {
            "href": f"{request.path}?{urlencode([*arguments, ('lang', other)])}",
            "language": other,
            "name": NAMES[other],
        },
    }


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}°{positive if value >= 0 else negative}"


def _pixels(marks: Iterable[Dot | Marker | Spot]) -> list[tuple[float, float]]:
    return [(mark.x, mark.y) for mark in marks]


def _outside(url: str) -> str:
    """A link from the data, if it is one to the web; anything else, such as a script, leads nowhere."""
    return url if urlsplit(url).scheme in ("http", "https") else "#"


def _site(url: str) -> str:
    """The host and the last part of a link, for people."""
    parts = urlsplit(url)
    return f"{parts.hostname or url}: {parts.path.rstrip('/').rpartition('/')[2]}"

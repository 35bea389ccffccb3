"""What every template may use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, request

from kgbuild.vocab import CKO
from server import language, static_files
from server.pages.dots import Dot
from server.pages.incident import Marker
from server.pages.table import Spot
from server.terms import term_label

NAMES = {"ar": "العربية", "en": "English"}
COMMA = {"ar": "، ", "en": ", "}
KNOWN_SITES = {"www.wikidata.org": "Wikidata", "sws.geonames.org": "GeoNames", "www.geonames.org": "GeoNames"}
_LATIN = re.compile(r"[A-Za-zÀ-ɏ](?:[^\u0590-\u08ff،؛]*[A-Za-zÀ-ɏ0-9'’)])?")

NAVIGATION = (
    ("/", "Overview"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/incidents", "Incidents"),
    ("/network", "Network"),
    ("/statistics", "Statistics"),
    ("/queries", "Questions"),
    ("/sparql", "SPARQL"),
)


def register(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["_"] = language.translate
    app.jinja_env.globals["words_of_queries"] = _words_of_queries
    app.jinja_env.globals["words_of_map"] = _words_of_map
    app.jinja_env.globals["asset"] = static_files.address
    app.jinja_env.globals["counted"] = language.counted
    app.jinja_env.globals["term"] = lambda name: term_label(CKO.iri + name, language.current())
    app.jinja_env.filters.update(
        isolated=_isolated,
        number=language.number,
        day=language.day,
        degrees=_degrees,
        outside=_outside,
        site=_site,
        pixels=_pixels,
    )
    app.context_processor(_context)


def _words_of_map() -> dict[str, str]:
    """What the script of the map says."""
    translate = language.translate
    return {
        "incidents": translate("{figure} incidents"),
        "killed": translate("killed people"),
        "newest": translate("the newest"),
        "in": translate("Zoom in"),
        "out": translate("Zoom out"),
        "km": translate("km"),
        "m": translate("m"),
    }


def _words_of_queries() -> dict[str, str]:
    translate = language.translate
    return _words_of_map() | {
        "table": translate("view table"),
        "response": translate("Answer"),
        "chart": translate("view chart"),
        "map": translate("view map"),
        "query": translate("Query"),
        "run": translate("Ask"),
        "endpoint": translate("The endpoint"),
    }


def _context() -> dict[str, object]:
    now = language.current()
    other = "en" if now == "ar" else "ar"
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    query = urlencode(sorted(arguments))
    return {
        "language": now,
        "canonical": f"{request.url_root.rstrip('/')}{quote(request.path)}" + (f"?{query}" if query else ""),
        "arguments": lambda **more: urlencode({**request.args, **more}),
        "comma": COMMA[now],
        "navigation": [(path, language.translate(name)) for path, name in NAVIGATION],
        "switch": {
            "href": f"{request.path}?{urlencode([*arguments, ('lang', other)])}",
            "language": other,
            "name": NAMES[other],
        },
    }


def _isolated(text: str, written_in: str | None) -> str:
    """Latin words in Arabic text by themselves: else a comma and a number after them would join them, out of place."""
    return _LATIN.sub("\u2068\\g<0>\u2069", text) if written_in == "ar" else text


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}°{language.translate(positive if value >= 0 else negative)}"


def _pixels(marks: Iterable[Dot | Marker | Spot]) -> list[tuple[float, float]]:
    return [(mark.x, mark.y) for mark in marks]


def _outside(url: str) -> str:
    """A link from the data, if it is one to the web; anything else, such as a script, leads nowhere."""
    return url if urlsplit(url).scheme in ("http", "https") else "#"


def _site(url: str) -> str:
    """The host and the last part of a link, for people."""
    parts = urlsplit(url)
    host = parts.hostname or url
    return f"{KNOWN_SITES.get(host, host)}: {parts.path.rstrip('/').rpartition('/')[2]}"

"""What the pages of saved queries show, asked for beforehand over each snapshot that has settled."""

from __future__ import annotations

import logging

from kgbuild.errors import StoreError
from kgbuild.saved_queries import SavedQuery, load_all
from server.engine.engine import Engine
from server.language import LANGUAGES
from server.pages.table import bars_of, map_of, table_of
from server.problems import ENGINE_ERRORS

SHOWN_ROWS = 500

_log = logging.getLogger(__name__)


def shown(engine: Engine, query: SavedQuery, text: str, language: str) -> dict[str, object]:
    """The first rows of a query whose parameters are filled in: `text`."""
    found = engine.first_rows(text, SHOWN_ROWS)
    table = table_of(engine, found.columns, found.rows, language)
    return {
        "table": table,
        "map": map_of(table, found.rows) if query.view == "map" else None,
        "bars": bars_of(found.columns, table, found.rows) if query.view == "chart" else [],
        "more": len(found.rows) == SHOWN_ROWS,
        "text": text,
    }


def warm(engine: Engine) -> None:
    """Ask every saved query without parameters, as its page does, until there is a newer snapshot.

    What is slow goes on with a low priority, as for everybody; what fails will tell its reader so.
    """
    number = engine.snapshot()
    for query in load_all().values():
        for language in LANGUAGES:
            try:
                if engine.snapshot() != number:
                    return
                known = {parameter.name for parameter in query.parameters}
                shown(engine, query, query.filled({"lang": language} if "lang" in known else {}), language)
            except (*ENGINE_ERRORS, StoreError) as error:
                _log.info("saved query %s, asked beforehand: %r", query.name, error)

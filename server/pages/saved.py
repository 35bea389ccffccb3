"""What the pages of saved queries show, asked for beforehand over each snapshot that has settled."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kgbuild.errors import StoreError
from kgbuild.saved_queries import SavedQuery, load_all
from server.catalogue.catalogue import Tables
from server.engine.engine import Engine
from server.language import LANGUAGES
from server.pages.edition import Edition
from server.pages.table import bars_of, map_of, table_of, told
from server.problems import ENGINE_ERRORS

SHOWN_ROWS = 500

_log = logging.getLogger(__name__)


def shown(edition: Edition, query: SavedQuery, text: str) -> dict[str, object]:
    """The first rows of a query whose parameters are filled in: `text`."""
    found = edition.engine.first_rows(text, SHOWN_ROWS)
    table = told(table_of(edition, found.columns, found.rows), edition.language)
    return {
        "table": table,
        "map": map_of(table, found.rows) if query.view == "map" else None,
        "bars": bars_of(found.columns, table, found.rows) if query.view == "chart" else [],
        "more": len(found.rows) == SHOWN_ROWS,
        "text": text,
    }


def warm(engine: Engine, tables: Callable[[], Tables]) -> None:
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
                text = query.filled({"lang": language} if "lang" in known else {})
                shown(Edition(engine, language, tables), query, text)
            except (*ENGINE_ERRORS, StoreError) as error:
                _log.info("saved query %s, asked beforehand: %r", query.name, error)

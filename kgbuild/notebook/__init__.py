"""For notebooks: read articles, look at what they say, make tables of it, and ask a store.

    from kgbuild import notebook as kb
    readings = kb.read("articles")
    readings.to_dataframe()

`read` and `read_text` give `Reading`s, whose records are those of `kgbuild.model`; `open_graph` gives a `Graph`, which
answers questions in SPARQL. Tables need pandas, maps geopandas: `pip install 'kgbuild[notebook]'`.
"""

from __future__ import annotations

from kgbuild.notebook.graph import Answer, Graph, open_graph
from kgbuild.notebook.reading import Incident, Reading, Readings, read, read_text

__all__ = ["Answer", "Graph", "Incident", "Reading", "Readings", "open_graph", "read", "read_text"]

"""Turn conflict reporting in Arabic and English into an open, checkable knowledge graph."""

__version__ = "0.1.0"

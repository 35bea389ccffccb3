"""The ontology as something to read: its terms, code lists and crosswalks, for the page, the documents, the diagram."""

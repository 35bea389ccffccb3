"""Whether data keep to the ontology: shapes, quickly for a batch or in full by pySHACL, and OWL consistency."""

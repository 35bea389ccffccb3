"""Measures extraction against annotated articles and against what researchers made of the same texts."""

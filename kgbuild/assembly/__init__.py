"""Annotated document → what the article says of each incident."""

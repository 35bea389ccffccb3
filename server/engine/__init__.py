"""Answers queries in worker processes, each over a read-only snapshot, under limits that hold."""

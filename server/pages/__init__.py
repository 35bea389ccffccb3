"""What each kind of page shows: read from the graph into records that the templates write out."""

"""How the relation of two names is told, put together by `relations`."""

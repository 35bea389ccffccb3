"""What names in a text look like: a module of rules for each kind, put together by `entities`."""

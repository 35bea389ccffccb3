"""Which mentions name one thing: rules for each kind, put together by `coreference`."""

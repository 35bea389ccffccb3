"""How figures of the dead and the hurt are told, put together by `casualties`."""

"""Loading what stays until the end, without the collector of cyclic garbage.

To look through tables again and again while they grow takes a third of the time that they take to make; once they are
there, each full turn of the collector and the end of the program would look through them once more.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """The collector rests, and afterwards leaves alone what is there."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()

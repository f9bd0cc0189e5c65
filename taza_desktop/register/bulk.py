"""Work on very many objects at once."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """Without looking for circles of objects meanwhile.

    A large package is a few hundred thousand objects that all stay; looking through them again and
    again takes a quarter of the time of merging and finds nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def for_good() -> Generator[None]:
    """The same for what stays as long as the program runs: modules, the plan.

    A look through all of that stops every thread for 30 to 150 ms. Where there is a window, which
    is the only place where another thread works, it is never looked through again.
    """
    with uncollected():
        try:
            yield
        finally:
            if threading.current_thread() is not threading.main_thread():
                gc.freeze()

"""Work that waits for a slow folder, in a thread of its own; what came of it, in Qt's loop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


def aside(work: Callable[[], T], then: Callable[[T], None]) -> None:
    """Have a thread do it, and call `then` with what came of it out of Qt's loop.

    Whoever asked may be gone by then and has to know it: a thread must not touch an object of Qt
    that may be deleted meanwhile, so the one that brings the answers back is never deleted.
    """
    postbox = _postbox()

    def run() -> None:
        came = work()
        postbox.put.emit(lambda: then(came))

    threading.Thread(target=run, name="folder", daemon=True).start()


class _Postbox(QObject):
    put = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.put.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _deliver(self, letter: Callable[[], None]) -> None:
        letter()


@cache
def _postbox() -> _Postbox:
    return _Postbox()

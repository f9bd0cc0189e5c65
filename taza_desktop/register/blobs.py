"""Large contents of a register, in pieces.

Bound to a statement or fetched from one, a blob is copied in one go, during which Python holds up
every thread: thirty milliseconds for 50 MB, which a window would not move.
"""

from __future__ import annotations

import io
from sqlite3 import Blob

_PIECE = 1024 * 1024


def read(blob: Blob) -> bytes:
    """All of it."""
    whole = io.BytesIO()
    while piece := blob.read(_PIECE):
        whole.write(piece)
    return whole.getvalue()


def write(blob: Blob, data: bytes) -> None:
    """Fill a blob that was made as long as the data."""
    view = memoryview(data)
    for at in range(0, len(view), _PIECE):
        blob.write(view[at : at + _PIECE])

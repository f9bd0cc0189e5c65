"""What waits to be sent, quickly: without asking what became of all that went before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, cast

from taza_desktop.register.register import Register


class Waiting(NamedTuple):
    """A package that waits.

    Attributes:
        code, text: why it is not there yet; empty when it was not tried.
        due: when it is tried next, UTC.
        photos: it holds nothing but photos and scans, which may wait for a cheaper line.
    """

    package_id: str
    code: str
    text: str
    due: str
    photos: bool


def waiting(register: Register) -> tuple[Waiting, ...]:
    """All that waits, the oldest first."""
    rows = register.db.execute(
        "SELECT package, code, text, due, json_extract(envelope, '$.kind') = 'attachments'"
        " FROM outbox JOIN packages ON package_id = package AND direction = 'out'"
        " WHERE state = 'waiting' ORDER BY outbox.rowid"
    )
    return tuple(Waiting(*row) for row in cast("Iterable[tuple[str, str, str, str, bool]]", rows))

"""How revisions and cells stand in the file: canonical JSON and packed ids."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

from taza_desktop.plan.sheet import Cells, Value
from taza_desktop.register.model import Revision

ID_BYTES = 16
REVISION_COLUMNS = "id, record, parents, changes, author, office, made"
RevisionRow = tuple[bytes, bytes, bytes, str, str, str, str]

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def to_json(value: object) -> str:
    """Canonical JSON: the same value gives the same text."""
    return _encode(value)


def cells_of(text: str) -> Cells:
    """The cells behind such a text."""
    return cast("Cells", json.loads(text))


def value_of(text: str) -> Value:
    """The value behind such a text."""
    return cast("Value", json.loads(text))


def pack(ids: Sequence[bytes]) -> bytes:
    """Several ids as one blob."""
    return b"".join(ids)


def unpack(blob: bytes) -> tuple[bytes, ...]:
    """The ids in such a blob."""
    return tuple(blob[at : at + ID_BYTES] for at in range(0, len(blob), ID_BYTES))


def to_row(revision: Revision) -> RevisionRow:
    """A revision in the order of `REVISION_COLUMNS`."""
    return (
        revision.id,
        revision.record,
        pack(revision.parents),
        to_json(revision.changes),
        revision.author,
        revision.office,
        revision.made,
    )


def from_row(row: RevisionRow) -> Revision:
    """The revision behind such a row."""
    own_id, record, parents, changes, *who_and_when = row
    return Revision(own_id, record, unpack(parents), cells_of(changes), *who_and_when)

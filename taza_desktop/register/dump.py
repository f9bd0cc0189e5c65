"""The canonical dump: what a register holds as JSON Lines; the same content gives the same bytes.

What is local stays out: whose register it is, which packages came and when, the journal of edits,
what is silent. So two coordinators who know the same dump the same, in whatever order and by
whomever it came to them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

from taza_desktop.register.codec import (
    REVISION_COLUMNS,
    RevisionRow,
    cells_of,
    from_row,
    to_json,
)  # fmt: skip


def dump_lines(db: sqlite3.Connection) -> Iterator[str]:
    """The lines, without their ends: records, revisions, attachments; each sorted."""
    yield from _records(db)
    named: set[str] = set()
    rows = db.execute(f"SELECT {REVISION_COLUMNS} FROM revisions WHERE active ORDER BY record, id")
    for row in cast("Iterable[RevisionRow]", rows):
        revision = from_row(row)
        named.update(
            str(value["sha256"])
            for value in revision.changes.values()
            if isinstance(value, dict) and "sha256" in value
        )
        yield to_json(
            {
                "revision": revision.id.hex(),
                "record": revision.record.hex(),
                "parents": [parent.hex() for parent in revision.parents],
                "changes": revision.changes,
                "author": revision.author,
                "office": revision.office,
                "made": revision.made,
            }
        )
    for digest, size in db.execute("SELECT sha256, length(data) FROM attachments ORDER BY 1"):
        if digest in named:
            yield to_json({"attachment": digest, "size": size})


def write_dump(db: sqlite3.Connection, out: BinaryIO) -> None:
    """Write the lines as UTF-8."""
    for line in dump_lines(db):
        out.write(line.encode() + b"\n")


def _records(db: sqlite3.Connection) -> Iterator[str]:
    """The records that any active revision belongs to, with what they show."""
    rows = db.execute(
        "SELECT id, measure, territory, round, entry_of, cells, coalesce(conflicts, '[]')"
        " FROM records WHERE EXISTS"
        " (SELECT 1 FROM revisions WHERE record = records.id AND active) ORDER BY id"
    )
    for record, measure, territory, code, table, cells, conflicts in cast(
        "Iterable[tuple[bytes, int, str, str, str, str, str]]", rows
    ):
        yield to_json(
            {
                "record": record.hex(),
                "measure": measure,
                "territory": territory,
                "round": code,
                "table": table,
                "cells": cells_of(cells),
                "conflicts": cells_of(conflicts),
            }
        )

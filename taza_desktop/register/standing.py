"""Which packages stand, and so which revisions are active: the rule of docs/decisions/0004.

A revision is active when it was made here, or when it came on a way whose packages may all speak
for its author's office and of which none was taken back. What is said about packages is never
silenced, or a package could take back its own taking back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import cast

from taza_desktop.register.model import PACKAGE

# `:turned` are packages that are supposed to stand though they do not, or the other way round.
_ACTIVE = f"""(own OR EXISTS (
  SELECT 1 FROM links WHERE revision = revisions.number AND speaks AND (
    way NOT IN (
      SELECT way FROM steps JOIN packages ON packages.id = package
      WHERE packages.active = (package IN (SELECT value FROM json_each(:turned))))
    OR (SELECT entry_of FROM records WHERE records.id = revisions.record) = '{PACKAGE}')))"""
_MISJUDGED = (
    " number IN (SELECT revision FROM carried"
    f" WHERE package IN (SELECT value FROM json_each(:packages))) AND active <> {_ACTIVE}"
)


def withdrawn(record: str) -> str:
    """SQL: whether a package was taken back, by what its `package:` record shows."""
    return (
        f"EXISTS (SELECT 1 FROM records AS said WHERE said.id = {record}"
        " AND json_extract(said.cells, '$.withdrawn'))"
    )


def turned_by(db: sqlite3.Connection, said: Iterable[tuple[bytes, bool]]) -> list[int]:
    """The packages that such words would make stand or fall: their record, whether withdrawn."""
    turned: list[int] = []
    for word in said:
        rows = db.execute("SELECT id FROM packages WHERE record = ? AND active = ?", word)
        turned += [row[0] for row in cast("Iterable[tuple[int]]", rows)]
    return turned


def turning(db: sqlite3.Connection, turned: Sequence[int]) -> dict[int, bytes]:
    """The revisions that would become active or silent if those packages turned: number, record."""
    packages = json.dumps(turned)
    rows = db.execute(
        f"SELECT number, record FROM revisions WHERE {_MISJUDGED}",
        {"packages": packages, "turned": packages},
    )
    return dict(cast("Iterable[tuple[int, bytes]]", rows))


def follow(db: sqlite3.Connection, said: Iterable[bytes]) -> list[bytes]:
    """Bring packages and revisions in line with what these `package:` records show.

    Returns the records that may show something else now.
    """
    turned: list[int] = []
    for record in said:
        rows = db.execute(
            f"UPDATE packages SET active = NOT active"
            f" WHERE record = ? AND active = {withdrawn('packages.record')} RETURNING id",
            (record,),
        ).fetchall()
        turned += [row[0] for row in cast("list[tuple[int]]", rows)]
    if not turned:
        return []
    rows = db.execute(
        f"UPDATE revisions SET active = NOT active WHERE {_MISJUDGED} RETURNING record",
        {"packages": json.dumps(turned), "turned": "[]"},
    ).fetchall()
    return sorted({row[0] for row in cast("list[tuple[bytes]]", rows)})

"""A register made with an older version of the plan: its cells get the names they have now.

Lifting is what reading a package of that version does to the same revisions, and ids stay, so a
register that was lifted and a package that was merged later agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from taza_desktop.plan.upgrades import FIRST, UPGRADES, lift, newest
from taza_desktop.register.codec import cells_of, to_json, value_of
from taza_desktop.register.writing import Writing


def lift_register(register: Writing) -> None:
    """Bring every cell up to date, in one transaction; nothing is written when it is."""
    row = register.db.execute("SELECT value FROM meta WHERE key = 'plan'").fetchone()
    since = row[0] if row else FIRST
    if since == newest():
        return
    with register.transaction():
        touched = _revisions(register, since)
        _edits(register, since)
        register.rejoin(sorted(touched))
        register.db.execute("INSERT OR REPLACE INTO meta VALUES ('plan', ?)", (newest(),))


def _revisions(register: Writing, since: str) -> set[bytes]:
    """The records of which any revision was lifted."""
    rows = register.db.execute(
        "SELECT number, record, measure, entry_of, changes FROM revisions JOIN records"
        f" ON records.id = record WHERE measure IN ({_MEASURES})"
    ).fetchall()
    touched: set[bytes] = set()
    for number, record, measure, table, text in cast(
        "list[tuple[int, bytes, int, str, str]]", rows
    ):
        changes = cells_of(text)
        lifted = lift(measure, table, changes, since)
        if lifted != changes:
            register.db.execute(
                "UPDATE revisions SET changes = ? WHERE number = ?", (to_json(lifted), number)
            )
            touched.add(record)
    return touched


def _edits(register: Writing, since: str) -> None:
    """The journal too, or the history of a cell would begin with the new name."""
    rows = register.db.execute(
        "SELECT edits.id, record, author, made, measure, entry_of, cell, value FROM edits"
        f" JOIN records ON records.id = record WHERE measure IN ({_MEASURES})"
    ).fetchall()
    for number, record, author, made, measure, table, cell, text in cast(
        "Iterable[tuple[int, bytes, str, str, int, str, str, str]]", rows
    ):
        lifted = lift(measure, table, {cell: value_of(text)}, since)
        if lifted.keys() != {cell}:
            register.db.execute("DELETE FROM edits WHERE id = ?", (number,))
            register.db.executemany(
                "INSERT INTO edits (record, cell, value, author, made) VALUES (?, ?, ?, ?, ?)",
                ((record, new, to_json(value), author, made) for new, value in lifted.items()),
            )


_MEASURES = ", ".join(
    sorted({str(change.measure) for upgrade in UPGRADES.values() for change in upgrade.changes})
)

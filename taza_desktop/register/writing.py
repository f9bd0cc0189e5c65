"""Entering: every value is on the disk when the call returns.

What is entered between two packages is one revision per record, the draft, rewritten in place as
long as nothing else was built beside it or on it. The journal of edits keeps every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey, Value
from taza_desktop.register import standing
from taza_desktop.register.codec import REVISION_COLUMNS, to_json, to_row
from taza_desktop.register.ids import sheet_record
from taza_desktop.register.lineage import State, join
from taza_desktop.register.model import DELETED, PACKAGE, Record, Revision
from taza_desktop.register.reading import Reading
from taza_desktop.register.reviewing_cells import check_unlocked
from taza_desktop.register.store import in_batches

_PUT_DRAFT = (
    f"INSERT INTO revisions ({REVISION_COLUMNS}, own, draft, active)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 1, 1, 1)"
    " ON CONFLICT (record, id) DO UPDATE SET changes = excluded.changes, made = excluded.made"
)
_PUT_STATE = (
    "INSERT INTO records (id, measure, territory, round, entry_of, cells, conflicts, live)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
    " cells = excluded.cells, conflicts = excluded.conflicts, live = excluded.live"
)


class Writing(Reading):
    """What a person does to a register."""

    def set_cell(self, key: SheetKey, cell: str, value: Value) -> None:
        """Enter a figure or a mark of a sheet; None blanks it."""
        self.write(Record(sheet_record(key), key), {cell: value})

    def add_entry(self, key: SheetKey, table: str, cells: Cells | None = None) -> str:
        """A new row of a table; returns its id, 32 hex digits."""
        record = Record(self.new_id(), key, table)
        self.write(record, cells or {})
        return record.id.hex()

    def set_entry_cell(self, entry: str, cell: str, value: Value) -> None:
        """Enter a cell of a row; None blanks it. Raises Refusal REG-NO-ENTRY."""
        self.write(self.record(entry), {cell: value})

    def delete_entry(self, entry: str) -> None:
        """Take a row out; its cells and its history stay. Raises Refusal REG-NO-ENTRY."""
        self.write(self.record(entry), {DELETED: True})

    def restore_entry(self, entry: str) -> None:
        """Put a row back that was taken out. Raises Refusal REG-NO-ENTRY."""
        self.write(self.record(entry), {DELETED: None})

    def put_sheet(self, sheet: Sheet) -> None:
        """Make the stored sheet like this one, writing only what differs; one transaction.

        A row without an id is a stored row with just the same cells, else a new one. Stored rows
        that the sheet does not have are taken out.
        """
        with self.transaction():
            stored = self.sheet(sheet.key)
            changes = _difference(stored.cells, sheet.cells)
            if changes:
                self.write(Record(sheet_record(sheet.key), sheet.key), changes)
            for table in stored.entries.keys() | sheet.entries.keys():
                before, after = stored.entries.get(table, []), sheet.entries.get(table, [])
                self._put_table(sheet.key, table, before, after)

    def write(self, record: Record, changes: Cells) -> None:
        """Write cells of a record into its draft, or into a new one on top of all heads.

        A cell that holds the value already is not written, unless it is in conflict: then the
        same value settles it. Raises Refusal REV-LOCKED when the sheet was accepted.
        """
        with self.transaction():
            revisions = self.active_revisions([record.id]).get(record.id, [])
            state = join(revisions)
            fresh = {
                cell: value
                for cell, value in changes.items()
                if cell in state.conflicts or value != state.cells.get(cell)
            }
            if revisions and not fresh:
                return
            check_unlocked(self, record)
            others, draft = self._draft(record, revisions, state)
            revision = replace(
                draft, changes=_needed(others, draft.changes | fresh), made=self.now()
            )
            self._put(record, others, revision)
            if record.table == PACKAGE:
                self.follow([record.id])
            self._note(record, fresh, revision)

    def put_states(self, states: Iterable[tuple[Record, State]]) -> None:
        """Note what records show now: the join of their active revisions."""
        self.db.executemany(_PUT_STATE, (_state_row(record, state) for record, state in states))

    def follow(self, said: Sequence[bytes]) -> None:
        """Let packages stand or fall as these `package:` records say, and all that follows."""
        self.rejoin(standing.follow(self.db, said))

    def rejoin(self, touched: Sequence[bytes]) -> None:
        """Work out anew what these records show."""
        for batch in in_batches(touched):
            records, revisions = self.records(batch), self.active_revisions(batch)
            self.put_states((records[one], join(revisions.get(one, ()))) for one in batch)

    def _put_table(
        self, key: SheetKey, table: str, before: list[Entry], after: list[Entry]
    ) -> None:
        """One table of `put_sheet`."""
        stored = {entry.id: entry.cells for entry in before}
        for entry in after:
            known = entry.id or _alike(stored, entry.cells)
            if not known:
                self.add_entry(key, table, entry.cells)
            elif changes := _difference(stored.pop(known, {}), entry.cells):
                self.write(Record(bytes.fromhex(known), key, table), changes)
        for entry_id in stored:
            self.delete_entry(entry_id)

    def _draft(
        self, record: Record, revisions: list[Revision], state: State
    ) -> tuple[list[Revision], Revision]:
        """The other revisions, and the draft: the sole head if never sent, else a new one."""
        if len(state.heads) == 1 and self._is_draft(record, state.heads[0]):
            others = [revision for revision in revisions if revision.id != state.heads[0]]
            (draft,) = (revision for revision in revisions if revision.id == state.heads[0])
            return others, draft
        return revisions, Revision(
            id=self.new_id(),
            record=record.id,
            parents=state.heads,
            changes={},
            author=self.office.name,
            office=self.office.territory,
            made="",
        )

    def _is_draft(self, record: Record, revision: bytes) -> bool:
        row = self.db.execute(
            "SELECT draft FROM revisions WHERE record = ? AND id = ?", (record.id, revision)
        ).fetchone()
        return bool(row[0])

    def _put(self, record: Record, others: list[Revision], draft: Revision) -> None:
        """Store the draft, or drop it when nothing is left of it, and what the record shows now."""
        begins_entry = record.is_entry and not others
        if draft.changes or begins_entry:
            self.put_states([(record, join([*others, draft]))])
            self.db.execute(_PUT_DRAFT, to_row(draft))
        else:
            key = (record.id, draft.id)
            self.db.execute("DELETE FROM revisions WHERE record = ? AND id = ?", key)
            self.put_states([(record, join(others))])

    def _note(self, record: Record, changes: Cells, draft: Revision) -> None:
        """The journal."""
        self.db.executemany(
            "INSERT INTO edits (record, cell, value, author, made) VALUES (?, ?, ?, ?, ?)",
            (
                (record.id, cell, to_json(value), draft.author, draft.made)
                for cell, value in changes.items()
            ),
        )


def _needed(others: list[Revision], changes: Cells) -> Cells:
    """The changes without those that say what stands there anyway."""
    state = join(others)
    return {
        cell: value
        for cell, value in changes.items()
        if cell in state.conflicts or value != state.cells.get(cell)
    }


def _difference(before: Cells, after: Cells) -> Cells:
    """The changes that lead from one to the other."""
    gone: Cells = dict.fromkeys(before.keys() - after.keys())
    new = {cell: value for cell, value in after.items() if value != before.get(cell)}
    return gone | new


def _alike(stored: dict[str, Cells], cells: Cells) -> str:
    """The id of a stored row with these cells, or empty."""
    return next((entry for entry, held in stored.items() if held == cells), "")


def _state_row(record: Record, state: State) -> tuple[object, ...]:
    conflicts = to_json(sorted(state.conflicts)) if state.conflicts else None
    return (
        record.id, *record.sheet, record.table, to_json(state.cells), conflicts, state.live,
    )  # fmt: skip

"""Reading a register: sheets, conflicts, the history of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey
from taza_desktop.register.codec import cells_of
from taza_desktop.register.ids import sheet_record
from taza_desktop.register.lineage import Conflict, State, base, join
from taza_desktop.register.model import ABOUT_PACKAGES, OF_FORMS, SHEET, Record
from taza_desktop.register.past import Change, past_of
from taza_desktop.register.reviewing_cells import is_task
from taza_desktop.register.store import Store, condition, in_batches, places

RECORD_COLUMNS = "id, measure, territory, round, entry_of"
RecordRow = tuple[bytes, int, str, str, str]


class Reading(Store):
    """What a register shows."""

    def sheet(self, key: SheetKey) -> Sheet:
        """The sheet as it stands; empty when nothing was entered."""
        found = self.sheets(key.round, key.measure, key.territory)
        return found[0] if found else Sheet(key)

    def sheets(
        self, round: str | None = None, measure: int | None = None, territory: str | None = None
    ) -> list[Sheet]:
        """The sheets that hold something, by round, measure, territory; entries by their ids."""
        where, wanted = condition(round=round, measure=measure, territory=territory)
        rows = self.db.execute(
            f"SELECT {RECORD_COLUMNS}, cells FROM records WHERE live AND {OF_FORMS} AND {where}"
            " ORDER BY round, measure, territory, id",
            wanted,
        )
        sheets: dict[SheetKey, Sheet] = {}
        for row in cast("Iterable[tuple[bytes, int, str, str, str, str]]", rows):
            key, table, cells = SheetKey(*row[1:4]), row[4], cells_of(row[5])
            sheet = sheets.setdefault(key, Sheet(key))
            if table == SHEET:
                sheet.cells = cells
            else:
                sheet.entries.setdefault(table, []).append(Entry(cells, row[0].hex()))
        return list(sheets.values())

    def sheets_before(
        self, round: str, measure: int | None = None, territory: str | None = None
    ) -> dict[SheetKey, Sheet]:
        """The latest sheets of earlier rounds of the year, by the key they have in this round."""
        earlier = reversed(Round.parse(round).earlier())
        return {
            sheet.key._replace(round=round): sheet
            for before in earlier
            for sheet in self.sheets(before.code, measure, territory)
        }

    def last(self, key: SheetKey) -> Sheet | None:
        """The latest sheet of an earlier round of the year that holds something."""
        return self.sheets_before(key.round, key.measure, key.territory).get(key)

    def sheet_keys(
        self,
        round: str | None = None,
        measure: int | None = None,
        territory: str | None = None,
        *,
        said: bool = False,
    ) -> list[SheetKey]:
        """The keys of the sheets that anything was ever written to, deleted entries included.

        With `said` also of those that something was only said about.
        """
        where, wanted = condition(round=round, measure=measure, territory=territory)
        tables = f"measure <> {ABOUT_PACKAGES}" if said else OF_FORMS
        rows = self.db.execute(
            "SELECT DISTINCT measure, territory, round FROM records"
            f" WHERE {tables} AND {where} AND EXISTS"
            " (SELECT 1 FROM revisions WHERE record = records.id AND active)"
            " ORDER BY round, measure, territory",
            wanted,
        )
        return [SheetKey(*row) for row in cast("Iterable[tuple[int, str, str]]", rows)]

    def package_keys(self, round: str) -> list[SheetKey]:
        """Under which keys anything was said about packages of the round."""
        rows = self.db.execute(
            "SELECT DISTINCT measure, territory, round FROM records"
            " WHERE measure = ? AND round = ? ORDER BY territory",
            (ABOUT_PACKAGES, round),
        )
        return [SheetKey(*row) for row in cast("Iterable[tuple[int, str, str]]", rows)]

    def record(self, entry: str) -> Record:
        """The record of an entry by its id. Raises Refusal REG-NO-ENTRY."""
        row = self.db.execute(
            f"SELECT {RECORD_COLUMNS} FROM records WHERE id = ?", (bytes.fromhex(entry),)
        ).fetchone()
        if row is None:
            raise Refusal(
                "REG-NO-ENTRY", N_("The row {entry} is not in this register."), entry=entry
            )
        return to_record(cast("RecordRow", row))

    def records(self, ids: Sequence[bytes]) -> dict[bytes, Record]:
        """Those of these records that are known here."""
        return {
            row[0]: to_record(row)
            for batch in in_batches(ids)
            for row in cast(
                "Iterable[RecordRow]",
                self.db.execute(
                    f"SELECT {RECORD_COLUMNS} FROM records WHERE id IN ({places(batch)})", batch
                ),
            )
        }

    def shown(self, ids: Sequence[bytes]) -> dict[bytes, Cells]:
        """What those of these records show that are known here."""
        return {
            record: cells_of(cells)
            for batch in in_batches(ids)
            for record, cells in cast(
                "Iterable[tuple[bytes, str]]",
                self.db.execute(
                    f"SELECT id, cells FROM records WHERE id IN ({places(batch)})", batch
                ),
            )
        }

    def state(self, record: Record) -> State:
        """What a record shows, with its conflicts and its heads, worked out anew."""
        return join(self.active_revisions([record.id]).get(record.id, ()))

    def conflicts(self) -> list[Conflict]:
        """Every cell for which different values stand against each other, for this office."""
        rows = self.db.execute(
            f"SELECT {RECORD_COLUMNS} FROM records WHERE conflicts IS NOT NULL ORDER BY id"
        ).fetchall()
        records = [to_record(row) for row in cast("list[RecordRow]", rows)]
        revisions = self.active_revisions([record.id for record in records])
        return [
            Conflict(record, cell, base(revisions[record.id], sides, cell), sides)
            for record in records
            for cell, sides in sorted(join(revisions[record.id]).conflicts.items())
            if is_task(self, record, cell)
        ]

    def history(self, key: SheetKey, cell: str, entry: str = "") -> list[Change]:
        """Every value that the cell ever had, newest first; undone packages included.

        `entry` is the id of any record as hex: a row, a review, what was said about a package.
        """
        record = bytes.fromhex(entry) if entry else sheet_record(key)
        return past_of(self, record, cell)


def to_record(row: RecordRow) -> Record:
    """The record behind a row of `RECORD_COLUMNS`."""
    return Record(row[0], SheetKey(*row[1:4]), row[4])

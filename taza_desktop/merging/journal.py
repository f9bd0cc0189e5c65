"""What happened to packages, verdicts and conflicts: who did it, when and why, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, cast

from taza_desktop.plan.sheet import Cells, SheetKey, Value
from taza_desktop.register.codec import cells_of
from taza_desktop.register.lineage import join
from taza_desktop.register.model import PACKAGE, REASON, REVIEW, WITHDRAWN, Record, Revision
from taza_desktop.register.reading import RECORD_COLUMNS, to_record
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_cells import ANSWER, VERDICT
from taza_desktop.register.store import in_batches

Deed = Literal[
    "sent", "merged", "undone", "merged_again", "settled", "accepted", "returned", "unlocked",
    "answered",
]  # fmt: skip
# Two words about one record in one second are two writes: the second has a cell once more.
_SAID = f"""
WITH words AS (SELECT *, row_number() OVER (PARTITION BY record, made, cell ORDER BY id) AS nth
  FROM edits)
SELECT records.{RECORD_COLUMNS.replace(", ", ", records.")}, author, :office, made,
  json_group_object(cell, json(value)), max(words.id) AS last
FROM words JOIN records ON records.id = record
WHERE entry_of IN ('{REVIEW}', '{PACKAGE}') GROUP BY record, made, nth
UNION ALL
SELECT records.{RECORD_COLUMNS.replace(", ", ", records.")}, author, office, made, changes, 0
FROM revisions JOIN records ON records.id = record
WHERE entry_of IN ('{REVIEW}', '{PACKAGE}') AND NOT own
ORDER BY last DESC
"""
_VERDICTS: dict[Value, Deed] = {"accepted": "accepted", "returned": "returned", None: "unlocked"}


class Event(NamedTuple):
    """One thing that somebody did.

    Attributes:
        at: when, UTC; of what packages brought, as their authors' clocks had it.
        deed: `settled` is a conflict of `cell`; `answered` a remark on `cell` of the sheet.
        who, office: name of the person, KATO code of the office.
        package: id of the package that it was done to, empty for sheets.
        sheet: of a settled conflict, a verdict, an answer.
        entry: 32 hex digits of the record of a settled cell, empty for a sheet's figures.
        value: what the conflict was settled with, what was answered.
        reason: of a withdrawal or a verdict.
    """

    at: str
    deed: Deed
    who: str
    office: str
    package: str = ""
    sheet: SheetKey | None = None
    table: str = ""
    entry: str = ""
    cell: str = ""
    value: Value = None
    reason: str = ""


def journal(register: Register, round: str | None = None) -> list[Event]:
    """Everything, of one round or of all, the latest first."""
    # The latest goes first, also of one second.
    events = [*_settled(register, round), *_said(register, round), *_travels(register, round)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _travels(register: Register, round: str | None) -> Iterator[Event]:
    """Packages in and out."""
    office = register.office
    for package in register.packages():
        if round in (None, package.envelope.round):
            deed = "merged" if package.direction == "in" else "sent"
            said = package.envelope
            yield Event(package.at, deed, office.name, office.territory, said.package_id)


def _said(register: Register, round: str | None) -> Iterator[Event]:
    """What was said about packages and sheets, here and elsewhere."""
    rows = register.db.execute(_SAID, {"office": register.office.territory})
    ids = {
        package.record.id: package.envelope.package_id
        for package in (*register.packages("via"), *register.packages())
    }
    for *row, who, office, made, changes, _ in cast("Iterable[tuple[object, ...]]", rows):
        record = to_record(cast("tuple[bytes, int, str, str, str]", tuple(row)))
        if round in (None, record.sheet.round):
            by = Event(cast("str", made), "answered", cast("str", who), cast("str", office))
            cells = cells_of(cast("str", changes))
            if record.table == PACKAGE:
                yield from _about_package(by._replace(package=ids.get(record.id, "")), cells)
            else:
                yield from _about_sheet(by._replace(sheet=record.sheet), cells)


def _about_package(by: Event, cells: Cells) -> Iterator[Event]:
    if WITHDRAWN in cells:
        deed: Deed = "undone" if cells[WITHDRAWN] else "merged_again"
        yield by._replace(deed=deed, reason=str(cells.get(REASON) or ""))


def _about_sheet(by: Event, cells: Cells) -> Iterator[Event]:
    if VERDICT in cells:
        deed = _VERDICTS.get(cells[VERDICT] or None, "unlocked")
        yield by._replace(deed=deed, reason=str(cells.get(REASON) or ""))
    for cell, value in cells.items():
        if cell.startswith(ANSWER) and value is not None:
            yield by._replace(cell=cell.removeprefix(ANSWER), value=value)


def _settled(register: Register, round: str | None) -> Iterator[Event]:
    """The writes of cells that stood in conflict for their author: only where lines meet."""
    rows = register.db.execute(
        f"SELECT {RECORD_COLUMNS} FROM records WHERE id IN"
        " (SELECT record FROM revisions WHERE length(parents) > 16)"
    ).fetchall()
    records = [to_record(row) for row in cast("list[tuple[bytes, int, str, str, str]]", rows)]
    wanted = [record for record in records if round in (None, record.sheet.round)]
    for batch in in_batches(wanted):
        stored = register.stored_revisions([record.id for record in batch])
        for record in batch:
            yield from _settlements(record, [one.revision for one in stored[record.id]])


def _settlements(record: Record, revisions: list[Revision]) -> Iterator[Event]:
    for one in revisions:
        seen = join(_before(one, revisions))
        for cell in sorted(seen.conflicts.keys() & one.changes.keys()):
            entry = record.id.hex() if record.table else ""
            yield Event(
                one.made, "settled", one.author, one.office, "", record.sheet, record.table, entry,
                cell, one.changes[cell],
            )  # fmt: skip


def _before(one: Revision, revisions: Iterable[Revision]) -> list[Revision]:
    """All that its author had seen."""
    known = {each.id: each for each in revisions}
    seen: dict[bytes, Revision] = {}
    ahead = [*one.parents]
    while ahead:
        each = ahead.pop()
        if each in known and each not in seen:
            seen[each] = known[each]
            ahead += known[each].parents
    return list(seen.values())

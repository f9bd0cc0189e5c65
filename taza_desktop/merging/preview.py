"""What merging a package would change, cell by cell; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.merging.compare import OUTCOMES, Compared, Outcome, compare
from taza_desktop.merging.notices import Notice, notices
from taza_desktop.plan.sheet import SheetKey, Value
from taza_desktop.register.lineage import State
from taza_desktop.register.model import Record
from taza_desktop.register.parcel import Envelope, Opened, Signer
from taza_desktop.register.register import Register


class CellChange(NamedTuple):
    """One cell that would show something else, or come into conflict.

    `outcome` is its record's; of a record in conflict the cells that nobody disputes are `joined`.

    `table` and `entry` (32 hex digits) are empty for a sheet's figures. `deleted:` is a cell too.
    """

    sheet: SheetKey
    table: str
    entry: str
    cell: str
    before: Value
    incoming: Value
    after: Value
    outcome: Outcome


@dataclass(frozen=True)
class Preview:
    """What a package brings: records counted by outcome, cells, and what to know about it.

    `already`: this package is merged, and merging it again changes nothing.
    """

    package: Envelope
    signer: Signer
    counts: dict[Outcome, int]
    compared: list[Compared] = field(default_factory=list[Compared])
    warnings: list[Notice] = field(default_factory=list[Notice])
    already: bool = False

    @cached_property
    def changes(self) -> list[CellChange]:
        """Every cell that would show something else or come into conflict."""
        return [change for one in self.compared for change in _changes(one)]


def preview(register: Register, opened: Opened) -> Preview:
    """What would change. Nothing is written.

    Raises Refusal MERGE-TWO-FACES, MERGE-REVISION-CHANGED, MERGE-BROKEN.
    """
    already = _is_merged(register, opened)
    compared = [] if already else list(compare(register, opened))
    counted = Counter(one.outcome for one in compared)
    if already:
        counted["same"] = len(opened.records)
    return Preview(
        opened.envelope,
        opened.signer,
        {outcome: counted[outcome] for outcome in OUTCOMES},
        compared,
        notices(register, opened),
        already,
    )


def cell_changes(
    record: Record, before: State, incoming: State, after: State, outcome: Outcome
) -> Iterator[CellChange]:
    """The cells of a record that differ before and after, by name."""
    for cell in sorted(before.cells.keys() | after.cells.keys() | after.conflicts.keys()):
        old, new = before.cells.get(cell), after.cells.get(cell)
        clash = after.conflicts.get(cell) != before.conflicts.get(cell)
        if old != new or clash:
            entry = record.id.hex() if record.table else ""
            word = "joined" if outcome == "conflict" and not clash else outcome
            yield CellChange(
                record.sheet, record.table, entry, cell,
                old, incoming.cells.get(cell), new, word,
            )  # fmt: skip


def _changes(one: Compared) -> Iterator[CellChange]:
    return cell_changes(one.record, one.before, one.incoming, one.after, one.outcome)


def _is_merged(register: Register, opened: Opened) -> bool:
    """Whether this very package stands in the register (or was made here)."""
    stored = register.package(opened.envelope.package_id)
    if stored is None:
        return False
    if stored.manifest_sha256 != opened.manifest_sha256:
        raise Refusal(
            "MERGE-TWO-FACES",
            N_(
                "Two different packages carry the number {package}; one is already here. Ask {name}"
                " which one is right, and for a new package."
            ),
            package=opened.envelope.package_id,
            name=opened.signer.name,
        )
    return stored.active

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
from taza_desktop.merging.notice import Notice
from taza_desktop.merging.notices import notices
from taza_desktop.merging.withdrawals import Withdrawal, withdrawal
from taza_desktop.plan.sheet import SheetKey, Value
from taza_desktop.register.arriving import SILENCES, Arrival, Silence
from taza_desktop.register.bulk import uncollected
from taza_desktop.register.lineage import State
from taza_desktop.register.model import Record
from taza_desktop.register.parcel import Envelope, Opened, Signer
from taza_desktop.register.register import Register
from taza_desktop.register.shelf import record_of


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

    Attributes:
        counts: records by outcome.
        silent: revisions that are only kept so that lineages hang together, by the reason: the
            signer may not speak for the office `above`, or who may took them back (`withdrawn`).
        withdrawn: who took it back; merging it changes nothing unless it is wanted again.
        arrival: what `apply` takes in; None when there is nothing to take in.
    """

    package: Envelope
    signer: Signer
    counts: dict[Outcome, int]
    compared: list[Compared] = field(default_factory=list[Compared])
    warnings: list[Notice] = field(default_factory=list[Notice])
    silent: dict[Silence, int] = field(default_factory=dict[Silence, int])
    withdrawn: Withdrawal | None = None
    arrival: Arrival | None = field(default=None, compare=False, repr=False)

    @property
    def already(self) -> bool:
        """Whether it is merged."""
        return self.arrival is None

    @cached_property
    def changes(self) -> list[CellChange]:
        """Every cell that would show something else or come into conflict."""
        return [change for one in self.compared for change in _changes(one)]


def preview(register: Register, opened: Opened, *, again: bool = False) -> Preview:
    """What would change; of a package that was taken back, what it would if wanted `again`.

    Nothing is written. Raises Refusal MERGE-TWO-FACES, MERGE-REVISION-CHANGED, MERGE-BROKEN.
    """
    already = _is_merged(register, opened)
    arrival = None if already else Arrival(register, opened, again=again)
    with uncollected():
        compared = list(compare(arrival)) if arrival else []
    counted = Counter(one.outcome for one in compared)
    if already:
        counted["same"] = len(opened.records)
    return Preview(
        opened.envelope,
        opened.signer,
        {outcome: counted[outcome] for outcome in OUTCOMES},
        compared,
        notices(register, opened, compared),
        _silent(arrival, compared) if arrival else {},
        withdrawal(register, record_of(opened.envelope)),
        arrival,
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


def _silent(arrival: Arrival, compared: list[Compared]) -> dict[Silence, int]:
    """How many revisions of the package count for nothing, and why."""
    reasons = Counter(
        "above" if one.id in each.meeting.copies.altered else arrival.silence(one)
        for each in compared
        for one in each.meeting.coming
        if one.id in each.meeting.silent
    )
    return {reason: reasons[reason] for reason in SILENCES if reasons[reason]}


def _is_merged(register: Register, opened: Opened) -> bool:
    """Whether this very package stands in the register (or was made here)."""
    stored = register.package(opened.envelope.package_id)
    if stored is None or stored.direction == "via":
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
    return stored.active or stored.direction == "out"

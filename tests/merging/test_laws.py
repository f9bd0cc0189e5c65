"""The laws of merging, over histories that nobody would think of.

Three clerks (two of one district) and a coordinator enter, delete, send parts of their work, and
merge what happens to reach them; then every package goes to fresh registers.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.merging.apply import apply
from taza_desktop.merging.preview import preview
from taza_desktop.merging.settle import settle
from taza_desktop.merging.undo import undo
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import DISTRICT, NEIGHBOUR, REGION, dumped, new_register

OFFICES = (
    Office("clerk", DISTRICT, "А"),
    Office("clerk", DISTRICT, "Б"),
    Office("clerk", NEIGHBOUR, "В"),
    Office("region", REGION, "Г"),
)
SHEETS = (SheetKey(6, DISTRICT, "2024"), SheetKey(8, DISTRICT, "2024"))
CELLS = ("planned", "planted")


class Step(NamedTuple):
    """What one office does; the numbers choose a sheet, a cell, a row, a package, a value."""

    office: int
    deed: str
    which: int
    value: int | None


# Written as often as they should happen: without much merging nobody edits what another wrote.
DEEDS = (
    *("figure", "figure", "row", "cell", "cell", "delete", "restore"),
    *("send", "send", "send one", "merge", "merge", "merge", "settle", "undo"),
)
STEPS = st.lists(
    st.builds(
        Step,
        st.integers(0, len(OFFICES) - 1),
        st.sampled_from(DEEDS),
        st.integers(0, 7),
        st.sampled_from([1, 2, 3, 4, None]),
    ),
    min_size=30,
    max_size=60,
)


class World:
    """The four offices, and every package that any of them ever made."""

    def __init__(self, folder: Path, closing: ExitStack) -> None:
        self._folder = folder
        self._closing = closing
        self._fresh = 0
        self.packages: list[Opened] = []
        self.registers = [
            closing.enter_context(new_register(folder, f"office{number}", office))
            for number, office in enumerate(OFFICES)
        ]

    def live(self, steps: Sequence[Step]) -> None:
        """Everything that the steps say; at the end all that was entered is sent."""
        for step in steps:
            self.do(step)
        for register in self.registers:
            self.packages.append(send(register))

    def do(self, step: Step) -> None:
        """One step; one that makes no sense just now does nothing."""
        register = self.registers[step.office]
        sheet = SHEETS[step.which % 2]
        rows = [row.id for s in register.sheets() for t in s.entries.values() for row in t]
        row = rows[step.which % len(rows)] if rows else None
        if step.deed == "figure":
            register.set_cell(sheet, CELLS[step.which // 2 % 2], step.value)
        elif step.deed == "row":
            register.add_entry(sheet, "plantings", {"planted": step.value})
        elif step.deed == "cell" and row:
            register.set_entry_cell(row, CELLS[step.which % 2], step.value)
        elif step.deed in ("delete", "restore") and row:
            (register.delete_entry if step.deed == "delete" else register.restore_entry)(row)
        elif step.deed == "send":
            self.packages.append(send(register))
        elif step.deed == "send one":
            self.packages.append(send(register, [sheet]))
        else:
            self._meet(register, step)

    def _meet(self, register: Register, step: Step) -> None:
        """The steps with packages and conflicts."""
        conflicts = register.conflicts()
        merged = [package for package in register.packages("in") if package.active]
        if step.deed == "merge" and self.packages:
            apply(register, self.packages[step.which % len(self.packages)])
        elif step.deed == "settle" and conflicts:
            settle(register, conflicts[step.which % len(conflicts)], step.value)
        elif step.deed == "undo" and merged:
            undo(register, merged[step.which % len(merged)].envelope.package_id)

    def merged(self, packages: Sequence[Opened]) -> Register:
        """A fresh register that has merged these, in this order."""
        self._fresh += 1
        office = Office("ministry", "000000000", "Д")
        register = new_register(self._folder, f"fresh{self._fresh}", office)
        self._closing.enter_context(register)
        for package in packages:
            apply(register, package)
        return register


@contextmanager
def world(steps: Sequence[Step]) -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closing:
        made = World(Path(folder), closing)
        made.live(steps)
        yield made


def content(register: Register) -> list[bytes]:
    """The dump without the names of the packages that brought it."""
    return [line for line in dumped(register).splitlines() if b'"package":' not in line]


@given(STEPS, st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_same_bytes(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        shuffled = [*made.packages, *chance.choices(made.packages, k=3)]
        chance.shuffle(shuffled)
        assert dumped(made.merged(made.packages)) == dumped(made.merged(shuffled))


@given(STEPS, st.integers(0, 100))
def test_two_coordinators_who_exchange_what_they_merged_agree(steps: list[Step], cut: int) -> None:
    with world(steps) as made:
        at = cut % (len(made.packages) + 1)
        one, other = made.merged(made.packages[:at]), made.merged(made.packages[at:])
        parts = [send(one), send(other)]
        assert content(made.merged(parts)) == content(made.merged(made.packages))


@given(STEPS, st.integers(0, 100))
def test_undoing_gives_what_the_others_alone_would_have_given(steps: list[Step], at: int) -> None:
    with world(steps) as made:
        package = made.packages[at % len(made.packages)]
        others = [other for other in made.packages if other is not package]
        register = made.merged(made.packages)
        everything = dumped(register)
        undo(register, package.envelope.package_id)
        assert dumped(register) == dumped(made.merged(others))
        apply(register, package)
        assert dumped(register) == everything


@given(STEPS, st.sets(st.integers(0, 60)))
def test_what_is_lost_on_the_way_leaves_the_rest_in_agreement(
    steps: list[Step], lost: set[int]
) -> None:
    with world(steps) as made:
        arrived = [package for at, package in enumerate(made.packages) if at not in lost]
        assert dumped(made.merged(arrived)) == dumped(made.merged(arrived[::-1]))


@given(STEPS)
def test_nothing_that_was_ever_sent_is_gone(steps: list[Step]) -> None:
    with world(steps) as made:
        register = made.merged(made.packages)
        for package in made.packages:
            records = {record.id: record for record in package.records}
            for revision in package.revisions:
                record = records[revision.record]
                entry = record.id.hex() if record.table else ""
                for cell, value in revision.changes.items():
                    history = register.history(record.sheet, cell, entry)
                    assert (value, revision.author) in [
                        (past.value, past.author) for past in history
                    ]


@given(STEPS)
def test_a_preview_writes_nothing_and_says_what_apply_does(steps: list[Step]) -> None:
    with world(steps) as made:
        register = made.merged([])
        for package in made.packages:
            before = dumped(register), register.db.total_changes
            shown = preview(register, package)
            assert before == (dumped(register), register.db.total_changes)
            assert apply(register, package) == shown
            assert apply(register, package).already
            for change in shown.changes:
                assert shown_now(register, change.sheet, change.entry, change.cell) == change.after


def shown_now(register: Register, sheet: SheetKey, entry: str, cell: str) -> object:
    """What the register shows in a cell, also of a deleted row."""
    if entry:
        return register.state(register.record(entry)).cells.get(cell)
    return register.sheet(sheet).cells.get(cell)


@given(STEPS)
def test_what_is_shown_is_always_the_join_of_what_is_active(steps: list[Step]) -> None:
    with world(steps) as made:
        for register in made.registers:
            for line in register.sheets():
                for table in line.entries.values():
                    for row in table:
                        assert register.state(register.record(row.id)).cells == row.cells
            conflicting = {conflict.record.id for conflict in register.conflicts()}
            for record, _ in register.lineages(register.sheet_keys()):
                assert bool(register.state(record).conflicts) == (record.id in conflicting)

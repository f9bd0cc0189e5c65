"""Invented histories: clerks, coordinators and the Ministry enter, judge, send, merge, take back.

A history is a list of steps; a step that makes no sense just then does nothing. What did happen is
told in sentences, so that the smallest history that breaks a law reads as a story.
"""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from hypothesis import note, settings
from hypothesis import strategies as st

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.merging.settle import settle
from taza_desktop.merging.undo import undo
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.sheet import SheetKey, Value
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register import ids
from taza_desktop.register.ids import review_record
from taza_desktop.register.lineage import Conflict
from taza_desktop.register.model import REVIEW, Office, Record
from taza_desktop.register.opening import make_file
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import DISTRICT, NEIGHBOUR, REGION

# A history is worth many examples of other tests; all laws together see three times as many.
LAWS = settings(max_examples=settings().max_examples // 4)
PEOPLE = (
    Office("clerk", DISTRICT, "Aigul"),
    Office("clerk", DISTRICT, "Bolat"),
    Office("clerk", NEIGHBOUR, "Marat"),
    Office("clerk", NEIGHBOUR, "Saule"),
    Office("region", REGION, "Yerlan"),
    Office("region", REGION, "Dana"),
    Office("ministry", REPUBLIC, "Asel"),
)
COORDINATORS = ("Yerlan", "Dana")
SHEETS = (
    SheetKey(6, DISTRICT, "2024"),
    SheetKey(8, DISTRICT, "2024"),
    SheetKey(6, NEIGHBOUR, "2024"),
)
CELLS = ("planned", "planted")
VERDICTS = ("accepted", "returned", None)


class Step(NamedTuple):
    """What one person does; the numbers choose a sheet, a cell, a row, a package, a value."""

    who: int
    deed: str
    which: int
    value: int | None


# Written as often as they should happen: without much merging nobody edits what another wrote.
DEEDS = (
    "rest",  # the first is what Hypothesis shrinks to
    *("figure", "figure", "figure", "row", "cell", "cell", "delete", "restore"),
    *("judge", "judge", "answer", "settle", "settle"),
    *("send", "send", "send", "send part", "merge", "merge", "merge", "merge", "merge"),
    *("undo", "undo", "merge again"),
)
STEPS = st.lists(
    st.builds(
        Step,
        st.integers(0, len(PEOPLE) - 1),
        st.sampled_from(DEEDS),
        st.integers(0, 11),
        st.sampled_from([1, 2, 3, None]),
    ),
    min_size=20,
    max_size=60,
)


class Sent(NamedTuple):
    """A package, whose it is, and what the story calls it."""

    by: Register
    opened: Opened
    name: str


class World:
    """Everybody's register, every package that was ever made, and the story so far."""

    def __init__(self) -> None:
        self._clock = itertools.count(1_770_000_000, 60)
        self.registers = [self.register(office) for office in PEOPLE]
        self.sent: list[Sent] = []
        self.story: list[str] = []
        self._rows: list[str] = []

    @property
    def packages(self) -> list[Opened]:
        """All that were made."""
        return [sent.opened for sent in self.sent]

    def of(self, name: str) -> Register:
        """Somebody's register."""
        return next(one for one in self.registers if one.office.name == name)

    def register(self, office: Office) -> Register:
        """A new register, in memory."""
        site = hashlib.sha256(f"{office} {next(self._clock)}".encode()).hexdigest()[:12]
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.deserialize(_empty())
        db.execute("PRAGMA foreign_keys = ON")
        meta = {**office._asdict(), "site": site}
        db.executemany("UPDATE meta SET value = ? WHERE key = ?", [(v, k) for k, v in meta.items()])
        register = Register(Path(f"{office.name}.taza-register"), db)
        register.clock = lambda: next(self._clock)
        return register

    def fresh(self, packages: Sequence[Opened] = (), office: Office | None = None) -> Register:
        """Another register, of the Ministry, that has merged these in this order."""
        register = self.register(office or Office("ministry", REPUBLIC, "Reader"))
        for package in packages:
            apply(register, package)
        return register

    def live(self, steps: Sequence[Step]) -> None:
        """All the steps."""
        for step in steps:
            self._do(self.registers[step.who], step)

    def send(self, register: Register, keys: Sequence[SheetKey] | None = None) -> Opened:
        """Somebody's next package, by default of everything."""
        opened = send(register, keys)
        own = sum(sent.by is register for sent in self.sent) + 1
        name = f"{register.office.name}'s package {own}"
        self.sent.append(Sent(register, opened, name))
        self._tell(register, f"sends package {own}" + (" with only one sheet" if keys else ""))
        return opened

    def merge(self, register: Register, sent: Sent) -> None:
        """Somebody opens a package."""
        if not apply(register, sent.opened).already:
            self._tell(register, f"merges {sent.name}")

    def settle(self, register: Register, conflict: Conflict, value: Value) -> None:
        """Somebody ends a conflict, unless the sheet is locked."""
        with suppress(_Locked), _unless_locked():
            settle(register, conflict, value)
            where = _title(conflict.record.sheet)
            self._tell(register, f"settles {conflict.cell}={value} of {where}")

    def _do(self, register: Register, step: Step) -> None:
        covers = load_plan().territories.covers
        sheets = [key for key in SHEETS if covers(register.office.territory, key.territory)]
        sheet = sheets[step.which % len(sheets)]
        deed: Callable[[Register, SheetKey, Step], None] = getattr(
            self, "_" + step.deed.replace(" ", "_")
        )
        with suppress(_Locked):
            deed(register, sheet, step)

    def _rest(self, register: Register, sheet: SheetKey, step: Step) -> None:
        """Nothing."""

    def _tell(self, register: Register, what: str) -> None:
        self.story.append(f"{register.office.name} {what}")

    def _figure(self, register: Register, sheet: SheetKey, step: Step) -> None:
        cell = CELLS[step.which // 3 % 2]
        with _unless_locked():
            register.set_cell(sheet, cell, step.value)
        self._tell(register, f"enters {cell}={step.value} in {_title(sheet)}")

    def _row(self, register: Register, sheet: SheetKey, step: Step) -> None:
        with _unless_locked():
            row = register.add_entry(sheet, "plantings", {"planted": step.value})
        told = f"adds {self._row_name(row)} with planted={step.value} to {_title(sheet)}"
        self._tell(register, told)

    def _cell(self, register: Register, sheet: SheetKey, step: Step) -> None:
        if row := _some_row(register, step):
            with _unless_locked():
                register.set_entry_cell(row, "planted", step.value)
            self._tell(register, f"enters planted={step.value} in {self._row_name(row)}")

    def _delete(self, register: Register, sheet: SheetKey, step: Step) -> None:
        if row := _some_row(register, step):
            with _unless_locked():
                register.delete_entry(row)
            self._tell(register, f"deletes {self._row_name(row)}")

    def _restore(self, register: Register, sheet: SheetKey, step: Step) -> None:
        if row := _some_row(register, step):
            with _unless_locked():
                register.restore_entry(row)
            self._tell(register, f"puts {self._row_name(row)} back")

    def _judge(self, register: Register, sheet: SheetKey, step: Step) -> None:
        if register.office.role != "clerk":
            verdict = VERDICTS[step.which // 3 % 3]
            register.write(review_of(sheet), {"verdict": verdict, "remark:planted": step.value})
            self._tell(register, f"judges {_title(sheet)}: {verdict or 'nothing more'}")

    def _answer(self, register: Register, sheet: SheetKey, step: Step) -> None:
        if register.office.role == "clerk":
            register.write(review_of(sheet), {"answer:planted": step.value})
            self._tell(register, f"answers about {_title(sheet)}: {step.value}")

    def _settle(self, register: Register, sheet: SheetKey, step: Step) -> None:
        if conflicts := register.conflicts():
            conflict = conflicts[step.which % len(conflicts)]
            value = [side.value for side in conflict.sides][(step.value or 0) % 2]
            with _unless_locked():
                settle(register, conflict, value)
            self._tell(
                register, f"settles {conflict.cell}={value} of {_title(conflict.record.sheet)}"
            )

    def _send(self, register: Register, sheet: SheetKey, step: Step) -> None:
        self.send(register)

    def _send_part(self, register: Register, sheet: SheetKey, step: Step) -> None:
        self.send(register, [sheet])

    def _merge(self, register: Register, sheet: SheetKey, step: Step) -> None:
        covers = load_plan().territories.covers
        here = register.office.territory
        arrived = [
            sent
            for sent in self.sent
            if sent.by is not register
            for there in [sent.by.office.territory]
            if covers(here, there) or covers(there, here)
        ]
        if arrived:
            self.merge(register, arrived[-1 - step.which % len(arrived)])

    def _undo(self, register: Register, sheet: SheetKey, step: Step) -> None:
        known = [*register.packages("in"), *register.packages("via")]
        standing = [package.envelope.package_id for package in known if package.active]
        if standing:
            package = standing[-1 - step.which % len(standing)]
            undo(register, package)
            self._tell(register, f"takes {self._name(package)} back")

    def _merge_again(self, register: Register, sheet: SheetKey, step: Step) -> None:
        known = [*register.packages("in"), *register.packages("via")]
        fallen = [package.envelope.package_id for package in known if not package.active]
        if fallen:
            package = fallen[step.which % len(fallen)]
            register.restore(package)
            self._tell(register, f"merges {self._name(package)} again")

    def _row_name(self, row: str) -> str:
        if row not in self._rows:
            self._rows.append(row)
        return f"row {self._rows.index(row) + 1}"

    def _name(self, package_id: str) -> str:
        return next(s.name for s in self.sent if s.opened.envelope.package_id == package_id)


@contextmanager
def world(steps: Sequence[Step]) -> Iterator[World]:
    """The world after these steps. Ids follow from the steps, so a history is always the same."""
    numbers = itertools.count(1)
    with (
        patch.object(ids, "_random_tail", lambda: 0),
        patch.object(uuid, "uuid4", lambda: uuid.UUID(int=next(numbers))),
    ):
        made = World()
        try:
            made.live(steps)
            yield made
        finally:
            note(" · ".join(made.story))


class _Locked(Exception):
    """The sheet was accepted: nothing happens."""


@contextmanager
def _unless_locked() -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        if refusal.code != "REV-LOCKED":
            raise
        raise _Locked from refusal


@cache
def _empty() -> bytes:
    """An empty register as bytes; making the tables takes longer than most histories."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.taza-register"
        make_file(path, PEOPLE[0])
        return path.read_bytes()


def review_of(sheet: SheetKey) -> Record:
    """The record of what is said about a sheet."""
    return Record(review_record(sheet), sheet, REVIEW)


def _title(sheet: SheetKey) -> str:
    district = "the district" if sheet.territory == DISTRICT else "the neighbour"
    return f"sheet {sheet.measure} of {district}"


def _some_row(register: Register, step: Step) -> str:
    """The id of a row that is shown, or empty."""
    tables = [table for sheet in register.sheets() for table in sheet.entries.values()]
    rows = [row.id for table in tables for row in table]
    return rows[step.which % len(rows)] if rows else ""

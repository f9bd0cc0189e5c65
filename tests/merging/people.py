"""The people of invented histories, what each can do, and the story that comes of it."""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.merging.settle import settle
from taza_desktop.merging.undo import undo
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.sheet import SheetKey, Value
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.lineage import Conflict
from taza_desktop.register.model import Office
from taza_desktop.register.opening import make_file
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_cells import review_of
from tests.merging.senders import send
from tests.register.offices import DISTRICT, NEIGHBOUR, REGION

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
SHEETS = (SheetKey(6, DISTRICT, "2024"), SheetKey(6, NEIGHBOUR, "2024"))


class Sent(NamedTuple):
    """A package, whose it is, and what the story calls it."""

    by: Register
    opened: Opened
    name: str


class World:
    """Everybody's register, every package that was ever made, and the story so far."""

    def __init__(self) -> None:
        self._clock = itertools.count(1_770_000_000, 60)
        self._rows: list[str] = []
        self.registers = [self.register(office) for office in PEOPLE]
        self.sent: list[Sent] = []
        self.story: list[str] = []

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

    def fresh(self, packages: Sequence[Opened] = ()) -> Register:
        """Another register of the Ministry that has merged these in this order."""
        register = self.register(Office("ministry", REPUBLIC, "Reader"))
        for package in packages:
            apply(register, package)
        return register

    def arrived(self, register: Register) -> list[Sent]:
        """What others made for somebody and is not merged there yet."""
        known = {package.envelope.package_id for package in register.packages()}
        news = [one for one in self.sent if one.opened.envelope.package_id not in known]
        return [sent for sent in news if related(register, sent.by)]

    def send(self, register: Register, keys: Sequence[SheetKey] | None = None) -> Opened:
        """Somebody's next package, by default of everything."""
        opened = send(register, keys)
        own = sum(sent.by is register for sent in self.sent) + 1
        self.sent.append(Sent(register, opened, f"{register.office.name}'s package {own}"))
        self._tell(register, f"sends package {own}" + (" with only one sheet" if keys else ""))
        return opened

    def merge(self, register: Register, sent: Sent) -> None:
        """Somebody opens a package."""
        merged = apply(register, sent.opened)
        silent = ", which was taken back" if merged.withdrawn else ""
        self._tell(register, f"merges {sent.name}{silent}")

    def enter(self, register: Register, sheet: SheetKey, cell: str, value: Value) -> None:
        """Somebody enters a figure."""
        with self._told(register, f"enters {cell}={value} in {_title(sheet)}"):
            register.set_cell(sheet, cell, value)

    def add_row(self, register: Register, sheet: SheetKey, value: Value) -> None:
        """Somebody adds a row."""
        number = len(self._rows) + 1
        with self._told(register, f"adds row {number} with planted={value} to {_title(sheet)}"):
            self._rows.append(register.add_entry(sheet, "plantings", {"planted": value}))

    def edit_row(self, register: Register, row: str, value: Value) -> None:
        """Somebody enters a cell of a row."""
        with self._told(register, f"enters planted={value} in {self._row(row)}"):
            register.set_entry_cell(row, "planted", value)

    def delete_row(self, register: Register, row: str) -> None:
        """Somebody takes a row out."""
        with self._told(register, f"deletes {self._row(row)}"):
            register.delete_entry(row)

    def restore_row(self, register: Register, row: str) -> None:
        """Somebody puts a row back."""
        with self._told(register, f"puts {self._row(row)} back"):
            register.restore_entry(row)

    def judge(self, register: Register, sheet: SheetKey, verdict: Value, remark: Value) -> None:
        """An office above gives its verdict."""
        register.write(review_of(sheet), {"verdict": verdict, "remark:planted": remark})
        self._tell(register, f"judges {_title(sheet)}: {verdict or 'nothing more'}")

    def answer(self, register: Register, sheet: SheetKey, words: Value) -> None:
        """A clerk answers a remark."""
        register.write(review_of(sheet), {"answer:planted": words})
        self._tell(register, f"answers about {_title(sheet)}: {words}")

    def settle(self, register: Register, conflict: Conflict, value: Value) -> None:
        """Somebody ends a conflict."""
        where = _title(conflict.record.sheet)
        with self._told(register, f"settles {conflict.cell}={value} of {where}"):
            settle(register, conflict, value)

    def undo(self, register: Register, package_id: str) -> None:
        """Somebody takes a package back."""
        undo(register, package_id)
        self._tell(register, f"takes {self._name(package_id)} back")

    def merge_again(self, register: Register, package_id: str) -> None:
        """Somebody lets it count again."""
        register.restore(package_id)
        self._tell(register, f"merges {self._name(package_id)} again")

    @contextmanager
    def _told(self, register: Register, what: str) -> Iterator[None]:
        """Nothing happens, and nothing is told, when the sheet is locked."""
        try:
            yield
        except Refusal as refusal:
            if refusal.code != "REV-LOCKED":
                raise
        else:
            self._tell(register, what)

    def _tell(self, register: Register, what: str) -> None:
        self.story.append(f"{register.office.name} {what}")

    def _row(self, row: str) -> str:
        return f"row {self._rows.index(row) + 1}"

    def _name(self, package_id: str) -> str:
        return next(s.name for s in self.sent if s.opened.envelope.package_id == package_id)


def related(one: Register, other: Register) -> bool:
    """Whether packages may pass between them: one is the other's office or above it."""
    covers = load_plan().territories.covers
    here, there = one.office.territory, other.office.territory
    return one is not other and (covers(here, there) or covers(there, here))


@cache
def _empty() -> bytes:
    """An empty register as bytes; making the tables takes longer than most histories."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.taza-register"
        make_file(path, PEOPLE[0])
        return path.read_bytes()


def _title(sheet: SheetKey) -> str:
    if not sheet.measure:
        return "a package"
    return "the district's sheet" if sheet.territory == DISTRICT else "the neighbour's sheet"

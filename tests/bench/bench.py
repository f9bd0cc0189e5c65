"""Autosave and merging beside what the disk and bare SQLite need, measured in turns in one run.

A busy machine slows all of them alike, so the ratios are what to compare between two days.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from taza_desktop.merging.apply import apply
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.parcel import Envelope, Opened, Signer
from taza_desktop.register.register import Register

KEYSTROKES = 200
SHEETS, ENTRIES, ROUNDS_OF_MERGING = 60, 300, 5
TERRITORY = "150000000"
ROOT = Path(__file__).parent.parent.parent


@dataclass
class Timed:
    """One thing that was measured."""

    name: str
    milliseconds: list[float]

    def line(self, beside: Timed | None = None) -> str:
        """Median, nine of ten, and how many times the other one's median."""
        median = statistics.median(self.milliseconds)
        ninth = statistics.quantiles(self.milliseconds, n=10)[-1]
        text = f"{self.name:<44} median {median:8.3f} ms   p90 {ninth:8.3f} ms"
        if beside:
            text += f"   × {median / statistics.median(beside.milliseconds):.2f}"
        return text


def taking_turns(times: int, works: dict[str, Callable[[], object]]) -> list[Timed]:
    """Run the works one after another, many times."""
    timed = [Timed(name, []) for name in works]
    for _ in range(times):
        for one, work in zip(timed, works.values(), strict=True):
            start = time.perf_counter()
            work()
            one.milliseconds.append((time.perf_counter() - start) * 1000)
    return timed


def autosave(folder: Path) -> list[Timed]:
    """One cell on the disk: the bytes alone, a committed row, a revision with its journal."""
    raw = os.open(folder / "raw", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    bare = _bare(folder / "bare.db")
    bare.execute("CREATE TABLE cells (id INTEGER PRIMARY KEY, value TEXT)")
    counter = iter(range(10**6))
    key = SheetKey(6, TERRITORY, "2024")

    def bytes_alone() -> None:
        os.write(raw, b"x" * 200)
        os.fsync(raw)

    def committed_row() -> None:
        bare.execute("INSERT OR REPLACE INTO cells VALUES (1, ?)", (str(next(counter)),))

    with Register.create(folder / "autosave.taza", Office("clerk", TERRITORY, "А.")) as register:

        def field() -> None:
            register.set_cell(key, "planted", next(counter))

        works = {
            "200 bytes, fsync": bytes_alone,
            "one row, bare SQLite (WAL, FULL)": committed_row,
            "one cell, autosave": field,
        }
        timed = taking_turns(KEYSTROKES, works)
    bare.close()
    os.close(raw)
    return timed


def merging(folder: Path) -> list[Timed]:
    """A large district's year into a register, beside the same rows into the same tables, bare."""
    opened = _parcel(folder / "sender.taza")
    office = Office("region", TERRITORY, "Б.")
    registers = [Register.create(folder / f"merged{one}.taza", office) for one in range(12)]
    model = registers.pop()
    apply(model, opened)
    tables = {
        name: model.db.execute(f"SELECT * FROM {name}").fetchall()
        for name in ("packages", "ways", "steps", "records", "revisions", "links")
    }

    def same_rows() -> None:
        with registers.pop() as bare, bare.transaction():
            for name, rows in tables.items():
                places = ",".join("?" * len(rows[0]))
                bare.db.executemany(f"INSERT INTO {name} VALUES ({places})", rows)

    def merged() -> None:
        with registers.pop() as register:
            apply(register, opened)

    count = len(opened.revisions)
    works = {
        f"{count} revisions, their rows alone": same_rows,
        f"{count} revisions, merged": merged,
    }
    timed = taking_turns(ROUNDS_OF_MERGING, works)
    for register in (model, *registers):
        register.close()
    return timed


def _parcel(path: Path) -> Opened:
    """What a verified package would hand to merging."""
    with Register.create(path, Office("clerk", TERRITORY, "А.")) as register:
        with register.transaction():
            for measure in range(1, SHEETS + 1):
                key = SheetKey(measure, TERRITORY, "2024")
                register.set_cell(key, "planted", measure)
                for number in range(ENTRIES):
                    register.add_entry(key, "plantings", {"planted": number, "place": TERRITORY})
        lineages = list(register.lineages(register.sheet_keys()))
    revisions = [revision for _, lineage in lineages for revision in lineage]
    envelope = Envelope(
        "0" * 8, "submission", TERRITORY, "2024", "1", TERRITORY, 1, "", "2025-01-10T10:00:00Z"
    )
    records = [record for record, _ in lineages]
    return Opened(envelope, Signer("А.", TERRITORY, "01"), "00", records, revisions, {}, b"")


def _bare(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    return db


def main() -> None:
    """Measure on the disk of the checkout, not in a folder that may lie in memory."""
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=build) as folder:
        disk, row, field = autosave(Path(folder))
        print(disk.line(), row.line(disk), field.line(row), sep="\n")
        rows, merged = merging(Path(folder))
        print(rows.line(), merged.line(rows), sep="\n")


if __name__ == "__main__":
    main()

"""Nothing ever written is gone, a preview keeps its word, and what is shown is what counts."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hypothesis import given

from taza_desktop.merging.apply import apply
from taza_desktop.merging.preview import CellChange, preview
from taza_desktop.plan.sheet import Value
from taza_desktop.register.ids import sheet_record
from taza_desktop.register.lineage import State
from taza_desktop.register.model import PACKAGE, WITHDRAWN, Record, Revision
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from tests.merging.histories import LAWS, STEPS, Step, World, world

Shown = dict[bytes, State]


def everyone(made: World) -> list[Register]:
    """All registers, and one more that has merged everything."""
    for register in made.registers:
        made.send(register)
    return [*made.registers, made.fresh(made.packages)]


def written(opened: Opened) -> Iterator[tuple[Record, Revision]]:
    """What a package carries."""
    records = {record.id: record for record in opened.records}
    for one in opened.revisions:
        yield records[one.record], one


@given(STEPS)
@LAWS
def test_nothing_that_any_revision_ever_held_is_gone(steps: list[Step]) -> None:
    with world(steps) as made:
        register = everyone(made)[-1]
        for opened in made.packages:
            for record, one in written(opened):
                for cell, value in one.changes.items():
                    history = register.history(record.sheet, cell, record.id.hex())
                    assert (value, one.author) in [(past.value, past.author) for past in history]


@given(STEPS)
@LAWS
def test_a_preview_writes_nothing_and_says_what_apply_does(steps: list[Step]) -> None:
    with world(steps) as made:
        register = made.fresh()
        for opened in [*made.packages, *(made.send(one) for one in made.registers)]:
            before, writes = shown(register), register.db.total_changes
            promised = preview(register, opened)
            assert (shown(register), register.db.total_changes) == (before, writes)
            assert apply(register, opened) == promised
            told = {(record_of(one), one.cell): one.after for one in promised.changes}
            assert told == differences(before, shown(register))
            assert apply(register, opened).changes == []


def record_of(change: CellChange) -> bytes:
    return bytes.fromhex(change.entry) if change.entry else sheet_record(change.sheet)


def shown(register: Register) -> Shown:
    """What every record shows, worked out anew."""
    rows = register.db.execute("SELECT id FROM records").fetchall()
    records = register.records([row[0] for row in rows])
    return {one.id: register.state(one) for one in records.values()}


def differences(before: Shown, after: Shown) -> dict[tuple[bytes, str], Value]:
    """Every cell that shows something else or is disputed in another way."""
    found: dict[tuple[bytes, str], Value] = {}
    for record, state in after.items():
        old = before.get(record, State())
        for cell in old.cells.keys() | state.cells.keys() | state.conflicts.keys():
            value = state.cells.get(cell)
            disputed = state.conflicts.get(cell)
            if value != old.cells.get(cell) or disputed != old.conflicts.get(cell):
                found[record, cell] = value
    return found


@given(STEPS)
@LAWS
def test_what_is_noted_is_what_follows_from_revisions_and_ways(steps: list[Step]) -> None:
    with world(steps) as made:
        for register in everyone(made):
            assert noted_as_active(register) == standing(register)
            states = shown(register)
            for record, cells, conflicts in register.db.execute(
                "SELECT id, cells, coalesce(conflicts, '[]') FROM records"
            ):
                assert json.loads(cells) == states[record].cells
                assert json.loads(conflicts) == sorted(states[record].conflicts)


def noted_as_active(register: Register) -> set[int]:
    rows = register.db.execute("SELECT number FROM revisions WHERE active").fetchall()
    return {row[0] for row in rows}


def standing(register: Register) -> set[int]:
    """The revisions that should be active, by the tables of ways and nothing else."""
    rows = register.db.execute("SELECT id, record FROM packages").fetchall()
    gone = {
        package
        for package, record in rows
        if register.shown([record]).get(record, {}).get(WITHDRAWN)
    }
    fallen = {way for way, package in register.db.execute("SELECT * FROM steps") if package in gone}
    said = register.db.execute(
        "SELECT number FROM revisions JOIN records ON records.id = record WHERE entry_of = ?",
        (PACKAGE,),
    )
    about_packages = {row[0] for row in said}
    own = register.db.execute("SELECT number FROM revisions WHERE own").fetchall()
    links = register.db.execute("SELECT revision, way FROM links WHERE speaks").fetchall()
    heard = {one for one, way in links if one in about_packages or way not in fallen}
    return heard | {row[0] for row in own}

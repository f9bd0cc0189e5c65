"""Commands for what only a person can decide: conflicts, and entries that may be one."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call, round_option
from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, _, language
from taza_desktop.merging.duplicates import Pair, candidates, join_entries
from taza_desktop.merging.duplicates import keep_apart as call_different
from taza_desktop.merging.settle import settle as write_on_top
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Figure
from taza_desktop.plan.kinds import parse
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Entry, SheetKey, Value
from taza_desktop.register.lineage import Conflict
from taza_desktop.register.model import Record
from taza_desktop.register.register import Register


@click.command()
@click.argument("file", type=FILE)
@json_option
@pass_call
def conflicts(call: Call, file: Path) -> None:
    """The cells for which different values stand against each other, for `settle`."""
    with Register.open(file) as register:
        found = register.conflicts()
    call.told([_row(one) for one in found], map(_line, found))


@click.command()
@click.argument("file", type=FILE)
@click.argument("conflict", metavar="ID")
@click.option("--side", type=click.IntRange(1), help="Take the value of that side, from 1.")
@click.option("--value", help="Type another one; an empty text blanks the cell.")
@json_option
@pass_call
def settle(call: Call, file: Path, conflict: str, side: int | None, value: str | None) -> None:
    """End a conflict, by one of its sides or by a value that is typed; ID as `conflicts` says."""
    if (side is None) == (value is None):
        raise click.UsageError(_("Name either --side or --value."))
    with Register.open(file) as register:
        found = next((one for one in register.conflicts() if _id(one) == conflict), None)
        if found is None:
            raise Refusal(
                "CLI-NO-CONFLICT",
                N_("There is no conflict {id}. See `conflicts` for those that are open."),
                id=conflict,
            )
        chosen = _side(found, side) if side else _typed(found, value or "")
        write_on_top(register, found, chosen)
    said = _("Settled: {cell} is {value}.")
    outcome: dict[str, object] = {"id": conflict, "value": chosen}
    call.done(outcome, said.format(cell=found.cell, value=chosen))


@click.group()
def duplicates() -> None:
    """Entries that two people may have entered both."""


@duplicates.command("list")
@click.argument("file", type=FILE)
@round_option
@json_option
@pass_call
def list_(call: Call, file: Path, round_: Round) -> None:
    """The entries of a round that look like one, the most alike first."""
    with Register.open(file) as register:
        found = candidates(register, load_plan(), round_.code)
    lines = (f"{one.score:.2f} {one.form.measure} {one.a.id} {one.b.id}" for one in found)
    call.told([_pair(one) for one in found], lines)


@duplicates.command()
@click.argument("file", type=FILE)
@click.argument("keep")
@click.argument("drop")
@click.option("--take", multiple=True, metavar="COLUMN", help="This cell from the other row.")
@json_option
@pass_call
def join(call: Call, file: Path, keep: str, drop: str, take: tuple[str, ...]) -> None:
    """Make one entry of two: KEEP stays, DROP is taken out and names it."""
    with Register.open(file) as register:
        other = _entry(register, drop)
        join_entries(register, keep, drop, {column: other.cells.get(column) for column in take})
    said = _("{drop} is taken out; {keep} stays.").format(drop=drop, keep=keep)
    call.done({"keep": keep, "drop": drop, "taken": list(take)}, said)


@duplicates.command()
@click.argument("file", type=FILE)
@click.argument("a")
@click.argument("b")
@click.option("--reason", default="", help="Why they are two.")
@json_option
@pass_call
def apart(call: Call, file: Path, a: str, b: str, reason: str) -> None:
    """Note that two entries look alike and are not the same."""
    with Register.open(file) as register:
        call_different(register, a, b, reason)
    call.done({"a": a, "b": b}, _("{a} and {b} stay two entries.").format(a=a, b=b))


def _entry(register: Register, entry: str) -> Entry:
    """A row by its id. Raises Refusal REG-NO-ENTRY."""
    return Entry(register.state(register.record(entry)).cells, entry)


def _id(conflict: Conflict) -> str:
    return f"{conflict.record.id.hex()}/{conflict.cell}"


def _side(conflict: Conflict, number: int) -> Value:
    if number > len(conflict.sides):
        raise click.UsageError(_("There are {count} sides.").format(count=len(conflict.sides)))
    return conflict.sides[number - 1].value


def _typed(conflict: Conflict, text: str) -> Value:
    """What was typed as its cell stores it; marks are texts. Raises what parsing refuses."""
    figure = _figure(conflict.record, conflict.cell)
    return parse(figure, text, language()) if figure else text.strip() or None


def _figure(record: Record, cell: str) -> Figure | None:
    """The figure or column that a cell is; None for a mark and for what is said about a sheet."""
    if record.table and not record.is_entry:
        return None
    form = load_plan().form(record.sheet.measure)
    figures = form.table(record.table).columns if record.table else form.figures
    return next((figure for figure in figures if figure.name == cell), None)


def _row(conflict: Conflict) -> dict[str, object]:
    record = conflict.record
    sides = [
        {"value": side.value, "author": side.author, "office": side.office, "made": side.made}
        for side in conflict.sides
    ]
    return {
        "id": _id(conflict),
        **record.sheet._asdict(),
        "table": record.table,
        "cell": conflict.cell,
        "base": conflict.base,
        "sides": sides,
    }


def _line(conflict: Conflict) -> str:
    measure, territory, round_ = conflict.record.sheet
    sides = (f"{at}. {side.value} ({side.author})" for at, side in enumerate(conflict.sides, 1))
    return f"{_id(conflict)} {measure} {territory} {round_}: {'; '.join(sides)}"


def _pair(pair: Pair) -> dict[str, object]:
    def told(entry: Entry, key: SheetKey) -> dict[str, object]:
        return {"territory": key.territory, **entry.cells}

    return {
        "measure": pair.form.measure,
        "table": pair.table.name,
        "score": round(pair.score, 3),
        "a": pair.a.id,
        "b": pair.b.id,
        "rows": [told(entry, entry.origin) for entry in (pair.a, pair.b)],
        "why": {column: round(alike, 3) for column, alike in pair.why.items()},
    }

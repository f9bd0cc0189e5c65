"""Commands that take sheets in and give them out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from taza_desktop.cli.call import (
    FILE,
    Call,
    RoundType,
    json_option,
    pass_call,
    problem_row,
    put,
    say,
)
from taza_desktop.cli.sheet_json import read_sheets, to_json
from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, ngettext
from taza_desktop.plan.catalogue import Plan, load_plan
from taza_desktop.plan.checks import others_of, problems
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.register.completeness import fillable
from taza_desktop.register.register import Register

Found = tuple[SheetKey, Problem]


@click.command()
@click.argument("file", type=FILE)
@click.argument("sheets_json", metavar="SHEETS.json", type=FILE)
@json_option
@pass_call
def enter(call: Call, file: Path, sheets_json: Path) -> None:
    """Enter the sheets of a JSON file: all, or none when one has a problem that must be mended.

    The file is a list of {measure, territory, round, figures: {name: value},
    entries: {table: [{column: value}]}, remarks: {cell: text}, na: {cell: reason}}. A sheet
    replaces the one that is there. A remark on a cell answers what has to be explained.
    """
    plan = load_plan()
    with Register.open(file) as register:
        sheets = read_sheets(sheets_json, plan)
        for sheet in sheets:
            _refuse_stranger(register, plan, sheet.key)
            _forget_unknown_rows(sheet, register.sheet(sheet.key))
        found = list(_problems(register, plan, sheets))
        rows = [_row(key, problem) for key, problem in found]
        call.details["problems"] = rows
        if not call.as_json:
            say(*(_line(key, problem) for key, problem in found))
        _refuse_stops(found)
        with register.transaction():
            for sheet in sheets:
                register.put_sheet(sheet)
    entered = ngettext("{count} sheet entered.", "{count} sheets entered.", len(sheets))
    call.done({"sheets": len(sheets), "problems": rows}, entered.format(count=len(sheets)))


@click.command()
@click.argument("file", type=FILE)
@click.option("--round", "round_", type=RoundType(), help="Only this round.")
@json_option
@pass_call
def sheets(call: Call, file: Path, round_: Round | None) -> None:
    """Give the sheets out again; with --json in the shape that `enter` reads."""
    with Register.open(file) as register:
        found = register.sheets(round=round_ and round_.code)
    if call.as_json:
        put([to_json(sheet) for sheet in found])
    else:
        say(*(f"{' '.join(map(str, sheet.key))}: {len(sheet.figures())}" for sheet in found))


def _problems(register: Register, plan: Plan, sheets: list[Sheet]) -> Iterator[Found]:
    """What the checks say beside the round before and other measures' sheets, new or stored."""
    new = {sheet.key: sheet for sheet in sheets}

    def find(key: SheetKey) -> Sheet:
        return new.get(key) or register.sheet(key)

    for sheet in sheets:
        key, form = sheet.key, plan.form(sheet.key.measure)
        earlier = (find(key._replace(round=it.code)) for it in Round.parse(key.round).earlier())
        last = next((it for it in earlier if it.cells or it.entries), None)
        for problem in problems(form, sheet, last, others_of(form, key, find)):
            yield key, problem


def _refuse_stranger(register: Register, plan: Plan, key: SheetKey) -> None:
    """A register takes the sheets that its territory, and what lies below it, are asked for."""
    office = register.office.territory
    if not plan.territories.covers(office, key.territory):
        raise Refusal(
            "CLI-NOT-YOURS",
            N_(
                "{territory} does not lie in {office}, whose register this is. Nothing was entered."
            ),
            territory=plan.territories[key.territory].name,
            office=plan.territories[office].name,
        )
    if key.measure not in fillable(plan, key.territory, key.round):
        raise Refusal(
            "CLI-NOT-ASKED",
            N_("Measure {measure} is not asked of {territory} for {round}. Nothing was entered."),
            measure=key.measure,
            territory=plan.territories[key.territory].name,
            round=key.round,
        )


def _forget_unknown_rows(sheet: Sheet, stored: Sheet) -> None:
    """An id means a row of this sheet that is there; a row from elsewhere is a new one."""
    for table, entries in sheet.entries.items():
        known = {entry.id for entry in stored.entries.get(table, [])}
        for entry in entries:
            if entry.id not in known:
                entry.id = ""


def _refuse_stops(found: list[Found]) -> None:
    stops = [(key, problem) for key, problem in found if problem.level == "stop"]
    if stops:
        key, problem = stops[0]
        raise Refusal(
            "CLI-STOP",
            N_(
                "Measure {measure}, {territory}: {message} Problems to mend: {count}. "
                "Nothing was entered."
            ),
            measure=key.measure,
            territory=key.territory,
            message=problem.message,
            count=len(stops),
        )


def _row(key: SheetKey, problem: Problem) -> dict[str, object]:
    return {**key._asdict(), **problem_row(problem)}


def _line(key: SheetKey, problem: Problem) -> str:
    level = f"{problem.level} ✓" if problem.answered else problem.level
    return f"{key.measure} {key.territory} {problem.cell}: {level}: {problem.message}"

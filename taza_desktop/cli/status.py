"""How complete a round is."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call, problem_row, round_option
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.completeness import SheetStatus
from taza_desktop.register.completeness import status as completeness
from taza_desktop.register.register import Register
from taza_desktop.reports.board import gather
from taza_desktop.reports.completeness_excel import write_board


@click.command()
@click.argument("file", type=FILE)
@round_option
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="2025-02-03",
    help="The day by which lateness is judged; today unless told otherwise.",
)
@click.option("--excel", type=FILE, help="Also write the board and a list to this workbook.")
@json_option
@pass_call
def status(call: Call, file: Path, round_: Round, on: datetime | None, excel: Path | None) -> None:
    """The state of every sheet that the territory and all below it owe in a round."""
    day, plan = on.date() if on else date.today(), load_plan()
    with Register.open(file) as register:
        rows = [_row(one) for one in completeness(register, plan, round_.code, day)]
        if excel:
            write_board(gather(register, plan, round_, day), plan, register.office, excel)
    call.listed(rows, _line)


def _line(row: dict[str, object]) -> str:
    late = " !" if row["overdue"] else ""
    return f"{row['territory']} {row['measure']:>3} {row['state']}{late}"


def _row(one: SheetStatus) -> dict[str, object]:
    return {
        "territory": one.territory,
        "measure": one.measure,
        "state": one.state,
        "cells": one.cells._asdict(),
        "missing": one.missing,
        "problems": [problem_row(problem) for problem in one.problems],
        "package": one.package,
        "due": one.due and one.due.isoformat(),
        "overdue": one.overdue,
        "conflicts": one.conflicts,
        "opened": one.said and one.said.opened and one.said.opened.isoformat(),
    }

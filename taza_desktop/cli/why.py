"""Why a figure of the report is what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call, plain, round_option
from taza_desktop.cli.review import measure_option
from taza_desktop.i18n import _, language
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.kinds import show
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey, Value
from taza_desktop.register.past import Change
from taza_desktop.register.register import Register
from taza_desktop.reports.why import Behind, Said, Why
from taza_desktop.reports.why import why as find


@click.command()
@click.argument("file", type=FILE)
@round_option
@measure_option
@click.option(
    "--figure", required=True, help="planted, winners.count, winners.prize or winners/ID/prize."
)
@click.option("--territory", metavar="KATO", help="That of the register unless told otherwise.")
@json_option
@pass_call
def why(
    call: Call, file: Path, round_: Round, measure: int, figure: str, territory: str | None
) -> None:
    """Why a figure of the report is what it is: every sheet, cell, person and package behind it.

    The value is the computed one; what an office would put there stands beside it. `verified` is as
    in `history`.
    """
    plan = load_plan()
    with Register.open(file) as register:
        kato = territory or register.office.territory
        found = find(register, plan, round_, kato, measure, figure)
    call.done(_row(found), *_lines(found))


def _row(found: Why) -> dict[str, object]:
    """All of it for JSON."""
    return {
        "measure": found.measure,
        "territory": found.territory,
        "round": found.round,
        "figure": found.address,
        "value": found.value,
        "overrides": [
            {"territory": it.sheet.territory, "value": it.value, "remark": it.remark}
            for it in found.overrides
        ],
        "sheets": [_sheet_row(it) for it in found.behind],
        "left_out": [
            {"territory": it.sheet.territory, "by": it.by.territory} for it in found.left_out
        ],
    }


def _sheet_row(behind: Behind) -> dict[str, object]:
    said = behind.verdict
    judged = {"verdict": said.verdict, "by": said.by, "at": said.at, "reason": said.reason}
    return {
        "territory": behind.sheet.territory,
        "name": plain(load_plan().territories[behind.sheet.territory].name),
        "value": behind.value,
        "review": judged if said.verdict else None,
        "cells": [_cell_row(it) for it in behind.cells],
    }


def _cell_row(said: Said) -> dict[str, object]:
    past = [{**it._asdict(), "verified": it.verified} for it in said.past]
    return {"cell": said.cell, "entry": said.entry, "value": said.value, "history": past}


def _lines(found: Why) -> Iterator[str]:
    """The same for a person."""
    asked = SheetKey(found.measure, found.territory, found.round)
    yield f"{_name(asked)}: {_shown(found, found.value)}"
    for it in found.overrides:
        yield _("  {office} states {value}: {reason}").format(
            office=_name(it.sheet), value=_shown(found, it.value), reason=it.remark
        )
    for behind in found.behind:
        yield f"  {_name(behind.sheet)}: {_shown(found, behind.value)}"
        for said in behind.cells:
            yield from (
                f"    {said.cell}{f'/{said.entry[:8]}' if said.entry else ''}: {_past(it)}"
                for it in said.past
            )
    for left_out in found.left_out:
        yield _("  not counted, as {office} stands for it: {territory}").format(
            office=_name(left_out.by), territory=_name(left_out.sheet)
        )


def _name(key: SheetKey) -> str:
    return f"{key.territory} {load_plan().territories[key.territory].name}"


def _shown(found: Why, value: Value) -> str:
    return show(found.figure, value, language()) if found.figure else str(value)


def _past(change: Change) -> str:
    package = f" {change.package[:8]} {change.signer} ({change.verified})" if change.package else ""
    return f"{change.value} – {change.made} {change.author}{package}"

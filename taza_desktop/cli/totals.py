"""The total of a measure over the territory tree."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call, round_option
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Form
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.total_tree import Branch, tree
from taza_desktop.register.register import Register


@click.command()
@click.argument("file", type=FILE)
@round_option
@click.option("--measure", type=int, required=True)
@click.option("--territory", metavar="KATO", help="That of the register unless told otherwise.")
@json_option
@pass_call
def totals(call: Call, file: Path, round_: Round, measure: int, territory: str | None) -> None:
    """What a measure comes to in a territory and in each part of it.

    Each figure adds up by its own rule. Beside a total stands what the office of the territory
    would put there, with its reason; the total itself is always the computed one. Sheets that are
    not counted, as an office above speaks for their territory, are told.
    """
    plan = load_plan()
    form = plan.form(measure)
    with Register.open(file) as register:
        kato = plan.territories[territory or register.office.territory].kato
        sheets = register.sheets(round_.code, form.measure)
    found = tree(form, sheets, plan.territories, kato)
    call.done(_row(form, found), *_lines(found))


def _row(form: Form, branch: Branch) -> dict[str, object]:
    """A territory with its parts for JSON."""
    total = branch.total
    return {
        "territory": branch.territory.kato,
        "figures": total.cells,
        "entries": {table: len(rows) for table, rows in total.entries.items()},
        "overrides": {
            figure: {"value": one.value, "remark": one.remark}
            for figure, one in branch.overrides.items()
        },
        "left_out": [
            {"territory": one.sheet.territory, "by": one.by.territory} for one in total.left_out
        ],
        "parts": [_row(form, part) for part in branch.parts],
    }


def _lines(branch: Branch, depth: int = 0) -> list[str]:
    """The same for a person, parts further to the right."""
    indent = "  " * depth
    lines = [f"{indent}{branch.territory.kato} {branch.territory.name}"]
    for figure, value in branch.total.cells.items():
        beside = branch.overrides.get(figure)
        told = f" ({beside.value}: {beside.remark})" if beside else ""
        lines.append(f"{indent}  {figure}: {value}{told}")
    for part in branch.parts:
        lines += _lines(part, depth + 1)
    return lines

"""Write an example for every form that has none: `python -m tests.plan.example_making [6 …]`.

Each cell in turn gets the first value with which no check finds anything. What comes out is meant
to be read and mended by hand.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import sys
from typing import cast

from taza_desktop.cli.sheet_json import to_json
from taza_desktop.plan.checks import missing, problems
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey
from tests.plan.example_values import values
from tests.plan.examples import (
    CITY,
    COUNTRY,
    DISTRICT,
    FOLDER,
    PARTS,
    PLAN,
    REGION,
    Case,
    blank,
)


def answering(form: Form) -> list[str]:
    """Who fills in the form: a region, a district of it or a city, else the country or the city."""
    measure = PLAN.measures[form.measure]
    known = [REGION, DISTRICT, CITY, *measure.named]
    able = [
        kato
        for kato in known
        if measure.answers(kato) and PLAN.territories.level(kato) in form.filled_by
    ]
    return able[:2] or [COUNTRY]


def make(form: Form, territory: str, luck: random.Random) -> Sheet:
    """An example: each cell in turn gets the first value with which nothing is wrong."""
    schedule = PLAN.measures[form.measure].schedule
    year = schedule.once.year if schedule.once else schedule.years[0]
    kind = "year" if "year" in form.rounds else form.rounds[0]
    case = Case(Sheet(SheetKey(form.measure, territory, f"{year}{PARTS[kind][0]}")))
    if luck.random() < 0.5:
        _fill_figures(form, case, luck)
    for table, row in itertools.product(form.tables, range(2)):
        rows = case.sheet.entries.setdefault(table.name, [])
        entry = Entry()
        rows.append(entry)
        for column in sorted(table.columns, key=lambda it: not it.required):
            _fill(form, case, entry.cells, column, row, luck)
        if _wrong(form, case):
            rows.remove(entry)
    _fill_figures(form, case, luck)
    return case.sheet


def _fill_figures(form: Form, case: Case, luck: random.Random) -> None:
    for figure in sorted(form.figures, key=lambda it: not it.required):
        if figure.computed is None and figure.name not in case.sheet.cells:
            _fill(form, case, case.sheet.cells, figure, 0, luck)


def _fill(
    form: Form, case: Case, cells: Cells, figure: Figure, row: int, luck: random.Random
) -> None:
    before = _wrong(form, case)
    choices = list(values(figure, case.sheet, row))
    if KINDS[figure.kind].numeric:
        start = luck.randrange(3, 9) if figure.kind == "count" else luck.randrange(3)
        choices = [*choices[start:], *choices[:start]]
    for value in choices:
        cells[figure.name] = value
        if not _wrong(form, case) - before:
            return
    cells.pop(figure.name, None)


def _wrong(form: Form, case: Case) -> set[str]:
    return {f"{problem.check} {problem.cell}" for problem in case.problems(form)}


def write(measure: int, seed: int = 0) -> str:
    """Write the examples of a form; returns what is still wrong or blank."""
    form = PLAN.form(measure)
    sheets: list[Sheet] = []
    notes: list[str] = []
    for territory in answering(form):
        tried = [make(form, territory, random.Random(seed + n)) for n in range(12)]
        sheets.append(max(tried, key=lambda it: (-len(problems(form, it)), filled(it))))
    for sheet in sheets:
        notes += [f"{it.check} {it.cell}" for it in problems(form, sheet)]
        notes += [f"missing {name}" for name in missing(form, sheet)]
    notes += [f"blank {name}" for name in sorted(blank(form, sheets))]
    path = FOLDER / f"measure{measure:02}.json"
    rows = [_without_blanks(to_json(sheet)) for sheet in sheets]
    path.write_text(_printed(rows), encoding="utf-8")
    return ", ".join(notes)


def _printed(rows: list[dict[str, object]]) -> str:
    """JSON with a line for each figure and each row of a table."""
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    return (
        re.sub(r"\{\n {5}.*?\n {4}\}", lambda it: " ".join(it[0].split()), text, flags=re.S) + "\n"
    )


def filled(sheet: Sheet) -> int:
    """How many cells hold something."""
    rows = [entry for entries in sheet.entries.values() for entry in entries]
    return len(sheet.cells) + sum(len(entry.cells) for entry in rows)


def _without_blanks(row: dict[str, object]) -> dict[str, object]:
    entries = cast("dict[str, list[dict[str, object]]]", row["entries"])
    row["entries"] = {
        table: [{name: it for name, it in entry.items() if name != "id"} for entry in rows]
        for table, rows in entries.items()
        if rows
    }
    return {name: value for name, value in row.items() if value}


if __name__ == "__main__":
    wanted = [int(it) for it in sys.argv[1:]]
    for number in wanted or PLAN.form_numbers():
        if wanted or not (FOLDER / f"measure{number:02}.json").exists():
            print(number, write(number))

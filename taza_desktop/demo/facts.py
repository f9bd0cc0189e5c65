"""The published facts of 2024 and the cells of the forms that they stand in; both are data."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, cast

from taza_desktop.i18n import Text
from taza_desktop.paths import data_path
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.checks import others_of, problems
from taza_desktop.plan.form import Form
from taza_desktop.plan.kind_numbers import stored
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey, Value

ROUND = "2024"
UNEXPLAINED = Text(
    "Жарияланған деректерде бұл түсіндірілмеген.",
    "В опубликованных данных это не объяснено.",
    "The published data do not explain it.",
)
_THE_FACT = "="


class Fact(NamedTuple):
    """One row of `facts_2024.csv`, as printed; `region` is ISO 3166-2, empty for the republic."""

    measure: str
    region: str
    place: str
    indicator: str
    kind: str
    value: str
    unit: str

    def name(self) -> tuple[str, ...]:
        """What `cells.csv` calls the fact by."""
        return self[:5]


@dataclass(frozen=True, slots=True)
class Facts:
    """The sheets that the facts fill, and the facts that no form asks for yet."""

    sheets: list[Sheet]
    entered: list[Fact]
    waiting: list[Fact]
    remarks: int


def read_facts() -> list[Fact]:
    """All facts."""
    return [Fact(**row) for row in _rows("facts_2024.csv")]


def place(plan: Plan) -> Facts:
    """Put every fact of a measure that has a form into its cells.

    A fact may need several cells (a winner has a place and a settlement); those that say what the
    fact's own words say stand in `cells.csv` with their value.
    """
    facts = read_facts()
    entered = [fact for fact in facts if plan.has_form(int(fact.measure))]
    values = {fact.name(): fact.value for fact in entered}
    sheets: dict[SheetKey, Sheet] = {}
    for row in _rows("cells.csv"):
        name = tuple(row[part] for part in Fact._fields[:5])
        key = SheetKey(int(row["measure"]), row["territory"], ROUND)
        text = values[name] if row["value"] == _THE_FACT else row["value"]
        _fill(plan.form(key.measure), sheets.setdefault(key, Sheet(key)), row["cell"], text)
    return Facts(
        sheets=list(sheets.values()),
        entered=entered,
        waiting=[fact for fact in facts if not plan.has_form(int(fact.measure))],
        remarks=sum(_explain(plan, sheets, sheet) for sheet in sheets.values()),
    )


def by_territory(sheets: list[Sheet]) -> dict[str, list[Sheet]]:
    """The sheets of each office."""
    found: defaultdict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        found[sheet.key.territory].append(sheet)
    return dict(found)


def _fill(form: Form, sheet: Sheet, address: str, text: str) -> None:
    """Put a value into `planted` or `winners/1/place`; rows are numbered from 1 without gaps."""
    table, _, rest = address.rpartition("/")
    if not table:
        sheet.cells[address] = _value(KINDS[form.figure(address).kind].numeric, text)
        return
    table, _, row = table.partition("/")
    entries = sheet.entries.setdefault(table, [])
    if int(row) == len(entries) + 1:
        entries.append(Entry())
    kind = KINDS[form.table(table).column(rest).kind]
    entries[int(row) - 1].cells[rest] = _value(kind.numeric, text)


def _value(numeric: bool, text: str) -> Value:
    return stored(Decimal(text)) if numeric else text


def _explain(plan: Plan, sheets: Mapping[SheetKey, Sheet], sheet: Sheet) -> int:
    """Answer what wants an explanation honestly: none was published. Returns how many."""
    form = plan.form(sheet.key.measure)
    others = others_of(form, sheet.key, sheets.get)
    remark = f"{UNEXPLAINED.kk} / {UNEXPLAINED.ru}"
    wanted = {
        problem.cell
        for problem in problems(form, sheet, others=others)
        if problem.level == "explain" and not problem.answered
    }
    for cell in wanted:
        cells, name = _home(sheet, cell)
        cells[f"remark:{name}"] = remark
    return len(wanted)


def _home(sheet: Sheet, cell: str) -> tuple[Cells, str]:
    """The record that holds a cell, and the cell's name there."""
    table, *rest = cell.split("/")
    if not rest:
        return sheet.cells, cell
    return sheet.entries[table][int(rest[0]) - 1].cells, "".join(rest[1:])


def _rows(name: str) -> list[dict[str, str]]:
    with data_path("resources", "demo", name).open(encoding="utf-8", newline="") as file:
        return cast("list[dict[str, str]]", list(csv.DictReader(file)))

"""Example sheets of the forms (`examples/measureNN.json`), as `taza-desktop enter` reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from taza_desktop.cli.sheet_json import read_sheets
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.checks import problems
from taza_desktop.plan.form import Form
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Entry, Sheet

PLAN = load_plan()
FOLDER = Path(__file__).parent / "examples"
REGION, DISTRICT, CITY, COUNTRY = "390000000", "393600000", "391000000", "000000000"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
SCAN: dict[str, object] = {
    "sha256": hashlib.sha256(PDF).hexdigest(),
    "name": "хат.pdf",
    "type": "application/pdf",
    "size": len(PDF),
}
PARTS = {  # of the year, behind its number, by the kind of round
    "year": ("",),
    "nine_months": ("-9M",),
    "half": ("-H1", "-H2"),
    "quarter": ("-Q1", "-Q2", "-Q3", "-Q4"),
}


@dataclass
class Case:
    """What the checks look at."""

    sheet: Sheet
    last: Sheet | None = None
    others: dict[int, Sheet] = field(default_factory=dict[int, Sheet])

    def problems(self, form: Form) -> list[Problem]:
        """What they say."""
        return problems(form, self.sheet, self.last, self.others)

    def copy(self) -> Case:
        """A case that can be changed."""
        others = {measure: _copy(sheet) for measure, sheet in self.others.items()}
        return Case(_copy(self.sheet), self.last and _copy(self.last), others)


def examples(measure: int) -> list[Sheet]:
    """The examples of a form, as `taza-desktop enter` reads them."""
    return read_sheets(FOLDER / f"measure{measure:02}.json", PLAN)


def cases(measure: int) -> Iterator[Case]:
    """Each example beside itself as the round before, where such a round is asked for."""
    form = PLAN.form(measure)
    for sheet in examples(measure):
        earlier = Round.parse(sheet.key.round).earlier()
        asked = any(it.kind in form.rounds for it in earlier)
        yield Case(sheet, _copy(sheet) if asked else None)


def _copy(sheet: Sheet) -> Sheet:
    rows = {
        table: [Entry(dict(row.cells)) for row in rows] for table, rows in sheet.entries.items()
    }
    return Sheet(sheet.key, dict(sheet.cells), rows)


def blank(form: Form, sheets: Sequence[Sheet]) -> set[str]:
    """The typed cells that are blank in all of the sheets."""
    cells = {figure.name for figure in form.figures if figure.computed is None}
    cells |= {f"{table.name}/{it.name}" for table in form.tables for it in table.columns}
    for sheet in sheets:
        cells -= sheet.cells.keys()
        for table, entries in sheet.entries.items():
            cells -= {f"{table}/{name}" for entry in entries for name in entry.cells}
    return cells

"""The Ministry's full report: 60 measures, 20 regions, 234 districts, every office with a sheet.

Run `python tests/reports/bench.py`; it prints the seconds of each step.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from taza_desktop.plan.catalogue import Plan, load_plan
from taza_desktop.plan.form import Form
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Entry, Sheet, SheetKey
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.reports import data_package, excel, word
from taza_desktop.reports.content import compose
from taza_desktop.reports.neutral import Picture
from taza_desktop.reports.options import chosen
from tests.reports.plans import FORM, own_plan

Result = TypeVar("Result")


def forms(plan: Plan) -> list[Form]:
    """A form for every measure: its own where there is one, else the tests' form."""
    return [
        plan.form(number) if plan.has_form(number) else replace(FORM, measure=number)
        for number in plan.measures
    ]


def sheets(plan: Plan) -> list[Sheet]:
    """A sheet of every office for every measure; numbers differ, one in 25 is explained."""
    offices = [it for it in plan.territories.offices() if it.reported]
    return [
        _sheet(SheetKey(form.measure, office.kato, "2024"), form, at)
        for form in forms(plan)
        for at, office in enumerate(offices)
    ]


def _sheet(key: SheetKey, form: Form, at: int) -> Sheet:
    numeric = ("count", "money")
    cells = {
        figure.name: 1000 + 7 * at + number
        for number, figure in enumerate(form.figures)
        if figure.kind in numeric and figure.computed is None
    }
    if at % 25 == 0:
        cells["planted"] = 9000
    own: dict[str, int | str] = {**cells}
    if at % 25 == 0:
        own["remark:planted"] = "Демеушілердің көмегімен жоспардан тыс көшет отырғызылды."
    rows = [Entry({"name": f"Үміткер {at}", "prize": 500000})]
    known = {table.name for table in form.tables}
    return Sheet(key, {**own}, {"winners": rows} if known == {"winners"} else {})


def timed(name: str, work: Callable[[], Result]) -> Result:
    """The result of the work; its seconds are printed."""
    begun = time.perf_counter()
    result = work()
    print(f"{name:<36} {time.perf_counter() - begun:6.2f} s")
    return result


def main() -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder))


def run(folder: Path) -> None:
    """Fill a register in that folder and make all renderings of its report."""
    real = load_plan()
    plan = own_plan(*forms(real))
    with Register.create(folder / "ministry.taza", Office("ministry", REPUBLIC, "А.")) as register:
        register.db.execute("PRAGMA synchronous = OFF")
        filled = sheets(plan)
        timed(f"entering {len(filled)} sheets", lambda: fill(register, filled))
        report = timed("composing", lambda: compose(register, plan, Round(2024), "kk"))
        parts = chosen(("figures", "pictures", "compare", "packages"))
        whole = timed(
            "composing with tables, pictures, comparisons",
            lambda: compose(register, plan, Round(2024), "kk", options=parts),
        )
        selection = data_package.Selection()
        timed(
            "CSV files",
            lambda: data_package.write(register, plan, selection, "kk", folder / "data"),
        )
    timed("Word", lambda: word.write(report, folder / "report.docx"))
    drawn = sum(isinstance(block, Picture) for block in whole.blocks)
    timed(f"Word with {drawn} pictures", lambda: word.write(whole, folder / "whole.docx"))
    timed("Excel with all tables", lambda: excel.write(whole, folder / "whole.xlsx"))
    timed("Excel", lambda: excel.write(report, folder / "report.xlsx"))
    from taza_desktop.ui.printing import Pages, application, writing_pdf

    application()
    pages = timed("laying out the first page", lambda: Pages(report))
    timed("laying out the others", pages.finish)
    timed(f"PDF, {pages.count()} pages", lambda: list(writing_pdf(pages, folder / "report.pdf")))
    pages = timed("laying out the first page of all", lambda: Pages(whole))
    timed("PDF of all", lambda: list(writing_pdf(pages, folder / "whole.pdf")))
    for path in sorted(folder.glob("*.*")):
        print(f"{path.name:<36} {path.stat().st_size / 1e6:6.2f} MB")


def fill(register: Register, filled: list[Sheet]) -> None:
    """Enter the sheets in one transaction."""
    with register.transaction():
        for sheet in filled:
            register.put_sheet(sheet)


if __name__ == "__main__":
    main()

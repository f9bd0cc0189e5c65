"""The workbook: totals are formulas that give what was computed, charts, filters, typed cells."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.form import Adding, Figure, Form
from taza_desktop.plan.rounds import Round
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.reports import excel
from taza_desktop.reports.bilingual import both, together
from taza_desktop.reports.content import compose
from taza_desktop.reports.data_table import Adds, Annex, DataColumn, DataTable
from taza_desktop.reports.excel_totals import Formula, Place, letters, totals
from taza_desktop.reports.neutral import Report
from tests.register.offices import new_register
from tests.reports.plans import ARAL, CITY, FORM, REGION, SHIELI, SUM, own_plan, put, same

YEAR = Round(2024)
BELOW_CITY = "431031000"  # a settlement that reports to the city
MIXED = Form(
    measure=8,
    version=1,
    filled_by=("region", "district", "city"),
    rounds=("year",),
    figures=(
        Figure("area", "decimal", same("Area"), unit="ha", over_territories=SUM),
        Figure("survival", "percent", same("Survival"), over_territories=Adding("mean", "area")),
        Figure("largest", "decimal", same("Largest"), over_territories=Adding("max")),
        Figure("first", "date", same("First day"), over_territories=Adding("min")),
        Figure("what", "text", same("What")),
    ),
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return own_plan(FORM, MIXED)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", Office("region", REGION, "Ерлан")) as fresh:
        put(fresh, REGION, {"planned": 1000, "planted": 70})
        put(fresh, ARAL, {"planned": 400, "planted": 300, "spent": "1500.25"})
        put(fresh, SHIELI, {"planned": 100, "planted": 50, "spent": "0.5"})
        put(fresh, CITY, {"planned": 300, "planted": 333, "manager": "=1+1"})
        first = {"area": "1.5", "survival": "81.3", "largest": "7.25", "first": "2024-10-31"}
        put(fresh, ARAL, {**first, "what": "+7"}, measure=8)
        put(fresh, SHIELI, {"area": 3, "survival": "90.4", "largest": "7.5"}, measure=8)
        put(fresh, CITY, {"survival": 10}, measure=8)
        yield fresh


def report(register: Register, plan: Plan) -> Report:
    return compose(register, plan, YEAR, "ru", [6, 8])


def written(report: Report, folder: Path) -> Any:
    excel.write(report, folder / "report.xlsx")
    return load_workbook(folder / "report.xlsx")


def total_row(sheet: Any) -> list[Any]:
    """The line of totals below the first table."""
    rows = ([cell.value for cell in row] for row in sheet)
    return next(row for row in rows if str(row[0]).endswith("Всего"))


def test_totals_are_formulas(register: Register, plan: Plan, tmp_path: Path) -> None:
    book = written(report(register, plan), tmp_path)
    assert total_row(book["№ 6"])[2:6] == [
        "=SUM(C4:C7)", "=SUM(D4:D7)", "=ROUND(100*D8/C8,1)", "=SUM(F4:F7)",
    ]  # fmt: skip
    assert total_row(book["№ 8"])[2:5] == [
        "=SUM(C4:C6)", '=ROUND(SUMPRODUCT(D4:D6,C4:C6)/SUMIF(D4:D6,"<>",C4:C6),1)', "=MAX(E4:E6)",
    ]  # fmt: skip


BOTH: tuple[Language, ...] = ("kk", "ru")


def test_a_workbook_in_both_languages_says_every_number_once(
    register: Register, plan: Plan, tmp_path: Path
) -> None:
    one, two = report(register, plan), compose(register, plan, YEAR, BOTH, [6, 8])
    single, book = written(one, tmp_path), written(two, tmp_path)
    assert book.sheetnames == [
        "Мазмұны – Содержание", "Есеп", "Қосымшалар", "Отчет", "Приложения", "№ 6", "№ 8",
        "Диаграммалар – Диаграммы",
    ]  # fmt: skip
    links = {
        cell.hyperlink.location for row in book.worksheets[0] for cell in row if cell.hyperlink
    }
    assert links == {f"'{name}'!A1" for name in book.sheetnames[1:]}
    for name in ("№ 6", "№ 8"):
        assert sorted(map(str, numbers(book[name]))) == sorted(map(str, numbers(single[name])))
    rows = {row[1].value: [cell.value for cell in row] for row in book["№ 6"].iter_rows(min_row=4)}
    assert rows[ARAL][0] == "Арал ауданы / Аральский район"
    assert rows[ARAL][2:4] == [400, 300]
    heads = [cell.value for cell in book["№ 6"][3]]
    assert heads[0] == "Аумақ / Территория"
    assert heads[2] == "Planned, түп / Planned, шт."
    for name, own, other in (("Отчет", "Аральском", "Арал ауданы"), ("Есеп", "Арал ", "Аральск")):
        text = "\n".join(str(it.value) for row in book[name] for it in row if it.value)
        assert own in text, "each language has its own sheet of text"
        assert other not in text


def numbers(sheet: Any) -> list[Any]:
    """All numbers and formulas of a sheet."""
    return [
        cell.value for row in sheet for cell in row if cell.data_type in ("n", "f") and cell.value
    ]


def test_rows_of_two_languages_meet_whatever_the_alphabet() -> None:
    columns = (DataColumn("Аумақ"), DataColumn("КАТО"), DataColumn("n", True))
    kk = DataTable("Т", columns, (("Ә", "1", 5), ("Ә", "1", 6), ("Я", "2", 7)), ("Σ", None, 18))
    ru = DataTable("Т", columns, (("Б", "2", 7), ("В", "1", 5), ("В", "1", 6)), ("Σ", None, 18))
    (joined,) = together([(Annex(6, "т", (kk,)),), (Annex(6, "т", (ru,)),)])
    assert joined.tables[0].rows == (("Ә / В", "1", 5), ("Ә / В", "1", 6), ("Я / Б", "2", 7))
    assert joined.tables[0].total == ("Σ", None, 18)
    assert [both(*it) for it in ((None, "a"), ("a", "a"), (1, 1))] == [None, "a", 1]


@pytest.mark.office
@pytest.mark.parametrize("lang", ["ru", BOTH])
def test_libreoffice_computes_what_we_did(
    register: Register, plan: Plan, tmp_path: Path, lang: Any
) -> None:
    composed = compose(register, plan, YEAR, lang, [6, 8])
    excel.write(composed, tmp_path / "report.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    target = ["--convert-to", "xlsx", "--outdir", str(tmp_path / "again")]
    command = ["soffice", profile, "--headless", *target, str(tmp_path / "report.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    book: Any = load_workbook(tmp_path / "again" / "report.xlsx", data_only=True)
    for annex in composed.annexes:
        table, found = annex.tables[0], total_row(book[f"№ {annex.measure}"])
        checked = 0
        for column, total, value in zip(table.columns, table.total, found, strict=False):
            if column.number and total is not None:
                assert Decimal(str(value)) == Decimal(str(total))
                checked += 1
        assert checked >= 3


def test_what_a_formula_would_not_give_is_a_number() -> None:
    columns = (DataColumn("Who"), DataColumn("N", True, Adds("sum")), DataColumn("%", True))
    table = DataTable("T", columns, (("a", 2, 1), ("b", 3, 1)), total=("Σ", 6, 1))
    assert totals(table, Place(4, 5)) == ["Σ", 6, 1]
    table = DataTable("T", columns, (("a", 2, 1), ("b", "3.5", 1)), total=("Σ", "5.5", 1))
    assert totals(table, Place(4, 5)) == ["Σ", Formula("SUM(B4:B5)", "5.5"), 1]


def test_sheets_that_another_one_stands_for_are_apart(
    register: Register, plan: Plan, tmp_path: Path
) -> None:
    put(register, REGION, {"planned": 1000, "planted": 70, "stands_for:": [SHIELI]})
    book = written(report(register, plan), tmp_path)
    assert total_row(book["№ 6"])[2] == "=SUM(C4:C6)"
    titles = [row[0].value for row in book["№ 6"]]
    assert any(str(title).startswith("Данные, учтенные") for title in titles)


def test_the_cells_are_typed_and_no_text_is_a_formula(
    register: Register, plan: Plan, tmp_path: Path
) -> None:
    book = written(report(register, plan), tmp_path)
    cells = {cell.value: cell for row in book["№ 6"] for cell in row}
    assert cells["=1+1"].data_type == "s"
    assert (cells[400].data_type, cells[400].number_format) == ("n", "#,##0")
    day = next(cell for row in book["№ 8"] for cell in row if isinstance(cell.value, datetime))
    assert (day.value, day.number_format) == (datetime(2024, 10, 31), "dd.mm.yyyy")
    assert "+7" in {cell.value for row in book["№ 8"] for cell in row}


def test_a_chart_shows_plan_and_fact(register: Register, plan: Plan, tmp_path: Path) -> None:
    book = written(report(register, plan), tmp_path)
    (chart,) = book["Диаграммы"]._charts
    refs = [(it.tx.strRef.f, it.val.numRef.f, it.cat.strRef.f) for it in chart.series]
    assert refs == [
        ("'№ 6'!$C$3", "'№ 6'!$C$4:$C$7", "'№ 6'!$A$4:$A$7"),
        ("'№ 6'!$D$3", "'№ 6'!$D$4:$D$7", "'№ 6'!$A$4:$A$7"),
    ]
    fills = [it.graphicalProperties.solidFill.srgbClr for it in chart.series]
    assert fills == ["d4d4d4", "1f4e79"]


def test_the_contents_lead_to_every_sheet(register: Register, plan: Plan, tmp_path: Path) -> None:
    book = written(report(register, plan), tmp_path)
    links = {
        cell.hyperlink.location.split("!")[0].strip("'")
        for row in book["Содержание"]
        for cell in row
        if cell.hyperlink
    }
    assert links == set(book.sheetnames) - {"Содержание"}
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert book.properties.language == "ru"
    for name in ("№ 6", "№ 8"):
        assert book[name].freeze_panes == "C4"
        assert book[name].auto_filter.ref
        assert book[name].print_area


@pytest.mark.parametrize(("at", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (702, "AAA")])
def test_columns_have_letters(at: int, said: str) -> None:
    assert letters(at) == said

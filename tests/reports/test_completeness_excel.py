"""The board as a workbook: what a coordinator filters, prints and sends on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from taza_desktop.errors import EnvironmentFault
from taza_desktop.i18n import Language, set_language
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing import accept, return_sheet
from taza_desktop.reports.board import gather
from taza_desktop.reports.completeness_excel import write_board

REGION, ALGA, MARTUK = "150000000", "153200000", "154600000"
ROUND = Round.parse("2024")
ON = date(2025, 2, 11)
FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """A region that accepted one sheet and gave another one back."""
    path = tmp_path / "region.taza-register"
    with Register.create(path, Office("region", REGION, "Ерлан Сапаров")) as made:
        made.put_sheet(Sheet(SheetKey(6, ALGA, "2024"), {"planned": 10, "planted": 10}))
        made.put_sheet(Sheet(SheetKey(6, MARTUK, "2024"), {"planned": 10}))
        accept(made, [SheetKey(6, ALGA, "2024")])
        return_sheet(made, SheetKey(6, MARTUK, "2024"), {"planted": "Missing"}, FORMULA)
        yield made


def _written(register: Register, path: Path, lang: Language = "en") -> Any:
    set_language(lang)
    plan = load_plan()
    try:
        write_board(gather(register, plan, ROUND, ON), plan, register.office, path)
    finally:
        set_language("en")
    return load_workbook(path)


def _lines(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_matrix_has_letters_on_colours_and_can_be_printed(
    register: Register, tmp_path: Path
) -> None:
    sheet = _written(register, tmp_path / "board.xlsx")["Matrix"]
    rows = list(sheet.iter_rows(min_row=3))
    measures = [cell.value for cell in rows[0]]
    at = measures.index(6)
    by_name = {row[0].value: row for row in rows[1:]}
    accepted, returned = by_name["Alga District"][at], by_name["Martuk District"][at]
    assert accepted.value.startswith("✓")
    assert returned.value.startswith("B!"), "given back and late"
    colours = {cell.fill.fgColor.rgb for cell in (accepted, returned)}
    assert len(colours) == 2
    assert sheet.freeze_panes == "E4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area.endswith(f"${3 + len(by_name)}")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def test_the_list_says_all_of_a_sheet_and_can_be_filtered(
    register: Register, tmp_path: Path
) -> None:
    sheet = _written(register, tmp_path / "board.xlsx")["List"]
    lines = {(line["KATO"], line["Measure"]): line for line in _lines(sheet)}
    alga, martuk = lines[ALGA, 6], lines[MARTUK, 6]
    assert (alga["State"], alga["Days late"], alga["Judged by"]) == (
        "accepted", None, "Ерлан Сапаров",
    )  # fmt: skip
    assert (martuk["State"], martuk["Days late"], martuk["Return opened"]) == (
        "sent back", 10, "not opened yet",
    )  # fmt: skip
    assert martuk["Missing cells"] == "Saplings planted"
    assert (martuk["Entered"], martuk["Missing"]) == (1, 1)
    assert martuk["Due"].date() == date(2025, 2, 1)
    assert martuk["Region"] == "Aktobe Region"
    assert sheet.auto_filter.ref == f"A1:U{1 + len(lines)}"
    assert sheet.freeze_panes == "D2"


def test_what_somebody_wrote_is_never_a_formula(register: Register, tmp_path: Path) -> None:
    sheet = _written(register, tmp_path / "board.xlsx")["List"]
    told = [cell for row in sheet.iter_rows() for cell in row if FORMULA in str(cell.value)]
    assert [cell.data_type for cell in told] == ["s"]


@pytest.mark.parametrize(("lang", "name"), [("kk", "Кесте"), ("ru", "Таблица")])
def test_it_speaks_the_language_in_force(
    register: Register, tmp_path: Path, lang: Language, name: str
) -> None:
    book = _written(register, tmp_path / "board.xlsx", lang)
    assert len(book.sheetnames) == 3
    assert book.sheetnames[0] == name
    legend = [row[0] for row in book.worksheets[2].iter_rows(values_only=True, max_row=9)]
    assert len(set(legend)) == 9, "a letter for each state"


def test_a_file_that_cannot_be_written_is_refused(register: Register, tmp_path: Path) -> None:
    plan = load_plan()
    board = gather(register, plan, ROUND, ON)
    with pytest.raises(EnvironmentFault):
        write_board(board, plan, register.office, tmp_path / "nowhere" / "board.xlsx")

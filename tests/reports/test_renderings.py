"""All renderings carry the same figures, and text stays text."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from taza_desktop.errors import EnvironmentFault
from taza_desktop.reports import excel, word
from taza_desktop.reports.neutral import Cell, Column, Grid, figures
from taza_desktop.reports.neutral import plain as plain_paragraph
from tests.reports.samples import KAZAKH, NUMBERS, PLANTED, report


@pytest.fixture
def docx(tmp_path: Path) -> Any:
    path = tmp_path / "report.docx"
    word.write(report(), path)
    return Document(str(path))


@pytest.fixture
def book(tmp_path: Path) -> Any:
    path = tmp_path / "report.xlsx"
    excel.write(report(), path)
    return load_workbook(path)


def plain(text: str) -> str:
    """With plain spaces."""
    return text.replace("\u00a0", " ")


def text_of(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def test_word_carries_every_figure_and_text_stays_text(docx: Any) -> None:
    said = text_of(docx.element.body)
    assert all(said.count(number) == 3 for number in NUMBERS)
    assert f"=1+1 <b>&amp;</b> {KAZAKH} «№ 5»" in said
    assert not list(docx.element.body.iter(qn("w:instrText"), qn("w:fldSimple")))


def test_word_repeats_the_header_and_merges_the_direction(docx: Any) -> None:
    table = docx.tables[0]
    heads = [bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in table.rows]
    assert heads == [True, True, False, False, False, False]
    assert [len(row._tr.tc_lst) for row in table.rows] == [6, 6, 1, 6, 6, 6]
    assert table.rows[2]._tr.tc_lst[0].grid_span == 6


def test_only_a_short_row_keeps_to_one_page(tmp_path: Path) -> None:
    long = Cell((plain_paragraph("ұзын мәтін " * 200),))
    short = Cell((plain_paragraph("қысқа"),))
    grid = Grid((Column(1),), ((long,), (short,)))
    word.write(replace(report(), blocks=(grid, plain_paragraph(""))), tmp_path / "report.docx")
    rows = Document(str(tmp_path / "report.docx")).tables[0].rows
    assert [bool(row._tr.findall(f".//{qn('w:cantSplit')}")) for row in rows] == [False, True]


def test_word_has_landscape_pages_styles_language_and_the_draft_mark(docx: Any) -> None:
    section = docx.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    for header in (section.header, section.first_page_header):
        assert header.paragraphs[-1].text == "ЖОБА"
        assert 'string="ЖОБА"' in header._element.xml
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert docx.paragraphs[0].style.name == "Heading 1"
    tags = {tag.get(qn("w:val")) for tag in docx.styles.element.iter(qn("w:lang"))}
    assert tags == {"kk-KZ"}
    assert docx.core_properties.language == "kk-KZ"
    assert docx.core_properties.author == "Қызылорда облысының әкімдігі"


def test_a_finished_report_has_no_mark(tmp_path: Path) -> None:
    word.write(report("ru", draft=False), tmp_path / "report.docx")
    section = Document(str(tmp_path / "report.docx")).sections[0]
    assert [it.text for it in section.first_page_header.paragraphs] == [""]
    assert "string=" not in section.header._element.xml


def test_excel_text_carries_every_figure(book: Any) -> None:
    said = "\n".join(str(cell.value) for row in book["Есеп"] for cell in row if cell.value)
    assert all(said.count(number) == 3 for number in NUMBERS)
    assert f"=1+1 <b>&amp;</b> {KAZAKH} «№ 5»" in said


def test_excel_numbers_are_typed_and_text_is_never_a_formula(book: Any) -> None:
    sheet = book["№ 6"]
    assert [cell.value for cell in sheet[4]] == ["Арал ауданы", "433200000", 418]
    assert [cell.value for cell in sheet[5]] == ["=Шиелі()", "434800000", 100000.5]
    assert [cell.value for cell in sheet[6]] == ["Барлығы", None, 100418.5]
    assert [cell.data_type for cell in sheet[5]] == ["s", "s", "n"]
    types = {cell.data_type for page in book for row in page for cell in row if cell.value}
    assert types == {"s", "n"}


def test_excel_can_be_filtered_read_and_printed(book: Any) -> None:
    sheet = book["№ 6"]
    assert sheet.auto_filter.ref == "A3:C5"
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    cells = [cell for row in book["Мазмұны"] for cell in row]
    links = [cell.hyperlink.location for cell in cells if cell.hyperlink]
    assert links == ["'Есеп'!A1", "'№ 6'!A1"]


def test_every_figure_leads_to_its_sheets() -> None:
    assert figures(report()) == [PLANTED] * 3


@pytest.mark.parametrize("write", [word.write, excel.write])
def test_a_report_that_cannot_be_written_leaves_the_old_one(write: Any, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        write(report(), tmp_path / "nowhere" / "report.out")
    old = tmp_path / "report.out"
    old.write_text("old")
    write(report(), old)
    assert old.read_bytes()[:2] == b"PK"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["report.out"]


@pytest.mark.office
def test_libreoffice_opens_the_word_report(tmp_path: Path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    assert office, "LibreOffice is needed to test the reports"
    assert reader, "poppler-utils is needed to test the reports"
    word.write(report(), tmp_path / "report.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*convert, tmp_path / "report.docx"], check=True, capture_output=True)
    said = subprocess.run(
        [reader, "-layout", tmp_path / "report.pdf", "-"], check=True, capture_output=True
    ).stdout.decode()
    assert all(plain(number) in plain(said) for number in NUMBERS)
    assert KAZAKH in said

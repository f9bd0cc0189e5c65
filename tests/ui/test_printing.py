"""The report on pages: preview, PDF, links from figures to their sheets."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QRawFont, QTextTable
from PySide6.QtWidgets import QApplication

from taza_desktop.errors import EnvironmentFault
from taza_desktop.reports.neutral import Paragraph, Run
from taza_desktop.reports.settings import defaults
from taza_desktop.ui.printing import Pages, page_layout, render, write_pdf
from tests.reports.samples import KAZAKH, LAYOUT, NUMBERS, PLANTED, report

pytestmark = pytest.mark.usefixtures("qapp")


PRINTED = [number.replace("\u00a0", " ") for number in NUMBERS]


def plain(text: str) -> str:
    """With plain spaces."""
    return text.replace("\u00a0", " ")


def in_pdf(path: Path) -> str:
    reader = shutil.which("pdftotext")
    assert reader, "poppler-utils is needed to test the reports"
    found = subprocess.run([reader, "-layout", path, "-"], check=True, capture_output=True)
    return plain(found.stdout.decode())


def test_the_document_carries_every_figure_and_text_stays_text() -> None:
    said = plain(render(report()).toPlainText())
    assert all(said.count(number) == 3 for number in PRINTED)
    assert "=1+1 <b>&amp;</b>" in said


def test_the_pdf_carries_every_figure_the_mark_and_page_numbers(tmp_path: Path) -> None:
    write_pdf(report(rows=30), tmp_path / "report.pdf")
    said = in_pdf(tmp_path / "report.pdf")
    assert all(said.count(number) == 30 for number in PRINTED)
    assert KAZAKH in said
    pages = said.removesuffix("\f").split("\f")
    assert len(pages) > 3
    assert all("ЖОБА" in page and "H1" in page for page in pages[:-1])
    assert [page.split()[-1] for page in pages] == [str(n) for n in range(1, len(pages) + 1)]


def test_no_line_is_drawn_on_two_pages(tmp_path: Path) -> None:
    texts = [" ".join(f"с{block}н{word}" for word in range(60)) for block in range(150)]
    blocks = tuple(Paragraph((Run(text),), "note") for text in texts)
    write_pdf(replace(report(), blocks=blocks), tmp_path / "report.pdf")
    words = [word for word in in_pdf(tmp_path / "report.pdf").split() if word.startswith("с")]
    assert words == " ".join(texts).split()


def test_header_rows_are_repeated() -> None:
    document = render(report())
    tables = [it for it in document.rootFrame().childFrames() if isinstance(it, QTextTable)]
    assert [table.format().headerRowCount() for table in tables] == [2, 0]


def test_a_figure_on_the_page_leads_to_its_sheets() -> None:
    pages = Pages(report())
    size = pages.size()
    places = (QPointF(x, y) for x in range(0, int(size.width()), 5) for y in range(100, 400, 5))
    found = {pages.figure_at(0, place) for place in places}
    assert found == {None, PLANTED}


def test_a_page_is_drawn_in_points() -> None:
    pages = Pages(report())
    picture = QImage(pages.size().toSize(), QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    with QPainter(picture) as painter:
        pages.paint(painter, 0)
    dark = [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).lightness() < 100
    ]
    left, right = min(x for x, _ in dark), max(x for x, _ in dark)
    assert abs(left - LAYOUT.margin_left * 72 / 25.4) < 3
    assert abs(picture.width() - right - LAYOUT.margin_right * 72 / 25.4) < 3


def test_text_is_as_large_as_the_settings_say() -> None:
    document = render(report())
    sizes: dict[str, float] = {}
    block = document.begin()
    while block.isValid():
        for fragment in (it.fragment() for it in block):
            sizes[fragment.text()] = fragment.charFormat().fontPointSize()
        block = block.next()
    assert sizes[NUMBERS[0]] == sizes["Көгалдандыру"] == LAYOUT.table_size
    assert sizes["Әкім"] == LAYOUT.size
    assert sizes["Орынд.: А. А."] == LAYOUT.small_size


def test_the_usual_settings_find_a_font_with_every_kazakh_letter() -> None:
    usual = replace(report(), layout=defaults().layout)
    font = QRawFont.fromFont(render(usual).defaultFont())
    assert all(font.supportsCharacter(ord(letter)) for letter in KAZAKH)


def test_the_paper_is_a4_across() -> None:
    size = page_layout(LAYOUT).fullRectPoints()
    assert (size.width(), size.height()) == (842, 595)


def test_a_pdf_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        write_pdf(report(), tmp_path / "nowhere" / "report.pdf")
    assert QApplication.instance() is not None

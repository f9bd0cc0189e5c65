"""The report on pages: preview, PDF, links from figures to their sheets."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QRawFont
from PySide6.QtWidgets import QApplication

from taza_desktop.errors import EnvironmentFault
from taza_desktop.reports.neutral import (
    Cell,
    Column,
    Grid,
    Paragraph,
    Part,
    Report,
    Run,
)
from taza_desktop.reports.neutral import (
    plain as paragraph,
)
from taza_desktop.reports.settings import defaults
from taza_desktop.ui.paper_text import report_font
from taza_desktop.ui.printing import Pages, page_layout, write_pdf
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
    said = plain(Pages(report()).text())
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
    numbers = [[word for word in page.split()[:2] if word.isdigit()] for page in pages]
    assert numbers == [[], *([str(n)] for n in range(2, len(pages) + 1))]


def test_no_line_is_drawn_on_two_pages(tmp_path: Path) -> None:
    texts = [" ".join(f"с{block}н{word}" for word in range(60)) for block in range(150)]
    blocks = tuple(Paragraph((Run(text),), "note") for text in texts)
    write_pdf(replace(report(), blocks=blocks), tmp_path / "report.pdf")
    words = [word for word in in_pdf(tmp_path / "report.pdf").split() if word.startswith("с")]
    assert words == " ".join(texts).split()


def one_table(*rows: int, notes: bool = False) -> Report:
    """A table whose rows have so many lines each."""
    look = (Column(1), Column(4))
    grid = Grid(
        look,
        tuple(
            (
                Cell((paragraph(f"№{number}"),)),
                Cell(tuple(_line(f"r{number}l{line}", notes) for line in range(lines))),
            )
            for number, lines in enumerate(rows)
        ),
        header=((Cell((paragraph("head"),)), Cell((paragraph("H1"),))),),
    )
    return replace(report(draft=False), blocks=(grid,))


def _line(text: str, noted: bool) -> Paragraph:
    return Paragraph((Run(text, note=f"note {text}" if noted else ""),))


def lines_of(path: Path) -> list[set[str]]:
    """The words of each page."""
    return [set(page.split()) for page in in_pdf(path).removesuffix("\f").split("\f")]


def test_a_short_row_is_never_cut_and_the_header_is_repeated(tmp_path: Path) -> None:
    write_pdf(one_table(*([7] * 40)), tmp_path / "report.pdf")
    pages = lines_of(tmp_path / "report.pdf")
    assert len(pages) > 5
    for page in pages:
        assert {"head", "H1"} <= page
        for row in (word for word in page if word.startswith("№")):
            assert {f"r{row[1:]}l{line}" for line in range(7)} <= page


def test_a_row_longer_than_pages_loses_no_line(tmp_path: Path) -> None:
    write_pdf(one_table(3, 100, 3), tmp_path / "report.pdf")
    pages = lines_of(tmp_path / "report.pdf")
    found = [word for page in pages for word in page if word.startswith("r1l")]
    assert sorted(found) == sorted(f"r1l{line}" for line in range(100))
    assert len(pages) == 4


def test_a_footnote_stands_on_the_page_of_its_figure(tmp_path: Path) -> None:
    write_pdf(one_table(*([5] * 12), notes=True), tmp_path / "report.pdf")
    text = in_pdf(tmp_path / "report.pdf")
    for page in text.removesuffix("\f").split("\f"):
        body = {word.rstrip("0123456789") for word in page.split() if "note" not in word}
        assert body
        noted = [line.split("note ")[1] for line in page.splitlines() if "note " in line]
        assert noted
        assert all(page.count(it) >= 2 for it in noted)
    assert text.count("note ") == 60


def test_footnotes_that_find_no_room_go_on(tmp_path: Path) -> None:
    blocks = (Paragraph(tuple(Run(f"w{n} ", note=f"note{n} " + "x " * 900) for n in range(8))),)
    write_pdf(replace(report(), blocks=blocks), tmp_path / "report.pdf")
    text = in_pdf(tmp_path / "report.pdf")
    assert [text.count(f"note{number} ") for number in range(8)] == [1] * 8


def test_a_part_in_another_language_begins_pages_of_its_own() -> None:
    two = (Part("kk"), paragraph("қазақша", "note"), Part("ru"), paragraph("по-русски", "note"))
    pages = Pages(replace(report(), blocks=two))
    assert pages.text().split() == ["қазақша", "по-русски"]
    assert pages.count() == 2


def test_pages_are_there_before_all_are_laid_out() -> None:
    pages = Pages(one_table(*([7] * 400)))
    assert pages.count() >= 1
    assert not pages.complete
    seen = pages.count()
    while not pages.complete:
        pages.grow(0)
        pages.grow(0.001)
    assert pages.count() > max(seen, 50)


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


def test_text_is_as_large_as_the_settings_say(tmp_path: Path) -> None:
    write_pdf(report(), tmp_path / "report.pdf")
    reader = shutil.which("pdftohtml")
    assert reader, "poppler-utils is needed to test the reports"
    xml = subprocess.run(
        [reader, "-xml", "-stdout", "-zoom", "1", tmp_path / "report.pdf"],
        check=True,
        capture_output=True,
    ).stdout.decode()
    fonts = dict(re.findall(r'<fontspec id="(\d+)" size="(\d+)"', xml))
    sizes = {
        text: int(fonts[font])
        for font, said in re.findall(r'font="(\d+)">(.*?)</text>', xml)
        for text in [re.sub("<.*?>", "", said)]
    }
    assert sizes["Көгалдандыру"] == LAYOUT.table_size
    assert sizes["Әкім"] == LAYOUT.size
    assert sizes["Орынд.: А. А."] == LAYOUT.small_size


def test_the_usual_settings_find_a_font_with_every_kazakh_letter() -> None:
    font = QRawFont.fromFont(report_font(defaults().layout))
    assert all(font.supportsCharacter(ord(letter)) for letter in KAZAKH)


def test_the_paper_is_a4_across() -> None:
    size = page_layout(LAYOUT).fullRectPoints()
    assert (size.width(), size.height()) == (842, 595)


def test_a_pdf_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        write_pdf(report(), tmp_path / "nowhere" / "report.pdf")
    assert QApplication.instance() is not None

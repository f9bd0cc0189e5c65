"""The Word document: what the standard asks for, and what a clerk and a reader need."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from taza_desktop.reports import word
from taza_desktop.reports.neutral import (
    Block,
    Caption,
    Cell,
    Column,
    Grid,
    Heading,
    Paragraph,
    Part,
    Photo,
    Picture,
    Report,
    Run,
    plain,
)
from tests.reports.samples import report

# Orders of ECMA-376 part 1 (17.3.1.26, 17.3.2.28, 17.4.59, 17.4.69, 17.4.78, 17.6.17), shortened to
# what a report uses; an element that is not among them is a mistake of the test or of the writer.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl spacing ind jc outlineLvl rPr"
    " sectPr",
    "rPr": "rStyle rFonts b bCs i iCs noProof color sz szCs vertAlign lang",
    "tblPr": "tblStyle tblW tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan vMerge tcBorders vAlign",
    "trPr": "cantSplit tblHeader",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}
GREEN = Image.new("RGB", (8, 6), "green")


def photo() -> Picture:
    data = BytesIO()
    GREEN.save(data, "PNG")
    caption = Caption("picture", "", 1, "-сурет. Сквер")
    return Picture(Photo(data.getvalue(), "image/png"), 40, 30, "Сквер & «бақ»", caption)


def everything() -> Report:
    """A report with each thing that a report may have."""
    noted = Paragraph((Run("100", note="Себебі <бар> & анық"), Run(" түп", bold=True)))
    grid = Grid(
        (Column(1), Column(2, "right")),
        tuple((Cell((plain(str(row)),)), Cell((noted,))) for row in range(3)),
        header=((Cell((plain("Аумақ"),)), Cell((plain("Көшет"),))),),
        alt='Аумақтар "бойынша"',
        caption=Caption("table", "", 1, "-кесте. Көшет"),
    )
    blocks: tuple[Block, ...] = (
        Part("kk"),
        *report().blocks,
        Heading("1-бағыт", 2, shown=False),
        Heading("Қосымшалар", 1, new_page=True),
        grid,
        photo(),
        plain("Мемлекеттік", "letterhead"),
        plain("sha", "source"),
        Part("ru"),
        Heading("Приложения"),
        Paragraph((Run("еще", note="второе"),)),
    )
    return replace(report(), blocks=blocks)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    written = tmp_path / "report.docx"
    word.write(everything(), written)
    return written


def part(path: Path, name: str) -> Any:
    with ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def in_order(element: Any, order: list[str]) -> bool:
    places = [order.index(etree.QName(child).localname) for child in element]
    return places == sorted(places)


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/header2.xml"]
)
def test_properties_stand_in_the_order_of_the_standard(path: Path, name: str) -> None:
    root = part(path, name)
    found = 0
    for tag, order in ORDERS.items():
        for element in root.iter(qn(f"w:{tag}")):
            assert in_order(element, order.split()), etree.tostring(element)
            found += 1
    assert found


def test_every_style_that_is_used_is_defined(path: Path) -> None:
    defined = {style.get(qn("w:styleId")) for style in part(path, "word/styles.xml")}
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml"):
        for kind in ("pStyle", "rStyle", "tblStyle"):
            used = {it.get(qn("w:val")) for it in part(path, name).iter(qn(f"w:{kind}"))}
            assert used <= defined


def test_every_relation_and_content_type_is_there(path: Path) -> None:
    with ZipFile(path) as package:
        names = set(package.namelist())
        types = package.read("[Content_Types].xml").decode()
        relations = package.read("word/_rels/document.xml.rels").decode()
        document = package.read("word/document.xml").decode()
    for target in re.findall(r'Target="([^":]+)"', relations):
        assert any(name.endswith(target.removeprefix("../")) for name in names), target
    for used in re.findall(r'r:(?:embed|id)="(rId\d+)"', document):
        assert f'Id="{used}"' in relations
    assert "/word/footnotes.xml" in types
    assert 'Extension="png"' in types


def test_footnotes_are_real_and_numbered(path: Path) -> None:
    called = [
        int(it.get(qn("w:id")))
        for it in part(path, "word/document.xml").iter(qn("w:footnoteReference"))
    ]
    notes = part(path, "word/footnotes.xml")
    texts = {
        int(note.get(qn("w:id"))): "".join(it.text for it in note.iter(qn("w:t"))).strip()
        for note in notes
    }
    assert called == [1, 2, 3, 4]
    assert sorted(texts) == [-1, 0, 1, 2, 3, 4]
    assert [texts[number] for number in called] == ["Себебі <бар> & анық"] * 3 + ["второе"]


def test_every_run_is_tagged_with_its_language(path: Path) -> None:
    languages: dict[str, set[str]] = {}
    for run in part(path, "word/document.xml").iter(qn("w:r")):
        text = "".join(it.text or "" for it in run.iter(qn("w:t")))
        if text:
            languages.setdefault(run.find(f".//{qn('w:lang')}").get(qn("w:val")), set()).add(text)
    assert set(languages) == {"kk-KZ", "ru-RU"}
    assert languages["ru-RU"] == {"Приложения", "еще"}
    notes = {it.get(qn("w:val")) for it in part(path, "word/footnotes.xml").iter(qn("w:lang"))}
    assert notes == {"kk-KZ", "ru-RU"}


def test_a_part_is_a_section_that_counts_its_own_pages(path: Path) -> None:
    sections = list(part(path, "word/document.xml").iter(qn("w:sectPr")))
    assert len(sections) == 2
    for section in sections:
        assert section.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert len(section.findall(qn("w:headerReference"))) == 2
        assert section.find(qn("w:titlePg")) is not None


def test_headings_outside_tables_lead_through_the_document(path: Path) -> None:
    document: Any = Document(str(path))
    headings = [
        (it.style.name, it.text)
        for it in document.paragraphs
        if it.style.name.startswith("Heading") or it.style.name == "Taza Jump"
    ]
    assert headings == [
        ("Heading 1", "Таза Қазақстан: орындалу барысы"),
        ("Taza Jump", "1-бағыт"),
        ("Heading 1", "Қосымшалар"),
        ("Heading 1", "Приложения"),
    ]
    jump = document.styles["Taza Jump"]
    assert jump.base_style.name == "Heading 2"
    assert jump.paragraph_format.line_spacing.pt == 1


def test_tables_and_pictures_have_captions_and_words_for_the_blind(path: Path) -> None:
    document: Any = Document(str(path))
    captions = [it for it in document.paragraphs if it.style.name == "Caption"]
    fields = [it._p.find(qn("w:fldSimple")).get(qn("w:instr")).split() for it in captions]
    assert fields == [
        ["SEQ", "Taza_table_kk", "\\*", "ARABIC"],
        ["SEQ", "Taza_picture_kk", "\\*", "ARABIC"],
    ]
    xml = document.element.xml
    assert "Сквер &amp; «бақ»" in xml
    described = [it.get(qn("w:val")) for it in document.element.iter(qn("w:tblDescription"))]
    assert described == ['Аумақтар "бойынша"']
    assert len(document.inline_shapes) == 1
    assert (document.inline_shapes[0].width.mm, document.inline_shapes[0].height.mm) == (40, 30)


def test_a_long_table_is_written_in_pieces_each_with_its_header(tmp_path: Path) -> None:
    rows = tuple((Cell((plain(str(row)),)),) for row in range(250))
    grid = Grid((Column(1),), rows, header=((Cell((plain("Аумақ"),)),),))
    word.write(replace(report(), blocks=(grid, plain(""))), tmp_path / "long.docx")
    document: Any = Document(str(tmp_path / "long.docx"))
    assert [len(table.rows) for table in document.tables] == [101, 101, 51]
    body = [etree.QName(it).localname for it in document.element.body]
    assert body == ["tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]


def test_columns_are_fixed_and_fill_the_page(path: Path) -> None:
    for table in part(path, "word/document.xml").iter(qn("w:tbl")):
        widths = [int(it.get(qn("w:w"))) for it in table.iter(qn("w:gridCol"))]
        assert table.find(f".//{qn('w:tblLayout')}").get(qn("w:type")) == "fixed"
        assert abs(sum(widths) - (297 - 20 - 15) * 1440 / 25.4) < 2
        for row in table.iter(qn("w:tr")):
            assert sum(int(it.get(qn("w:w"))) for it in row.iter(qn("w:tcW"))) == sum(widths)


def test_it_opens_as_a_document_of_todays_word(path: Path) -> None:
    settings = part(path, "word/settings.xml")
    modes = {
        it.get(qn("w:name")): it.get(qn("w:val")) for it in settings.iter(qn("w:compatSetting"))
    }
    assert modes["compatibilityMode"] == "15"
    names = [etree.QName(it).localname for it in settings]
    assert names.index("footnotePr") == names.index("compat") - 1


@pytest.mark.office
def test_libreoffice_shows_all_of_it(path: Path, tmp_path: Path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    assert office, "LibreOffice is needed to test the reports"
    assert reader, "poppler-utils is needed to test the reports"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(convert, check=True, capture_output=True)
    found = subprocess.run([reader, path.with_suffix(".pdf"), "-"], check=True, capture_output=True)
    pages = found.stdout.decode().removesuffix("\f").split("\f")
    assert any("Қосымшалар" in page and "1-кесте. Көшет" in page for page in pages)
    assert any("1-сурет. Сквер" in page for page in pages)
    assert sum(page.count("Себебі <бар> & анық") for page in pages) == 3
    assert "Приложения" in pages[-1]
    assert "второе" in pages[-1]
    assert all("ЖОБА" in page for page in pages)

"""The neutral report as a Word document."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from taza_desktop.reports.files import replacing
from taza_desktop.reports.neutral import Layout, Report
from taza_desktop.reports.word_styles import TAGS, set_language, set_styles
from taza_desktop.reports.word_xml import blocks_xml

LONG_SIDE, SHORT_SIDE = 297, 210  # A4, millimetres
BODY = "body-goes-here"
TWIPS_A_MILLIMETRE = 1440 / 25.4


def write(report: Report, path: Path) -> None:
    """Write the report to `path`; an existing file is replaced only when all went well.

    Raises:
        EnvironmentFault: disk full, no right to write, file open in Word.
    """
    with replacing(path) as unfinished:
        empty = BytesIO()
        _frame(report).save(empty)
        body = "".join(blocks_xml(report.blocks, _text_width(report.layout)))
        _fill(empty, body, unfinished)


def _frame(report: Report) -> Any:
    """The document with styles, pages and properties, and the mark where the body goes."""
    from docx import Document

    document: Any = Document()
    set_styles(document, report.layout)
    set_language(document, report.language)
    _set_properties(document.core_properties, report)
    _set_page(document.sections[0], report)
    document.element.body.sectPr.addprevious(document.element.makeelement(BODY))
    return document


def _fill(empty: BytesIO, body: str, path: Path) -> None:
    """Put the body in as text: parsing it only to write it again would take three times as long."""
    with ZipFile(empty) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                before, mark, after = data.partition(f"<{BODY}/>".encode())
                assert mark, "python-docx wrote the mark in another way"
                data = before + body.encode() + after
            target.writestr(name, data)


def _text_width(layout: Layout) -> int:
    side = LONG_SIDE if layout.landscape else SHORT_SIDE
    return int((side - layout.margin_left - layout.margin_right) * TWIPS_A_MILLIMETRE)


def _set_properties(properties: Any, report: Report) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    properties.title = report.title[:255]  # the format's limit
    properties.subject = f"{report.territory} {report.round}"
    properties.author = properties.last_modified_by = report.author[:255]
    properties.language = TAGS[report.language]
    properties.content_status = report.mark if report.draft else ""
    properties.comments = ""
    properties.created = properties.modified = now


def _set_page(section: Any, report: Report) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.parser import parse_xml
    from docx.shared import Mm

    layout = report.layout
    across, down = (LONG_SIDE, SHORT_SIDE) if layout.landscape else (SHORT_SIDE, LONG_SIDE)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.left_margin, section.right_margin = Mm(layout.margin_left), Mm(layout.margin_right)
    section.top_margin, section.bottom_margin = Mm(layout.margin_top), Mm(layout.margin_bottom)
    section.header_distance = section.footer_distance = Mm(8)
    if report.draft:
        mark = section.header.paragraphs[0]
        mark.style = "Taza Draft"
        mark.text = report.mark
    number = section.footer.paragraphs[0]
    number.style = "Taza Page"
    number._p.append(parse_xml(_PAGE_FIELD))


_PAGE_FIELD = (
    '<w:fldSimple xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
)

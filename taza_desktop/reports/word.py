"""The neutral report as a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from taza_desktop.reports.files import replacing
from taza_desktop.reports.neutral import (
    Block,
    Grid,
    Heading,
    Paragraph,
    Part,
    Picture,
    Report,
    signs,
)
from taza_desktop.reports.word_notes import put_footnotes
from taza_desktop.reports.word_pages import next_part, set_page, text_width
from taza_desktop.reports.word_pictures import Pictures
from taza_desktop.reports.word_styles import TAGS, set_language, set_settings, set_styles
from taza_desktop.reports.word_tables import grid_xml
from taza_desktop.reports.word_text import (
    STYLE_IDS,
    Writing,
    caption_xml,
    heading_xml,
    paragraph_xml,
)

BODY = "body-goes-here"


def write(report: Report, path: Path) -> None:
    """Write the report to `path`; an existing file is replaced only when all went well.

    Raises:
        EnvironmentFault: disk full, no right to write, file open in Word.
    """
    with replacing(path) as unfinished:
        document = _frame(report)
        writing = Writing(report.language)
        body = "".join(_body(report, document, writing))
        put_footnotes(document, writing)
        empty = BytesIO()
        document.save(empty)
        _fill(empty, body, unfinished)


def _frame(report: Report) -> Any:
    """The document with styles, pages and properties, and the mark where the body goes."""
    from docx import Document

    document: Any = Document()
    set_styles(document, report.layout)
    set_language(document, report.language)
    set_settings(document, report.language)
    _set_properties(document.core_properties, report)
    set_page(document.sections[0], report)
    document.element.body.sectPr.addprevious(document.element.makeelement(BODY))
    return document


def _body(report: Report, document: Any, writing: Writing) -> Iterator[str]:
    """The text of the document; a part in another language begins a section of pages."""
    pictures = Pictures(document)
    begun = False
    for block, following in zip_longest(report.blocks, report.blocks[1:]):
        if isinstance(block, Part):
            if begun:
                yield next_part(document.sections[0])
            writing.language, begun = block.language, True
        elif isinstance(block, Picture):
            yield pictures.xml(block)
            if block.caption:
                yield caption_xml(block.caption, writing)
        elif block is not None:
            yield from _written(block, following, report, writing)


def _written(
    block: Heading | Paragraph | Grid, following: Block | None, report: Report, writing: Writing
) -> Iterator[str]:
    match block:
        case Heading():
            yield heading_xml(block, writing)
        case Paragraph():
            kept = signs(following)
            yield paragraph_xml(block, STYLE_IDS[block.style], writing, kept=kept)
        case Grid():
            if block.caption:
                yield caption_xml(block.caption, writing)
            yield from grid_xml(block, text_width(report.layout), report.layout, writing)


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


def _set_properties(properties: Any, report: Report) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    properties.title = report.title[:255]  # the format's limit
    properties.subject = f"{report.territory} {report.round}"
    properties.author = properties.last_modified_by = report.author[:255]
    properties.language = TAGS[report.language]
    properties.content_status = report.mark if report.draft else ""
    properties.keywords = f"sha256:{report.data_hash}" if report.data_hash else ""
    properties.comments = ""
    properties.created = properties.modified = now

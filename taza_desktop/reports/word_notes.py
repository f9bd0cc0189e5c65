"""The footnotes of the Word document, a part of its own in the package."""

from __future__ import annotations

from typing import Any

from taza_desktop.reports.word_text import FIRST_NOTE, Writing, footnote_xml

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr>'
    '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def put_footnotes(document: Any, writing: Writing) -> None:
    """Add the footnotes that were made while the text was written; nothing when there are none."""
    if not writing.notes:
        return
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml.parser import parse_xml

    notes = "".join(
        footnote_xml(number, language, text)
        for number, (language, text) in enumerate(writing.notes, start=FIRST_NOTE)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:footnotes xmlns:w="{_WORD}">{_SEPARATORS}{notes}</w:footnotes>'
    )
    name = PackURI("/word/footnotes.xml")
    part: Any = Part(name, _KIND, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    known = parse_xml(
        f'<w:footnotePr xmlns:w="{_WORD}"><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        "</w:footnotePr>"
    )
    document.settings.element.find(f"{{{_WORD}}}compat").addprevious(known)

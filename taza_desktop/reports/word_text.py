"""Paragraphs of the neutral report as WordprocessingML text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from taza_desktop.i18n import Language
from taza_desktop.reports.neutral import Caption, Heading, Paragraph, Run, Style
from taza_desktop.reports.word_styles import TAGS

STYLE_IDS: dict[Style, str] = {
    "body": "TazaBody",
    "title": "Heading1",
    "subtitle": "TazaSubtitle",
    "section": "TazaSection",
    "right": "TazaRight",
    "centre": "TazaCentre",
    "note": "TazaNote",
    "small": "TazaSmall",
    "letterhead": "TazaLetterhead",
    "source": "TazaSource",
}
JUMP = "TazaJump"  # a heading that only the navigation pane shows
FIRST_NOTE = 1  # number of the first footnote; 0 and below are the separators
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPECIAL = re.compile("[\x00-\x1f&<>\ufffe\uffff\ud800-\udfff]")


@dataclass
class Writing:
    """What grows while a document is written.

    Attributes:
        language: of the part that is being written.
        notes: the footnotes so far, each with its language.
    """

    language: Language
    notes: list[tuple[Language, str]] = field(default_factory=list[tuple[Language, str]])


def heading_xml(heading: Heading, writing: Writing) -> str:
    """A heading; one that is not shown leaves a line of a point for the navigation pane."""
    style = f"Heading{heading.level}" if heading.shown else JUMP
    more = "<w:pageBreakBefore/>" if heading.new_page else ""
    return _paragraph(_run(Run(heading.text), writing), style, more)


def paragraph_xml(
    paragraph: Paragraph, style: str, writing: Writing, align: str = "", *, kept: bool = False
) -> str:
    """A paragraph in the style of that id; `kept` on one page with what follows."""
    runs = "".join([_run(run, writing) for run in paragraph.runs])
    more = "<w:keepNext/>" if kept else ""
    return _paragraph(runs, style, more + (f'<w:jc w:val="{align}"/>' if align else ""))


def caption_xml(caption: Caption, writing: Writing) -> str:
    """A caption whose number Word counts anew when the clerk adds another one."""
    before, after = (
        _run(Run(text), writing) if text else "" for text in (caption.before, caption.after)
    )
    number = _run(Run(str(caption.number)), writing)
    sequence = f" SEQ Taza_{caption.kind}_{writing.language} \\* ARABIC "
    field_ = f'<w:fldSimple w:instr="{sequence}">{number}</w:fldSimple>'
    look = "<w:keepNext/>" if caption.kind == "table" else '<w:jc w:val="center"/>'
    return _paragraph(f"{before}{field_}{after}", "Caption", look)


def footnote_xml(number: int, language: Language, text: str) -> str:
    """A footnote with its number before it."""
    said = _run(Run(f" {text}"), Writing(language))
    mark = '<w:r><w:rPr><w:rStyle w:val="footnotereference"/></w:rPr><w:footnoteRef/></w:r>'
    return f'<w:footnote w:id="{number}">{_paragraph(mark + said, "footnotetext")}</w:footnote>'


def _paragraph(runs: str, style: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _run(run: Run, writing: Writing) -> str:
    marks = ("<w:b/>" if run.bold else "") + ("<w:i/>" if run.italic else "")
    tag = f'<w:lang w:val="{TAGS[writing.language]}"/>'
    said = f"<w:r><w:rPr>{marks}{tag}</w:rPr>{_text(run.text)}</w:r>"
    return said + _note(run.note, writing) if run.note else said


def _note(text: str, writing: Writing) -> str:
    writing.notes.append((writing.language, text))
    number = len(writing.notes) - 1 + FIRST_NOTE
    return (
        '<w:r><w:rPr><w:rStyle w:val="footnotereference"/></w:rPr>'
        f'<w:footnoteReference w:id="{number}"/></w:r>'
    )


def _text(text: str) -> str:
    if not _SPECIAL.search(text):
        return f'<w:t xml:space="preserve">{text}</w:t>'
    clean = escape(_ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    said = f'<w:t xml:space="preserve">{clean}</w:t>'
    for sign, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        said = said.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
    return said

"""The styles of the Word document: real ones, so that an office can change them in one place."""

from __future__ import annotations

from typing import Any, NamedTuple

from taza_desktop.i18n import Language
from taza_desktop.reports.neutral import Layout

TAGS = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}


class Look(NamedTuple):
    """How a paragraph style looks; lengths in points."""

    size: float
    bold: bool = False
    align: str = "LEFT"
    before: float = 0
    after: float = 0
    keep_with_next: bool = False


def looks(layout: Layout) -> dict[str, Look]:
    """The look of every paragraph style by its name in Word.

    What stands outside the table keeps with what follows: the signature is never alone on a page.
    """
    return {
        "Heading 1": Look(layout.size, bold=True, align="CENTER", before=12, keep_with_next=True),
        "Heading 2": Look(layout.table_size, bold=True, align="CENTER", keep_with_next=True),
        "Taza Subtitle": Look(
            layout.size, bold=True, align="CENTER", after=12, keep_with_next=True
        ),
        "Taza Body": Look(layout.size, keep_with_next=True),
        "Taza Right": Look(layout.size, align="RIGHT", keep_with_next=True),
        "Taza Centre": Look(layout.table_size, align="CENTER"),
        "Taza Table": Look(layout.table_size),
        "Taza Table Header": Look(layout.table_size, bold=True, align="CENTER"),
        "Taza Note": Look(layout.table_size, before=6, keep_with_next=True),
        "Taza Small": Look(layout.small_size),
        "Taza Draft": Look(layout.size, bold=True, align="RIGHT"),
        "Taza Page": Look(layout.table_size, align="CENTER"),
    }


def set_styles(document: Any, layout: Layout) -> None:
    """Define the styles of the report in the document."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    normal = document.styles["Normal"]
    _set_font(normal, layout.font)
    normal.font.size = Pt(layout.size)
    known = {style.name for style in document.styles}
    for name, look in looks(layout).items():
        if name not in known:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
        _set_look(document.styles[name], look, layout.font)


def set_language(document: Any, lang: Language) -> None:
    """Tag all text with its language, so that Word spells and hyphenates by the right rules."""
    from docx.oxml.ns import qn

    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), TAGS[lang])


def _set_look(style: Any, look: Look, font: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    _set_font(style, font)
    style.font.size = Pt(look.size)
    style.font.bold = look.bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    paragraph = style.paragraph_format
    paragraph.alignment = WD_ALIGN_PARAGRAPH[look.align]
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing = 1
    paragraph.keep_with_next = look.keep_with_next
    paragraph.widow_control = True


def _set_font(style: Any, font: str) -> None:
    """One family for all scripts; the template's theme fonts would else win over it."""
    from docx.oxml.ns import qn

    style.font.name = font
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), font)

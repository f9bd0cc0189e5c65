"""The styles of the Word document: real ones, so that an office can change them in one place."""

from __future__ import annotations

from typing import Any, NamedTuple

from taza_desktop.i18n import Language
from taza_desktop.reports.neutral import Layout

TAGS = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}


class Look(NamedTuple):
    """How a paragraph style looks; lengths in points, `line` 0 for lines as high as their text."""

    size: float
    bold: bool = False
    align: str = "LEFT"
    before: float = 0
    after: float = 0
    keep_with_next: bool = False
    line: float = 0
    colour: int = 0x000000


def looks(layout: Layout) -> dict[str, Look]:
    """The look of every paragraph style by its name in Word.

    The lines of a signature keep together.
    """
    size, table, small = layout.size, layout.table_size, layout.small_size
    return {
        "Heading 1": Look(size, bold=True, align="CENTER", before=12, keep_with_next=True),
        "Heading 2": Look(
            table, bold=True, align="CENTER", before=12, after=4, keep_with_next=True
        ),
        "Taza Subtitle": Look(size, bold=True, align="CENTER", after=12, keep_with_next=True),
        "Taza Body": Look(size, keep_with_next=True),
        "Taza Right": Look(size, align="RIGHT", keep_with_next=True),
        "Taza Letterhead": Look(size, bold=True, align="CENTER", keep_with_next=True),
        "Taza Section": Look(table, bold=True, align="CENTER", keep_with_next=True),
        "Taza Centre": Look(table, align="CENTER", keep_with_next=True),
        "Taza Table": Look(table),
        "Taza Table Header": Look(table, bold=True, align="CENTER"),
        "Taza Note": Look(table, before=6),
        "Taza Small": Look(small),
        "Taza Source": Look(small, after=6),
        "Taza Picture": Look(small, align="CENTER", before=6, keep_with_next=True),
        "Taza Draft": Look(table, bold=True, align="RIGHT"),
        "Taza Page": Look(table, align="CENTER"),
        "Taza Gap": Look(1, line=1),
        "Caption": Look(table, bold=True, before=8, after=4),
        "footnote text": Look(small),
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
            built_in = not name.startswith("Taza")
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, built_in)
            style.base_style = normal
        _set_look(document.styles[name], look, layout.font)
    reference = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, True)
    reference.font.superscript = True
    _set_jump(document, layout)


def set_language(document: Any, lang: Language) -> None:
    """Tag all text with its language, so that Word spells and hyphenates by the right rules."""
    from docx.oxml.ns import qn

    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), TAGS[lang])


def set_settings(document: Any, lang: Language) -> None:
    """The document as today's Word makes it, without its mode for older files."""
    from docx.oxml.ns import qn

    settings = document.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), TAGS[lang])
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")


def _set_jump(document: Any, layout: Layout) -> None:
    """A heading for the navigation pane alone, which lists none that stands in a table.

    On paper it is one point of white between the tables of two directions.
    """
    from docx.enum.style import WD_STYLE_TYPE

    jump = document.styles.add_style("Taza Jump", WD_STYLE_TYPE.PARAGRAPH)
    jump.base_style = document.styles["Heading 2"]
    _set_look(jump, Look(1, line=1, keep_with_next=True, colour=0xFFFFFF), layout.font)


def _set_look(style: Any, look: Look, font: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    _set_font(style, font)
    style.font.size = Pt(look.size)
    style.font.bold = look.bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(f"{look.colour:06X}")
    paragraph = style.paragraph_format
    paragraph.alignment = WD_ALIGN_PARAGRAPH[look.align]
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing = Pt(look.line) if look.line else 1
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

"""The pages of the Word document: paper, margins, page number, draft mark, a part per language."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from taza_desktop.reports.neutral import Layout, Report
from taza_desktop.reports.word_styles import TAGS

LONG_SIDE, SHORT_SIDE = 297, 210  # A4, millimetres
TWIPS_A_MILLIMETRE = 1440 / 25.4
HEADER_DISTANCE = 8  # millimetres from the edge of the paper
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def text_width(layout: Layout) -> int:
    """Width between the margins in twentieths of a point."""
    side = LONG_SIDE if layout.landscape else SHORT_SIDE
    return int((side - layout.margin_left - layout.margin_right) * TWIPS_A_MILLIMETRE)


def set_page(section: Any, report: Report) -> None:
    """Paper and margins; the number of the page at the top from the second page on.

    Every part counts its pages from 1.
    """
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.oxml.parser import parse_xml
    from docx.shared import Mm

    layout = report.layout
    across, down = (LONG_SIDE, SHORT_SIDE) if layout.landscape else (SHORT_SIDE, LONG_SIDE)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.left_margin, section.right_margin = Mm(layout.margin_left), Mm(layout.margin_right)
    section.top_margin, section.bottom_margin = Mm(layout.margin_top), Mm(layout.margin_bottom)
    section.header_distance = section.footer_distance = Mm(HEADER_DISTANCE)
    section.different_first_page_header_footer = True
    first = parse_xml(f'<w:pgNumType {_NAMESPACES} w:start="1"/>')
    section._sectPr.find(qn("w:pgMar")).addnext(first)
    _fill_header(section.header, report, "TazaPage", _PAGE)
    _fill_header(section.first_page_header, report, "TazaPage", "")


def next_part(section: Any) -> str:
    """The end of a part, with the pages of the document's own section; the next begins a page."""
    return f'<w:p><w:pPr><w:pStyle w:val="TazaGap"/>{section._sectPr.xml}</w:pPr></w:p>'


def _fill_header(header: Any, report: Report, style: str, number: str) -> None:
    """The page number in the middle; on a draft its mark at the right and across the page."""
    from docx.oxml.parser import parse_xml

    header.is_linked_to_previous = False
    first = header.paragraphs[0]._p
    marks = _watermark(report) if report.draft else ""
    first.addnext(
        parse_xml(
            f'<w:p {_NAMESPACES}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{number}{marks}</w:p>'
        )
    )
    header._element.remove(first)
    if report.draft:
        mark = header.add_paragraph(report.mark)
        mark.style = "Taza Draft"


def _watermark(report: Report) -> str:
    """The mark in large grey letters behind the text, as Word itself makes a watermark."""
    points = 520 if report.layout.landscape else 400  # of its width
    height = round(points / max(len(report.mark), 4) * 1.2)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{points}pt;height:{height}pt;"
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    letters = f"font-family:&quot;{escape(report.layout.font)}&quot;;font-size:1pt"
    tag = TAGS[report.language]
    return (
        f'<w:r><w:rPr><w:noProof/><w:lang w:val="{tag}"/></w:rPr><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom"'
        ' o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles>'
        '<v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="TazaDraft" o:spid="_x0000_s2049" type="#_x0000_t136" style="{style}"'
        f' alt={quoteattr(report.mark)} o:allowincell="f" fillcolor="#e6e6e6" stroked="f">'
        f'<v:fill opacity=".5"/><v:textpath style="{letters}" string={quoteattr(report.mark)}/>'
        "</v:shape></w:pict></w:r>"
    )

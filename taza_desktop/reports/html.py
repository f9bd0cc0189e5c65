"""The neutral report as one HTML file: for reading in a browser, without any other file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path

from taza_desktop.i18n import Language
from taza_desktop.reports.files import replacing
from taza_desktop.reports.neutral import (
    Block,
    Caption,
    Cell,
    Grid,
    Heading,
    Layout,
    Paragraph,
    Part,
    Photo,
    Picture,
    Provenance,
    Report,
    Row,
    Run,
    footnotes,
)
from taza_desktop.reports.words import word

FEW = 5  # sheets that stand beside a figure; of more it is known who they are
_CENTRED = ("title", "subtitle", "section", "centre", "letterhead")


def write(report: Report, path: Path) -> None:
    """Write the report to `path`; an existing file is replaced only when all went well.

    Raises:
        EnvironmentFault: disk full, no right to write.
    """
    with replacing(path) as unfinished:
        unfinished.write_text(page(report), encoding="utf-8")


def page(report: Report) -> str:
    """The whole file; a printed figure says which cell and which sheets it is from."""
    mark = f'<p class="mark">{escape(report.mark)}</p>' if report.draft else ""
    blocks = "".join(_Writer(report.language).blocks(report.blocks))
    return (
        f'<!DOCTYPE html>\n<html lang="{report.language}"><head><meta charset="utf-8">'
        f"<title>{escape(report.title)}</title><style>{_style_sheet(report.layout)}</style></head>"
        f"<body>{mark}{blocks}{_notes(report)}</body></html>\n"
    )


def _style_sheet(layout: Layout) -> str:
    family = ", ".join(f'"{name}"' for name in (layout.font, *layout.fallbacks))
    return "\n".join(
        (
            f"body {{ font: {layout.size}pt {family}, serif; margin: 2em auto; max-width: 70em }}",
            "p { margin: 0.2em 0 } h1, h2, caption, .header { text-align: center }",
            f"h1 {{ font-size: {layout.size}pt }} h2 {{ font-size: {layout.table_size}pt }}",
            f"table {{ border-collapse: collapse; width: 100%; font-size: {layout.table_size}pt }}",
            "table.lined { margin: 0.6em 0 } table.lined td, th { border: 1px solid #000 }",
            "td, th { padding: 2px 5px; vertical-align: top } th { vertical-align: middle }",
            "caption { font-weight: bold; text-align: left } figure { text-align: center }",
            f".{', .'.join(_CENTRED)} {{ text-align: center }} .right {{ text-align: right }}",
            ".subtitle, .section, .letterhead, .mark { font-weight: bold }",
            f".note {{ font-size: {layout.table_size}pt }}",
            f".small, .source, .notes {{ font-size: {layout.small_size}pt }}",
            ".mark { text-align: right; color: #a00 } a { color: inherit; text-decoration: none }",
            "@media print { body { max-width: none; margin: 0 } .part { break-before: page } }",
        )
    )


def _notes(report: Report) -> str:
    """The footnotes, each with the way back to where it is called."""
    lines = "".join(
        f'<p id="note{number}"><a href="#call{number}"><sup>{number}</sup></a> {_text(text)}</p>'
        for number, text in enumerate(footnotes(report), start=1)
    )
    if not lines:
        return ""
    return f'<div class="notes"><h2>{escape(word("footnotes", report.language))}</h2>{lines}</div>'


class _Writer:
    """Turns blocks into HTML and numbers the footnotes on the way."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._notes = 0

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Part():
                    self._language = block.language
                    yield f'<hr class="part" lang="{block.language}">'
                case Heading():
                    if block.shown:
                        tag = f"h{block.level}"
                        yield f'<{tag} lang="{self._language}">{_text(block.text)}</{tag}>'
                case Paragraph():
                    yield self._paragraph(block, block.style)
                case Picture():
                    yield _picture(block)
                case Grid():
                    yield self._grid(block)

    def _paragraph(self, paragraph: Paragraph, look: str) -> str:
        runs = "".join(map(self._run, paragraph.runs))
        return f'<p class="{look}" lang="{self._language}">{runs or "&nbsp;"}</p>'

    def _run(self, run: Run) -> str:
        said = _text(run.text)
        if run.bold:
            said = f"<b>{said}</b>"
        if run.italic:
            said = f"<i>{said}</i>"
        if run.figure is not None:
            said = f"<span{_origin(run.figure)}>{said}</span>"
        return said + self._call() if run.note else said

    def _call(self) -> str:
        self._notes += 1
        number = self._notes
        return f'<a id="call{number}" href="#note{number}"><sup>{number}</sup></a>'

    def _grid(self, grid: Grid) -> str:
        header = "".join(self._row(row, grid, "th") for row in grid.header)
        rows = "".join(self._row(row, grid, "td") for row in grid.rows)
        shares = sum(column.width for column in grid.columns)
        widths = "".join(
            f'<col style="width: {100 * column.width / shares:.2f}%">' for column in grid.columns
        )
        look = ' class="lined"' if grid.borders else ""
        alt = f' aria-label="{escape(grid.alt)}"' if grid.alt else ""
        return (
            f"<table{look}{alt}>{_caption(grid.caption, 'caption')}<colgroup>{widths}</colgroup>"
            f"{f'<thead>{header}</thead>' if header else ''}<tbody>{rows}</tbody></table>"
        )

    def _row(self, row: Row, grid: Grid, tag: str) -> str:
        cells: list[str] = []
        at = 0
        for cell in row:
            align = grid.columns[at].align
            side = f' style="text-align: {_SIDES[align]}"' if tag == "td" else ""
            span = f' colspan="{cell.span}"' if cell.span > 1 else ""
            cells.append(f"<{tag}{span}{side}>{self._cell(cell)}</{tag}>")
            at += cell.span
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, cell: Cell) -> str:
        return "".join(
            self._paragraph(it, "cell" if it.style == "body" else it.style)
            for it in cell.paragraphs
        )


_SIDES = {"left": "left", "centre": "center", "right": "right"}


def _origin(origin: Provenance) -> str:
    few = origin.sources if len(origin.sources) <= FEW else ()
    sheets = " ".join(f"{key.measure}/{key.territory}/{key.round}" for key in few)
    return f' data-figure="{escape(f"{origin.measure}/{origin.figure}")}" data-sheets="{sheets}"'


def _picture(picture: Picture) -> str:
    size = f"width: {picture.width:.1f}mm; max-width: 100%"
    if isinstance(picture.image, Photo):
        data = b64encode(picture.image.data).decode()
        source = f"data:{picture.image.type};base64,{data}"
        shown = f'<img style="{size}" alt="{escape(picture.alt)}" src="{source}">'
    else:
        from taza_desktop.reports.drawing_svg import svg

        drawn = svg(picture.image)
        shown = f'<div style="{size}" role="img" aria-label="{escape(picture.alt)}">{drawn}</div>'
    return f"<figure>{shown}{_caption(picture.caption, 'figcaption')}</figure>"


def _caption(caption: Caption | None, tag: str) -> str:
    return f"<{tag}>{_text(caption.text)}</{tag}>" if caption else ""


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>").replace("\t", " ")

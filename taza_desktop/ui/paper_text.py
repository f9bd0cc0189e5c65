"""Paragraphs of the report set in lines: which font, where each line breaks, what stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QImage,
    QPainter,
    QRawFont,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from taza_desktop.reports.neutral import Layout, Paragraph, Provenance, Run

POINTS = 72  # an inch
LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі№«»–"  # «₸» is taken from another font where it is missing
WIDEST = 1e6
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Look(NamedTuple):
    """How a paragraph is set; lengths in points."""

    size: float
    bold: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0


def looks(layout: Layout) -> dict[str, Look]:
    """The looks of paragraphs by their style, of headings, cells and captions by their names."""
    size, table, small = layout.size, layout.table_size, layout.small_size
    return {
        "title": Look(size, bold=True, align="centre", before=12),
        "heading": Look(table, bold=True, align="centre", before=12, after=4),
        "subtitle": Look(size, bold=True, align="centre", after=12),
        "body": Look(size),
        "right": Look(size, align="right"),
        "letterhead": Look(size, bold=True, align="centre"),
        "section": Look(table, bold=True, align="centre"),
        "centre": Look(table, align="centre"),
        "table": Look(table),
        "header": Look(table, bold=True, align="centre"),
        "note": Look(table, before=6),
        "small": Look(small),
        "source": Look(small, after=6),
        "caption": Look(table, bold=True, before=8, after=4),
        "footnote": Look(small),
    }


class Note(NamedTuple):
    """A footnote: its number and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a set paragraph; `top` and `bottom` are the empty space round it."""

    text: Text
    line: QTextLine
    height: float
    top: float
    bottom: float
    notes: tuple[Note, ...]

    @property
    def whole(self) -> float:
        """Its height with the space round it."""
        return self.top + self.height + self.bottom

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it with its upper left corner there, the space above it included."""
        self.line.draw(painter, QPointF(x, y + self.top - self.line.y()))

    def figure_at(self, x: float) -> Provenance | None:
        """The figure printed at that distance from the left edge of the paragraph."""
        if not self.line.naturalTextRect().adjusted(-1, -1, 1, 1).left() <= x:
            return None
        if x > self.line.naturalTextRect().right() + 1:
            return None
        cursor = self.line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        return self.text.figure_at(cursor[0] if isinstance(cursor, tuple) else cursor)

    def figures(self) -> Iterator[tuple[float, float, str, Provenance]]:
        """The figures that begin here: from where to where, as printed, where they are from."""
        first, behind = self.line.textStart(), self.line.textStart() + self.line.textLength()
        for start, end, told in self.text.figures:
            if first <= start < behind:
                said = self.text.layout.text()[start : min(end, behind)]
                yield self._x(start), self._x(min(end, behind)), said.strip("\u2028"), told

    def said(self) -> str:
        """What is printed on it."""
        return self.text.layout.text()[self.line.textStart() :][: self.line.textLength()]

    def _x(self, at: int) -> float:
        """How far from the left edge of the paragraph a letter begins."""
        found = self.line.cursorToX(at)  # Qt says the letter too
        return cast("float", found[0] if isinstance(found, tuple) else found)


class Text:
    """A paragraph set to a width; `figures` are its printed figures: start, end, origin."""

    def __init__(self, layout: QTextLayout, figures: list[tuple[int, int, Provenance]]) -> None:
        self.layout = layout  # its lines live as long as it does
        self.figures = figures

    def said(self) -> str:
        """All of it."""
        return self.layout.text().replace("\u2028", "\n")

    def figure_at(self, at: int) -> Provenance | None:
        """The figure that the letter at that place belongs to."""
        return next((it for start, end, it in self.figures if start <= at < end), None)


class Setter:
    """Sets the paragraphs of one report; footnotes are numbered in the order of setting."""

    def __init__(self, layout: Layout) -> None:
        self.looks = looks(layout)
        self._layout = layout
        self._notes = 0
        self._fonts: dict[tuple[float, bool, bool], QFont] = {}

    def lines(self, paragraph: Paragraph, look: Look, width: float) -> list[Line]:
        """The lines of a paragraph; one blank line when it has no text."""
        said, formats, figures, notes = self._pieces(paragraph.runs, look)
        layout = QTextLayout(said, self.font(look.size, look.bold, False), _paper())
        layout.setTextOption(_option(look.align))
        layout.setFormats(formats)
        layout.setCacheEnabled(True)
        text = Text(layout, figures)
        set_ = list(_broken(layout, width))
        return [
            Line(
                text,
                line,
                line.height(),
                look.before if number == 0 else 0,
                look.after if number == len(set_) - 1 else 0,
                _notes_of(line, notes),
            )
            for number, line in enumerate(set_)
        ]

    def note(self, note: Note, width: float) -> list[Line]:
        """The lines of a footnote at the bottom of a page."""
        paragraph = Paragraph((Run(f"{note.number}\u00a0"), Run(note.text)))
        return self.lines(paragraph, self.looks["footnote"], width)

    def font(self, size: float, bold: bool, italic: bool) -> QFont:
        """The font of the report in points of 1/72 inch."""
        known = self._fonts.get((size, bold, italic))
        if known is None:
            known = report_font(self._layout)
            known.setPointSizeF(size)
            known.setBold(bold)
            known.setItalic(italic)
            self._fonts[(size, bold, italic)] = known
        return known

    def _pieces(
        self, runs: tuple[Run, ...], look: Look
    ) -> tuple[
        str,
        list[QTextLayout.FormatRange],
        list[tuple[int, int, Provenance]],
        list[tuple[int, Note]],
    ]:
        """The text with the looks of its stretches, its figures, and its footnotes by place."""
        said = ""
        formats: list[QTextLayout.FormatRange] = []
        figures: list[tuple[int, int, Provenance]] = []
        notes: list[tuple[int, Note]] = []
        for run in runs:
            text = _clean(run.text)
            if run.figure is not None:
                figures.append((len(said), len(said) + len(text), run.figure))
            if (run.bold and not look.bold) or run.italic:
                formats.append(_range(len(said), len(text), _marked(run)))
            said += text
            if run.note:
                self._notes += 1
                notes.append((len(said), Note(self._notes, run.note)))
                number = str(self._notes)
                formats.append(_range(len(said), len(number), _raised()))
                said += number
        return said, formats, figures, notes


def report_font(layout: Layout) -> QFont:
    """The font of the report, or the first of its fallbacks that has every Kazakh letter."""
    font = QFont(_family(layout.font, *layout.fallbacks))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _broken(layout: QTextLayout, width: float) -> Iterator[QTextLine]:
    layout.beginLayout()
    y = 0.0
    lines: list[QTextLine] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height()
        lines.append(line)
    layout.endLayout()
    yield from lines


def _notes_of(line: QTextLine, notes: list[tuple[int, Note]]) -> tuple[Note, ...]:
    if not notes:
        return ()
    start, end = line.textStart(), line.textStart() + line.textLength()
    return tuple(note for place, note in notes if start <= place < end)


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _ILLEGAL.sub("", lines).replace("\n", "\u2028")


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, length, look
    return found


def _marked(run: Run) -> QTextCharFormat:
    look = QTextCharFormat()
    if run.bold:
        look.setFontWeight(QFont.Weight.Bold)
    if run.italic:
        look.setFontItalic(True)
    return look


def _raised() -> QTextCharFormat:
    look = QTextCharFormat()
    look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    return look


def _option(align: str) -> QTextOption:
    option = QTextOption(_ALIGN[align])
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setUseDesignMetrics(True)
    return option


_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


@cache
def _paper() -> QImage:
    """What fonts are measured on: 72 dots an inch, so that a dot is a point."""
    paper = QImage(1, 1, QImage.Format.Format_Mono)
    paper.setDotsPerMeterX(round(POINTS / 0.0254))
    paper.setDotsPerMeterY(round(POINTS / 0.0254))
    return paper


@cache
def _family(*wanted: str) -> str:
    """The first of the families that is installed and has every Kazakh letter, else the last."""
    installed = set(QFontDatabase.families())
    for family in wanted:
        if family in installed:
            raw = QRawFont.fromFont(QFont(family))
            if all(raw.supportsCharacter(ord(letter)) for letter in LETTERS):
                return family
    return wanted[-1]

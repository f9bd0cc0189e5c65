"""The blocks of a report on pages, one page after the other as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from taza_desktop.reports.neutral import (
    Block,
    Grid,
    Heading,
    Paragraph,
    Part,
    Picture,
    Report,
    Run,
    signs,
)
from taza_desktop.ui.paper_rows import SetRow, set_rows
from taza_desktop.ui.paper_text import Line, Look, Note, Setter

A_MILLIMETRE = 72 / 25.4
RULE = 6.0  # points above the footnotes, with the line that parts them off
NOTES_SHARE = 0.4  # of a page that footnotes of a single row may take; more go on to the next one
KEPT_SHARE = 0.5  # of a page: a row that is not higher goes to the next page in one piece
BESIDE_HEADING = 70.0  # points that must be free below a heading


@dataclass(slots=True)
class Page:
    """A page of the report: what stands where, in points from the corner of the text area.

    Attributes:
        number: within its part, from 1.
        notes: footnotes at the bottom, with the place where they begin.
    """

    number: int
    lines: list[tuple[float, float, Line]] = field(default_factory=list[tuple[float, float, Line]])
    rows: list[tuple[float, SetRow]] = field(default_factory=list[tuple[float, SetRow]])
    pictures: list[tuple[QRectF, Picture]] = field(default_factory=list[tuple[QRectF, Picture]])
    notes: list[tuple[float, Line]] = field(default_factory=list[tuple[float, Line]])


class Flow:
    """Fills pages of one size with the blocks of a report."""

    def __init__(self, report: Report, width: float, height: float) -> None:
        self._report = report
        self._width, self._height = width, height
        self._setter = Setter(report.layout)
        self._measurer = Setter(report.layout)  # counts no footnote of what is only measured
        self._page = Page(1)
        self._y = 0.0
        self._waiting: list[Note] = []  # footnotes of this page
        self._notes: dict[int, list[Line]] = {}  # as they are set, by their numbers
        self._full: list[Page] = []

    def pages(self) -> Iterator[Page]:
        """The pages, each as soon as it is full."""
        for group in _groups(self._report.blocks):
            for _step in self._place_group(group):
                yield from self._taken()
        self._end_page()
        while self._waiting:
            self._end_page()
        yield from self._taken()

    def _taken(self) -> list[Page]:
        full, self._full = self._full, []
        return full

    def _place_group(self, group: Sequence[Block]) -> Iterator[None]:
        if len(group) > 1:
            self._need(self._measured(group))
        for block in group:
            yield from self._place(block)

    def _place(self, block: Block) -> Iterator[None]:
        """Put a block on this page and the next ones; steps are taken between rows."""
        match block:
            case Part():
                if self._y or self._full:
                    self._end_page()
                self._page = Page(1)
            case Heading():
                if block.new_page and self._y:
                    self._end_page()
                if block.shown:
                    look = self._setter.looks["title" if block.level == 1 else "heading"]
                    self._need(BESIDE_HEADING)
                    self._paragraph(Paragraph((Run(block.text),)), look)
            case Paragraph():
                self._paragraph(block, self._setter.looks[block.style])
            case Picture():
                self._picture(block)
            case Grid():
                yield from self._grid(block)
        yield

    def _paragraph(self, paragraph: Paragraph, look: Look) -> None:
        for line in self._setter.lines(paragraph, look, self._width):
            self._line(line)

    def _line(self, line: Line) -> None:
        if self._y + line.whole > self._bottom(line.notes, spill=not self._y) and self._y:
            self._end_page()
        self._page.lines.append((0, self._y, line))
        self._y += line.whole
        self._waiting += line.notes

    def _caption(self, text: str, centred: bool = False) -> None:
        look = self._setter.looks["caption"]
        look = look._replace(align="centre") if centred else look
        self._paragraph(Paragraph((Run(text),)), look)

    def _picture(self, picture: Picture) -> None:
        width, height = picture.width * A_MILLIMETRE, picture.height * A_MILLIMETRE
        scale = min(1, self._width / width, (self._height - 40) / height)
        width, height = width * scale, height * scale
        self._need(height + (30 if picture.caption else 6))
        place = QRectF((self._width - width) / 2, self._y, width, height)
        self._page.pictures.append((place, picture))
        self._y += height + 4
        if picture.caption:
            self._caption(picture.caption.text, centred=True)

    def _grid(self, grid: Grid) -> Iterator[None]:
        header = list(set_rows(self._setter, grid, grid.header, self._width, header=True))
        if grid.borders:
            self._need(self._top_of(grid))
        if grid.caption:
            self._caption(grid.caption.text)
        elif grid.borders and self._y:
            self._y += 4
        self._put(*header)
        for row in set_rows(self._setter, grid, grid.rows, self._width):
            self._row(row, header)
            yield

    def _row(self, row: SetRow, header: list[SetRow]) -> None:
        """A row on this page, the next one, or cut over several."""
        left: SetRow | None = row
        while left is not None:
            if self._y + left.height <= self._bottom(left.notes):
                self._put(left)
                return
            fresh = self._y <= sum(it.height for it in header) + 1
            parts = None
            if fresh or left.height > KEPT_SHARE * self._height:
                parts = self._cut(left, fresh=fresh)
            if parts is None and fresh:
                self._put(left)  # higher than a page, and no line of it may stand alone
                return
            if parts is not None:
                self._put(parts[0])
                left = parts[1]
            self._end_page()
            self._put(*header)

    def _cut(self, row: SetRow, *, fresh: bool) -> tuple[SetRow, SetRow] | None:
        """As much of the row as fits here with its footnotes, and the rest."""
        room = self._bottom(()) - self._y
        parts = row.cut(room)
        while parts and self._y + parts[0].height > self._bottom(parts[0].notes, spill=fresh):
            room -= 12
            parts = row.cut(room)
        return parts

    def _put(self, *rows: SetRow) -> None:
        for row in rows:
            self._page.rows.append((self._y, row))
            self._y += row.height
            self._waiting += row.notes

    def _free(self) -> float:
        return self._bottom(()) - self._y

    def _need(self, height: float) -> None:
        """Go to the next page unless so much is free here; a page of its own is all there is."""
        if self._y and self._free() < min(height, self._height * 0.9):
            self._end_page()

    def _bottom(self, more: Iterable[Note], *, spill: bool = False) -> float:
        """Where the text must end when these footnotes join those of the page.

        With `spill` those that are too many may go on to the next page.
        """
        notes = (*self._waiting, *more)
        if not notes:
            return self._height
        height = RULE + sum(line.whole for note in notes for line in self._note(note))
        return self._height - (min(height, NOTES_SHARE * self._height) if spill else height)

    def _note(self, note: Note) -> list[Line]:
        if note.number not in self._notes:
            self._notes[note.number] = self._setter.note(note, self._width)
        return self._notes[note.number]

    def _end_page(self) -> None:
        """Set the footnotes that fit; the others go on to the next page."""
        y = max(self._bottom(()), self._y) + RULE
        while self._waiting:
            lines = self._note(self._waiting[0])
            if y + sum(line.whole for line in lines) > self._height + 1 and self._page.notes:
                break
            for line in lines:
                self._page.notes.append((y, line))
                y += line.whole
            self._waiting.pop(0)
        self._full.append(self._page)
        self._page = Page(self._page.number + 1)
        self._y = 0.0

    def _measured(self, group: Sequence[Block]) -> float:
        """How high blocks are that keep together; of a table only its first rows count."""
        height = 0.0
        for block in group:
            if isinstance(block, Paragraph):
                look = self._setter.looks[block.style]
                height += sum(it.whole for it in self._measurer.lines(block, look, self._width))
            elif isinstance(block, Grid) and not block.borders:
                rows = set_rows(self._measurer, block, block.rows, self._width)
                height += sum(row.height for row in rows)
            elif isinstance(block, Grid):
                height += self._top_of(block)
            elif isinstance(block, Picture):
                height += block.height * A_MILLIMETRE + BESIDE_HEADING / 2
            else:
                height += BESIDE_HEADING / 2
        return height

    def _top_of(self, grid: Grid) -> float:
        """Height of the caption, the header and the first row of a table, if that is short."""
        header = set_rows(self._setter, grid, grid.header, self._width, header=True)
        height = sum(row.height for row in header) + (BESIDE_HEADING / 2 if grid.caption else 4)
        first = next(set_rows(self._measurer, grid, grid.rows[:1], self._width), None)
        return height + min(first.height if first else 0, KEPT_SHARE * self._height)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that keep together: headings with what they head, a signature with the line before."""
    group: list[Block] = []
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        group.append(block)
        if not _sticks(block, following):
            yield group
            group = []
    if group:
        yield group


def _sticks(block: Block, following: Block | None) -> bool:
    if isinstance(block, Heading):
        return following is not None and not isinstance(following, Part)
    if isinstance(block, Paragraph):
        return signs(block) or signs(following)
    return isinstance(block, Grid) and not block.borders and signs(following)

"""The neutral report: what is printed and where each figure is from; data only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from taza_desktop.i18n import Language
from taza_desktop.plan.sheet import SheetKey, Value
from taza_desktop.reports.data_table import Annex
from taza_desktop.reports.drawing import Drawing

Style = Literal[
    "body", "title", "subtitle", "section", "right", "centre", "note", "small", "letterhead",
    "source",
]  # fmt: skip
"""Role of a paragraph; `section` heads a direction inside a grid, `note` follows the text,
`source` says in small type what the figures are taken from."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a printed figure is from: the sheets that were added up to its value.

    `figure` is the address of a cell (`planted`, `winners/<entry>/prize`), `winners.count` or
    `winners.prize` for a whole column. `stated` is what an office puts beside the computed value.
    """

    measure: int
    figure: str
    value: Value
    sources: tuple[SheetKey, ...]
    stated: Value = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; with `figure` it leads back to the sheets of a figure.

    `note` is the text of a footnote whose number stands behind the run.
    """

    text: str
    bold: bool = False
    italic: bool = False
    figure: Provenance | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of text."""

    runs: tuple[Run, ...]
    style: Style = "body"

    @property
    def text(self) -> str:
        """The text without its styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that readers can jump to; 1 is the title of the report.

    One that is not `shown` is only a place to jump to: the text stands in the table below it.
    """

    text: str
    level: int = 1
    shown: bool = True
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A new page; what follows is in this language."""

    language: Language


@dataclass(frozen=True, slots=True)
class Caption:
    """«1-кесте. Көшеттер», «Рисунок 2. …»: the words round the number."""

    kind: Literal["table", "picture"]
    before: str
    number: int
    after: str

    @property
    def text(self) -> str:
        """The caption as it is read."""
        return f"{self.before}{self.number}{self.after}"


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as it was taken: the bytes of a JPEG or PNG file."""

    data: bytes
    type: Literal["image/jpeg", "image/png"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing or a photo in millimetres; `alt` says the same in words to those who see none."""

    image: Drawing | Photo
    width: float
    height: float
    alt: str
    caption: Caption | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid; `span` counts the columns that it covers."""

    paragraphs: tuple[Paragraph, ...]
    span: int = 1

    @property
    def text(self) -> str:
        """The text of its paragraphs, one a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid: its share of the page's width and how its text is set."""

    width: float
    align: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its header rows printed again on every page; without borders it only aligns text.

    `alt` says in words what the table holds.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: tuple[Row, ...] = ()
    borders: bool = True
    alt: str = ""
    caption: Caption | None = None


Block = Heading | Paragraph | Grid | Picture | Part


@dataclass(frozen=True, slots=True)
class Layout:
    """How the pages look; lengths in millimetres, sizes in points."""

    font: str
    fallbacks: tuple[str, ...]
    size: float
    table_size: float
    small_size: float
    landscape: bool
    margin_left: float
    margin_right: float
    margin_top: float
    margin_bottom: float


@dataclass(frozen=True, slots=True)
class Report:
    """One report of one territory for one round in one language.

    Attributes:
        territory: KATO code; round: code of the round.
        draft: something is missing or in conflict; `mark` is then printed on every page.
        notes: why it is a draft, one sentence each; they also stand among the blocks.
        annexes: figures by territory, for the spreadsheet.
        data_hash: hex SHA-256 of all the figures that the report is made from.
    """

    title: str
    language: Language
    territory: str
    round: str
    draft: bool
    mark: str
    notes: tuple[str, ...]
    blocks: tuple[Block, ...]
    layout: Layout
    author: str = ""
    annexes: tuple[Annex, ...] = ()
    data_hash: str = ""


def parts(report: Report) -> list[tuple[Language, tuple[Block, ...]]]:
    """The languages of a report, each with its blocks."""
    found: list[tuple[Language, list[Block]]] = [(report.language, [])]
    for block in report.blocks:
        if isinstance(block, Part):
            found.append((block.language, []))
        else:
            found[-1][1].append(block)
    return [(lang, tuple(blocks)) for lang, blocks in found if blocks]


def plain(
    text: str, style: Style = "body", *, bold: bool = False, italic: bool = False
) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(text, bold, italic),), style)


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph in the order of print, those of tables row by row."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Grid):
            for row in (*block.header, *block.rows):
                for cell in row:
                    yield from cell.paragraphs


def figures(report: Report) -> list[Provenance]:
    """All printed figures in the order of print."""
    runs = (run for paragraph in paragraphs(report.blocks) for run in paragraph.runs)
    return [run.figure for run in runs if run.figure is not None]


def footnotes(report: Report) -> list[str]:
    """The footnotes in the order of their numbers, which begin with 1."""
    return notes_of(report.blocks)


def notes_of(blocks: tuple[Block, ...]) -> list[str]:
    """The footnotes of some of its blocks."""
    return [run.note for it in paragraphs(blocks) for run in it.runs if run.note]


def signs(block: Block | None) -> bool:
    """Whether a signature begins with the block; what stands before it stays on its page."""
    return isinstance(block, Paragraph) and block.style == "body" and not block.text

"""The board as an Excel workbook: the matrix, a list to filter, what the letters mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from taza_desktop.i18n import _, gettext, language
from taza_desktop.reports.board import Board
from taza_desktop.reports.completeness_columns import COLUMNS, STATE, Column, Seen, Sort
from taza_desktop.reports.excel_sheet import DAY, Look, Sheet, Value
from taza_desktop.reports.files import replacing
from taza_desktop.reports.states import STATES

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.completeness import SheetStatus
    from taza_desktop.register.model import Office

FONT = "Calibri"
NAME, CODE, NUMBER, CELL, TITLE = 30, 12, 12, 5.5, 100  # widths in letters
LATE, QUESTION = "!", "?"  # stand after the letter of a state
PALE_RED = "F8CBC6"  # behind what is late, whatever its state

# Light enough for black letters, and apart in grey.
_FILLS = {
    "not_started": "EDEDED", "draft": "FFF2CC", "ready": "DDEBF7", "sent": "BDD7EE",
    "received": "C6E0B4", "returned": "FFD966", "answered": "9BC2E6", "changed": "F4B084",
    "accepted": "70AD47",
}  # fmt: skip
_HEAD = Look(bold=True, boxed=True, wrap=True)
_PLAIN = Look(boxed=True)
_TEXT = Look(boxed=True, wrap=True)
_COUNT = Look(boxed=True, centre=True)
_LOOKS: dict[Sort, Look] = {
    "text": _PLAIN, "count": _COUNT, "day": Look(boxed=True, format=DAY),
}  # fmt: skip


def write_board(board: Board, plan: Plan, office: Office, path: Path) -> None:
    """Write it in the language in force; an existing file is replaced only when all went well.

    Raises:
        EnvironmentFault: disk full, no right to write, file open in Excel.
    """
    from openpyxl import Workbook

    with replacing(path) as unfinished:
        book: Any = Workbook(write_only=True)
        place = plan.territories[office.territory].name
        title = _("Board: {territory}, {round}").format(territory=place, round=_round(board))
        book.properties.title, book.properties.creator = title, office.name
        _matrix(book, board, title)
        _list(book, board, plan)
        _legend(book, board, plan)
        book.save(str(unfinished))


def _matrix(book: Any, board: Board, title: str) -> None:
    """Territories down, measures across; who is late comes first."""
    widths = [NAME, CODE, NUMBER, NUMBER, *[CELL] * len(board.measures)]
    sheet = Sheet(book, _("Matrix"), font=FONT, mark=_as_of(board), widths=widths)
    sheet.freeze("E4", "3:3")
    sheet.line(title, bold=True)
    sheet.line(f"{_as_of(board)}. {LATE} – {_('late')}, {QUESTION} – {_('with open questions')}")
    head = (_("Territory"), _("KATO"), _("Missing"), _("Late"), *board.measures)
    sheet.styled([(value, _HEAD._replace(centre=isinstance(value, int))) for value in head])
    for row in board.rows:
        start: list[tuple[Value, Look]] = [
            (row.title(), _PLAIN), (row.territory.kato, _PLAIN),
            (row.owed, _COUNT), (row.late, _COUNT),
        ]  # fmt: skip
        sheet.styled([*start, *(_crossing(row.sheets.get(it), board) for it in board.measures)])
    sheet.print_area(3 + len(board.rows), len(widths))


def _crossing(sheet: SheetStatus | None, board: Board) -> tuple[Value, Look]:
    """The letter of a sheet on its colour; nothing where none is asked for."""
    if sheet is None:
        return None, _PLAIN
    question = sheet.problems or sheet.conflicts
    text = STATES[sheet.state].letter + LATE * sheet.overdue + (QUESTION if question else "")
    fill = PALE_RED if sheet.overdue else _FILLS[sheet.state]
    return text, Look(boxed=True, centre=True, bold=sheet.overdue, fill=fill)


def _list(book: Any, board: Board, plan: Plan) -> None:
    """A line for each sheet, with filters."""
    widths = [column.width for column in COLUMNS]
    sheet = Sheet(book, _("List"), font=FONT, mark=_as_of(board), widths=widths)
    sheet.freeze("D2", "1:1")
    sheets = board.sheets()
    sheet.filter(1, 1 + len(sheets), len(COLUMNS))
    sheet.styled([(gettext(column.title), _HEAD) for column in COLUMNS])
    for row in board.rows:
        for each in row.sheets.values():
            seen = Seen(row, each, board, plan)
            looks = (_look(column, each) for column in COLUMNS)
            values = (column.value(seen) for column in COLUMNS)
            sheet.styled(list(zip(values, looks, strict=True)))


def _look(column: Column, sheet: SheetStatus) -> Look:
    """Days as days; the state on its colour, as in the matrix."""
    if column.title == STATE:
        return Look(boxed=True, fill=_FILLS[sheet.state])
    return _LOOKS[column.sort]


def _legend(book: Any, board: Board, plan: Plan) -> None:
    """The letters with their colours, the measures with their titles."""
    sheet = Sheet(book, _("Legend"), font=FONT, mark="", widths=[NUMBER, TITLE])
    for state, words in STATES.items():
        look = Look(boxed=True, centre=True, fill=_FILLS[state])
        sheet.styled([(words.letter, look), (words.name, _PLAIN)])
    late = Look(boxed=True, centre=True, bold=True, fill=PALE_RED)
    sheet.styled([(LATE, late), (_("late"), _PLAIN)])
    sheet.styled([(QUESTION, _COUNT), (_("with open questions"), _PLAIN)])
    sheet.line()
    for measure in board.measures:
        sheet.styled([(measure, _COUNT), (str(plan.measures[measure].title), _TEXT)])


def _round(board: Board) -> str:
    from taza_desktop.plan.rounds import Round

    return Round.parse(board.round).name(language())


def _as_of(board: Board) -> str:
    return _("As of {day}").format(day=board.on.strftime("%d.%m.%Y"))

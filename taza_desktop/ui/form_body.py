"""The cells of a form: cards by section, tables as grids, the sentence of the report at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from taza_desktop.i18n import N_, gettext, language
from taza_desktop.ui.figure_cell import WIDE, FigureCell
from taza_desktop.ui.icons import icon
from taza_desktop.ui.sentence_panel import SentencePanel
from taza_desktop.ui.table_model import TableModel
from taza_desktop.ui.table_view import TableView, Totals
from taza_desktop.ui.widgets import STEP, button, card, column, label, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame, QLabel

    from taza_desktop.i18n import Text
    from taza_desktop.plan.form import Figure, Table
    from taza_desktop.ui.cell_actions import CellActions
    from taza_desktop.ui.draft import Draft

_TWO_COLUMNS = 80  # letters in a line, from which two figures stand beside each other


class FormBody(QWidget):
    """Everything of a form that is filled in.

    Signals:
        deleted: (table view, entry, row): a row was taken out.
    """

    deleted = Signal(object, object, int)

    def __init__(self, draft: Draft, actions: CellActions) -> None:
        super().__init__()
        self._draft = draft
        self._actions = actions
        self.cells: dict[str, FigureCell] = {}
        self.tables: dict[str, TableView] = {}
        self._grids: list[tuple[QGridLayout, list[FigureCell]]] = []
        self._columns = 0
        self._writing: list[QPushButton] = []
        self._texts: list[tuple[QLabel | QPushButton, Text | str]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 6 * STEP)
        self._layout.setSpacing(4 * STEP)
        self._build()
        self._sentences = SentencePanel(draft)
        self._layout.addWidget(card(column(self._sentences, margin=5)))
        self._layout.addStretch(1)
        self.retranslate()
        for signal in (
            draft.reviewed, draft.mistyped_changed, draft.loaded, draft.judging.changed,
        ):  # fmt: skip
            signal.connect(self._refresh)
        draft.cell_changed.connect(self._refresh_one)

    def go(self, cell: str) -> bool:
        """Put the cursor into a cell, a table or a row; False when there is no such place."""
        table = self.tables.get(cell.partition("/")[0])
        if table is not None:
            table.go(cell)
        elif cell in self.cells:
            self.cells[cell].focus()
        else:
            return False
        return True

    def go_first(self) -> None:
        """Put the cursor into the first cell that can be filled in."""
        for name, cell in self.cells.items():
            if not cell.figure.computed:
                self.go(name)
                return
        for name in self.tables:
            self.go(name)
            return

    def current(self) -> str:
        """The address of the cell that the cursor is in; empty when it is in none."""
        widget: QObject | None = self.window().focusWidget()
        while widget is not None and widget is not self:
            if isinstance(widget, FigureCell):
                return widget.figure.name
            if isinstance(widget, TableView):
                return widget.cell()
            widget = widget.parent()
        return ""

    def commit(self) -> None:
        """Keep what is being typed."""
        for cell in self.cells.values():
            cell.editor.commit()
        for table in self.tables.values():
            table.commit()
        self._sentences.commit()

    def retranslate(self) -> None:
        """Set every text anew."""
        for part, text in self._texts:
            part.setText(gettext(text) if isinstance(text, str) else text.to(language()))
        for cell in self.cells.values():
            cell.retranslate()
        for table in self.tables.values():
            table.retranslate()
        self._sentences.refresh()
        self._level()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two figures beside each other where there is room, their fields at the same height."""
        super().resizeEvent(event)
        letter = self.fontMetrics().averageCharWidth()
        columns = 2 if self.width() >= _TWO_COLUMNS * letter else 1
        if columns != self._columns:
            self._columns = columns
            self._flow()
        self._level()

    def _flow(self) -> None:
        """Place the figures in as many columns as fit."""
        for grid, cells in self._grids:
            figures = [cell.figure for cell in cells]
            for cell, place in zip(cells, _places(figures, self._columns), strict=True):
                grid.removeWidget(cell)
                grid.addWidget(cell, *place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(1, self._columns - 1)

    def _level(self) -> None:
        for grid, cells in self._grids:
            rows: dict[int, list[FigureCell]] = {}
            for cell in cells:
                at = cast("tuple[int, int, int, int]", grid.getItemPosition(grid.indexOf(cell)))
                rows.setdefault(at[0], []).append(cell)
            for beside in rows.values():
                height = max(cell.label_height() for cell in beside)
                for cell in beside:
                    cell.set_label_height(height)

    def _build(self) -> None:
        form = self._draft.form
        sections = [(None, None), *((each.name, each.label) for each in form.sections)]
        for name, heading in sections:
            figures = [figure for figure in form.figures if figure.section == name]
            if figures:
                self._layout.addWidget(self._figures(heading, figures))
            for table in form.tables:
                if table.section == name:
                    self._layout.addWidget(self._table(table))

    def _figures(self, heading: Text | None, figures: list[Figure]) -> QFrame:
        """A card with the figures of a section, two beside each other where they fit."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(8 * STEP)
        grid.setVerticalSpacing(5 * STEP)
        grid.setColumnStretch(0, 1)
        cells = [self._cell(figure) for figure in figures]
        for line, cell in enumerate(cells):
            grid.addWidget(cell, line, 0)
        self._grids.append((grid, cells))
        parts = [self._text(heading, "heading"), grid] if heading else [grid]
        return card(column(*parts, gap=4, margin=5))

    def _cell(self, figure: Figure) -> FigureCell:
        cell = FigureCell(figure, self._draft, self._actions)
        cell.forward.connect(self._forward)
        self.cells[figure.name] = cell
        return cell

    def _table(self, table: Table) -> QFrame:
        model = TableModel(table, self._draft)
        view = TableView(model, self._actions)
        view.deleted.connect(lambda entry, at: self.deleted.emit(view, entry, at))
        self.tables[table.name] = view
        buttons = [
            self._button(N_("Paste from Excel"), "copy", view.paste_here),
            self._button(N_("Delete the row"), "delete", view.delete_rows),
        ]
        self._writing += buttons
        head = row(self._text(table.label, "heading"), *buttons)
        head.setStretch(0, 1)
        parts = [head, view, Totals(view, model)]
        if table.hint:
            parts.insert(1, self._text(table.hint, "small"))
        return card(column(*parts, gap=2, margin=5))

    def _text(self, text: Text, role: str) -> QLabel:
        made = label(role=role, wrap=True)
        self._texts.append((made, text))
        return made

    def _button(self, text: str, drawing: str, slot: object) -> QPushButton:
        made = button(role="quiet")
        made.setIcon(icon(drawing, "muted"))
        made.clicked.connect(slot)
        self._texts.append((made, text))
        return made

    def _forward(self) -> None:
        self.focusNextChild()

    def _refresh_one(self, changed: str) -> None:
        """Show a cell anew, and the facts that stand beside it as their plan."""
        name = changed.partition(":")[2] or changed
        for cell in self.cells.values():
            if name in (cell.figure.name, cell.figure.of):
                cell.refresh()

    def _refresh(self) -> None:
        for cell in self.cells.values():
            cell.refresh()
        for each in self._writing:
            each.setVisible(not self._draft.read_only)


def _places(figures: list[Figure], columns: int) -> Iterator[tuple[int, int, int, int]]:
    """Where each figure stands in a grid of one or two columns: row, column, rows, columns."""
    line, at = 0, 0
    for figure in figures:
        if figure.kind in WIDE or columns == 1:
            line, at = line + (at > 0), 0
            yield line, 0, 1, 2
            line += 1
        else:
            yield line, at, 1, 1
            line, at = (line + 1, 0) if at else (line, 1)

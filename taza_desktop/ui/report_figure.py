"""What is behind a printed figure: sheets, what their cells held, who said so, which packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QHeaderView, QTreeView, QWidget

from taza_desktop.i18n import N_, _, gettext, language
from taza_desktop.ui.history_dialog import verified
from taza_desktop.ui.widgets import button, column, describe, label, row
from taza_desktop.ui.wording import moment

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.plan.form import Figure, Form
    from taza_desktop.plan.sheet import Value
    from taza_desktop.plan.territories import Territories
    from taza_desktop.register.past import Change
    from taza_desktop.register.register import Register
    from taza_desktop.reports.neutral import Provenance
    from taza_desktop.reports.why import Behind, Said, Why
    from taza_desktop.ui.page import Context

WIDTH, HEIGHT = 980, 520
COLUMNS = (N_("Sheet, cell"), N_("Value"), N_("Who"), N_("When"), N_("Package"), N_("Verified"))
VERDICTS = {"accepted": N_("accepted by {name}"), "returned": N_("sent back by {name}")}
_PLACE = Qt.ItemDataRole.UserRole  # of a line: (key of its sheet, address of its cell)
_OPENED = 6  # sheets: so few are shown with their cells at once


class FigureDialog(QDialog):
    """The figure as it was computed, and below it a tree: sheets, their cells, what stood there.

    Signals:
        wanted: (key of a sheet, address of a cell) that is to be opened.
    """

    wanted = Signal(object, str)

    def __init__(self, found: Why, form: Form, places: Territories, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What is behind the figure"))
        self.resize(WIDTH, HEIGHT)
        heading = f"{found.measure}. {_name(found)}: {shown(found.figure, found.value)}"
        self._tree = QTreeView()
        self._tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        describe(self._tree, _("Sheets behind the figure"))
        self._tree.setModel(_model(found, form, places, self))
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        if len(found.behind) <= _OPENED:
            self._tree.expandAll()
        for section, wide in enumerate((300, 110, 170, 130, 90)):
            self._tree.setColumnWidth(section, wide)
        self._open, close = button(_("Open the sheet"), "primary"), button(_("Close"))
        self._tree.selectionModel().currentChanged.connect(self._chosen)
        self._tree.doubleClicked.connect(self._go)
        self._open.clicked.connect(self._go)
        close.clicked.connect(self.reject)
        lines = [label(text, "muted", wrap=True) for text in _beside(found, places)]
        tail = row(0, self._open, close, gap=2)
        self.setLayout(
            column(label(heading, "heading", wrap=True), *lines, self._tree, tail, gap=3, margin=5)
        )
        self._tree.setCurrentIndex(self._tree.model().index(0, 0))
        self._chosen()

    def _chosen(self) -> None:
        self._open.setEnabled(self._tree.currentIndex().isValid())

    def _go(self) -> None:
        place = self._tree.currentIndex().siblingAtColumn(0).data(_PLACE)
        if place is not None:
            self.accept()
            self.wanted.emit(*place)


def show_figure(
    parent: QWidget,
    context: Context,
    printed: Provenance,
    refused: Callable[[Refusal], None],
) -> None:
    """Look up in the worker what is behind a printed figure, and show it."""
    plan = context.plan

    def job(register: Register) -> Why:
        from taza_desktop.reports.why import at_origin

        return at_origin(register, plan, printed)

    def show(found: Why) -> None:
        dialog = FigureDialog(found, plan.form(found.measure), plan.territories, parent)
        dialog.wanted.connect(context.open_sheet)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    context.worker.run(job, show, refused, owner=parent)


def shown(figure: Figure | None, value: Value) -> str:
    """A value as a cell shows it; a number of entries as it is."""
    from taza_desktop.plan.kinds import show

    if value is None:
        return "–"
    return show(figure, value, language()) if figure else str(value)


def _name(found: Why) -> str:
    return found.figure.label.to(language()) if found.figure else _("Number of entries")


def _beside(found: Why, places: Territories) -> Iterator[str]:
    """What offices state instead, and who is left out."""
    for it in found.overrides:
        office = str(places[it.sheet.territory].name)
        yield _("{office} states {value}: {reason}").format(
            office=office, value=shown(found.figure, it.value), reason=it.remark
        )
    if found.left_out:
        names = ", ".join(str(places[it.sheet.territory].name) for it in found.left_out)
        yield _("Not counted, as an office above stands for them: {names}").format(names=names)


def _model(found: Why, form: Form, places: Territories, parent: QWidget) -> QStandardItemModel:
    model = QStandardItemModel(0, len(COLUMNS), parent)
    model.setHorizontalHeaderLabels([gettext(name) for name in COLUMNS])
    for behind in found.behind:
        model.appendRow(_sheet(found, form, places, behind))
    return model


def _sheet(found: Why, form: Form, places: Territories, behind: Behind) -> list[QStandardItem]:
    """A sheet with its cells below it."""
    said = behind.verdict
    judged = gettext(VERDICTS[said.verdict]).format(name=said.by) if said.verdict else ""
    name = str(places[behind.sheet.territory].name)
    first = found.address.partition("/")[0].partition(".")[0]
    items = _items(name, shown(found.figure, behind.value), "", "", "", judged)
    items[0].setData((behind.sheet, first), _PLACE)
    for cell in behind.cells:
        items[0].appendRow(_cell(form, behind, cell))
    return items


def _cell(form: Form, behind: Behind, said: Said) -> list[QStandardItem]:
    """A cell with what it held before below it; the latest value in its own line."""
    figure = _figure(form, said)
    place = (behind.sheet, said.cell)
    latest = _of_change(said.past[0]) if said.past else ("", "", "", "")
    name = figure.label.to(language())
    items = _items(name, shown(figure, said.value), *latest)
    items[0].setData(place, _PLACE)
    for change in said.past[1:]:
        before = _items("", shown(figure, change.value), *_of_change(change))
        before[0].setData(place, _PLACE)
        items[0].appendRow(before)
    return items


def _of_change(change: Change) -> tuple[str, str, str, str]:
    package = change.package[:8] or _("entered here")
    return change.author, moment(change.made), package, verified(change)


def _figure(form: Form, said: Said) -> Figure:
    """The figure or the column of a cell."""
    if not said.entry:
        return form.figure(said.cell)
    return next(it for table in form.tables for it in table.columns if it.name == said.cell)


def _items(*texts: str) -> list[QStandardItem]:
    made = [QStandardItem(text) for text in texts]
    for item, text in zip(made, texts, strict=True):
        item.setToolTip(text)
    return made

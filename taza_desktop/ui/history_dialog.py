"""The history of a cell: what stood there, who wrote it, when, and which package brought it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from taza_desktop.i18n import N_, _, gettext, language
from taza_desktop.plan.kinds import show
from taza_desktop.ui.generated.ui_history import Ui_HistoryDialog
from taza_desktop.ui.widgets import tip
from taza_desktop.ui.wording import moment

if TYPE_CHECKING:
    from taza_desktop.plan.form import Figure
    from taza_desktop.plan.territories import Territories
    from taza_desktop.register.reading import Change

_COLUMNS = (N_("When"), N_("Value"), N_("Who"), N_("Office"), N_("Package"), N_("Verified"))
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """The changes of one cell, the latest first."""

    def __init__(self, changes: list[Change], figure: Figure, territories: Territories) -> None:
        super().__init__()
        self._rows = [_texts(change, figure, territories) for change in changes]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """One row a change."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """When, value, who, office, package, how far that is sure."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The texts; the whole of a long one as a tool tip."""
        text = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        return text if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return gettext(_COLUMNS[section])
        return None


class HistoryDialog(QDialog):
    """Shows the changes of one cell."""

    def __init__(
        self, changes: list[Change], figure: Figure, territories: Territories, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_HistoryDialog()
        self.ui.setupUi(self)
        self.setWindowTitle(_("History of a cell"))
        self.ui.about.setText(figure.label.to(language()))
        model = HistoryModel(changes, figure, territories)
        model.setParent(self)
        self.ui.changes.setModel(model)
        self.ui.changes.verticalHeader().hide()
        self.ui.changes.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.ui.changes.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for section in (0, 2, 3, 4, 5):
            self.ui.changes.resizeColumnToContents(section)
        self.ui.changes.setVisible(bool(changes))
        self.ui.nothing.setVisible(not changes)


def _texts(change: Change, figure: Figure, territories: Territories) -> tuple[str, ...]:
    office = territories.get(change.office)
    return (
        moment(change.made),
        show(figure, change.value, language()) or _("(emptied)"),
        change.author,
        office.name.to(language()) if office else change.office,
        change.package[:8] or _("entered here"),
        verified(change),
    )


def verified(change: Change) -> str:
    """Who stands for the value: a signature that was checked here, or the word of another."""
    if not change.counts:
        return _("does not count")
    if change.verified == "own":
        return ""
    if change.verified == "told":
        return _("told by package {number}").format(number=change.told_by[:8])
    return _("signed by {name}").format(name=change.signer)

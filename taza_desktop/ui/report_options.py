"""What is to be reported: the language, and the whole plan or chosen measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QListView, QPushButton, QWidget

from taza_desktop.i18n import NAMES, Language, _
from taza_desktop.ui.widgets import button, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
CHECKED = Qt.CheckState.Checked
LOWEST = 240  # of the list of measures
REPORT_LANGUAGES: tuple[Language, ...] = ("kk", "ru")


class MeasureChoice(QAbstractListModel):
    """The measures of the plan, each with a tick."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._numbers: list[int] = []
        self._ticked: set[int] = set()

    def show(self, plan: Plan) -> None:
        """Offer the measures of a plan; ticks stay where they were."""
        if plan is not self._plan:
            self.beginResetModel()
            self._plan, self._numbers = plan, sorted(plan.measures)
            self._ticked &= set(self._numbers)
            self.endResetModel()

    def ticked(self) -> tuple[int, ...]:
        """The numbers of the ticked measures."""
        return tuple(sorted(self._ticked))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many measures there are."""
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Number and title in the language of the window."""
        number = self._numbers[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and self._plan:
            return f"{number}. {self._plan.measures[number].title}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return CHECKED if number in self._ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a measure or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        number = self._numbers[index.row()]
        if Qt.CheckState(value) == CHECKED:
            self._ticked.add(number)
        else:
            self._ticked.discard(number)
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable


class ReportOptions(QWidget):
    """The choices at the left of the report.

    Signals:
        changed: something else is to be reported now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language_label = label(role="caption")
        self._languages = _segments([NAMES[language] for language in REPORT_LANGUAGES])
        self._scope_label = label(role="caption")
        self._scope = _segments(["", ""])
        self._measures = MeasureChoice(self)
        self._list = QListView()
        self._list.setModel(self._measures)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._list.setUniformItemSizes(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(LOWEST)
        self._list.hide()
        self.setLayout(
            column(
                self._language_label,
                row(*self._languages.buttons(), gap=1),
                2,
                self._scope_label,
                column(*self._scope.buttons(), gap=1),
                self._list,
            )
        )
        self._languages.idClicked.connect(self.changed)
        self._scope.idClicked.connect(self._scope_chosen)
        self._measures.dataChanged.connect(self.changed)
        self.retranslate()

    def show_plan(self, plan: Plan, language: Language) -> None:
        """Offer a plan's measures, and at first the language of the window."""
        if not self._measures.rowCount() and language in REPORT_LANGUAGES:
            self._languages.button(REPORT_LANGUAGES.index(language)).setChecked(True)
        self._measures.show(plan)

    def language(self) -> Language:
        """The language of the report."""
        return REPORT_LANGUAGES[self._languages.checkedId()]

    def measures(self) -> tuple[int, ...] | None:
        """The chosen measures; None for the whole plan."""
        return self._measures.ticked() or None if self._scope.checkedId() else None

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._language_label.setText(_("Language of the report"))
        self._scope_label.setText(_("Content"))
        whole, chosen = self._scope.buttons()
        whole.setText(_("Whole plan"))
        chosen.setText(_("Chosen measures"))
        describe(self._list, _("Measures in the report"))

    def _scope_chosen(self, chosen: int) -> None:
        self._list.setVisible(bool(chosen))
        self.changed.emit()


def _segments(texts: list[str]) -> QButtonGroup:
    """Buttons of which exactly one is pressed in; the first at the beginning."""
    group = QButtonGroup()
    for place, text in enumerate(texts):
        one: QPushButton = button(text, "segment")
        one.setCheckable(True)
        one.setChecked(place == 0)
        group.addButton(one, place)
    return group

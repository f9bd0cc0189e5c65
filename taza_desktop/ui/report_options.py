"""What is to be reported: the languages, the measures, and what stands behind the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QListView,
    QPushButton,
    QWidget,
)

from taza_desktop.i18n import N_, NAMES, Language, _
from taza_desktop.ui.report_measures import MeasureChoice
from taza_desktop.ui.widgets import button, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.reports.options import Options

LOWEST = 240  # of the list of measures
REPORT_LANGUAGES: tuple[tuple[Language, ...], ...] = (("kk",), ("ru",), ("kk", "ru"))
PARTS = {  # by their names in `reports.options.Options`
    "figures": N_("Figures by territory"),
    "entries": N_("Lists of entries"),
    "pictures": N_("Charts and maps"),
    "compare": N_("Comparisons"),
    "photos": N_("Photos"),
    "packages": N_("List of packages"),
}
USUAL = ("packages",)


class ReportOptions(QWidget):
    """The choices at the left of the report.

    Signals:
        changed: something else is to be reported now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language_label = label(role="caption")
        self._languages = _segments([NAMES["kk"], NAMES["ru"], ""])
        self._scope_label = label(role="caption")
        self._scope = _segments(["", ""])
        self._parts_label = label(role="caption")
        self._parts = {name: QCheckBox() for name in PARTS}
        for name in USUAL:
            self._parts[name].setChecked(True)
        self._measures = MeasureChoice(self)
        self._list = _measure_list(self._measures)
        self._lay_out()
        self._languages.idClicked.connect(self.changed)
        self._scope.idClicked.connect(self._scope_chosen)
        self._measures.dataChanged.connect(self.changed)
        for part in self._parts.values():
            part.toggled.connect(self._ticked)
        self.retranslate()

    def show_plan(self, plan: Plan, language: Language) -> None:
        """Offer a plan's measures, and at first the language of the window."""
        if not self._measures.rowCount() and (language,) in REPORT_LANGUAGES:
            self._languages.button(REPORT_LANGUAGES.index((language,))).setChecked(True)
        self._measures.show(plan)

    def languages(self) -> tuple[Language, ...]:
        """The languages of the report, in their order."""
        return REPORT_LANGUAGES[self._languages.checkedId()]

    def measures(self) -> tuple[int, ...] | None:
        """The chosen measures; None for the whole plan."""
        return self._measures.ticked() or None if self._scope.checkedId() else None

    def parts(self) -> Options:
        """What is to stand behind the signature."""
        from taza_desktop.reports.options import chosen

        return chosen(tuple(name for name, part in self._parts.items() if part.isChecked()))

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._language_label.setText(_("Language of the report"))
        self._languages.button(2).setText(_("Both"))
        self._scope_label.setText(_("Content"))
        whole, chosen = self._scope.buttons()
        whole.setText(_("Whole plan"))
        chosen.setText(_("Chosen measures"))
        describe(self._list, _("Measures in the report"))
        self._parts_label.setText(_("Annexes"))
        for name, part in self._parts.items():
            part.setText(_(PARTS[name]))

    def _lay_out(self) -> None:
        self.setLayout(
            column(
                self._language_label,
                row(*self._languages.buttons(), gap=1),
                2,
                self._scope_label,
                column(*self._scope.buttons(), gap=1),
                self._list,
                2,
                self._parts_label,
                column(*self._parts.values(), gap=1),
            )
        )

    def _ticked(self, _on: bool) -> None:
        self.changed.emit()

    def _scope_chosen(self, chosen: int) -> None:
        self._list.setVisible(bool(chosen))
        self.changed.emit()


def _measure_list(measures: MeasureChoice) -> QListView:
    made = QListView()
    made.setModel(measures)
    made.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    made.setUniformItemSizes(True)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setMinimumHeight(LOWEST)
    made.hide()
    return made


def _segments(texts: list[str]) -> QButtonGroup:
    """Buttons of which exactly one is pressed in; the first at the beginning."""
    group = QButtonGroup()
    for place, text in enumerate(texts):
        one: QPushButton = button(text, "segment")
        one.setCheckable(True)
        one.setChecked(place == 0)
        group.addButton(one, place)
    return group

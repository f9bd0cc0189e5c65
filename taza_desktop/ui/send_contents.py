"""What goes into the package, what stays behind and why, what could still be explained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from taza_desktop.i18n import _, language, ngettext
from taza_desktop.ui.link import Link
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.send_outlook import Finding, Line, Outlook
from taza_desktop.ui.widgets import calling, card, column, label
from taza_desktop.ui.wording import size

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan

LISTED = 12  # problems that a notice lists
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class SendContents(QWidget):
    """The left side of sending.

    Signals:
        opened: (SheetKey, cell) a problem was clicked.
    """

    opened = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outlook: Outlook | None = None
        self._plan: Plan | None = None
        self._heading, self._sum = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(0, 1)
        self._stops, self._explains = Notice("refused"), Notice("warning")
        head = column(self._heading, self._sum, gap=1)
        self._goes = card(column(head, self._grid, gap=4, margin=4))
        self._goes.hide()
        self.setLayout(column(self._stops, self._goes, self._explains, 0, gap=4))

    def show_outlook(self, outlook: Outlook, plan: Plan) -> None:
        """Show what would be sent now."""
        self._outlook, self._plan = outlook, plan
        self._goes.show()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        outlook = self._outlook
        if outlook is None:
            return
        self._heading.setText(_("What goes") if outlook.lines else _("Nothing to send yet"))
        self._sum.setText(_sum(outlook))
        _empty(self._grid)
        if outlook.lines:
            self._titles()
        for row, line in enumerate(outlook.lines, start=1):
            self._line(row, line)
        held = len({finding.sheet for finding in outlook.stops})
        says = ngettext("{count} sheet stays behind", "{count} sheets stay behind", held)
        hint = _("Mend these and the sheet goes too.")
        self._list(self._stops, says.format(count=held), hint, outlook.stops)
        says = ngettext("{count} open question", "{count} open questions", len(outlook.explains))
        hint = _("These go as they are. A remark saves the coordinator a call.")
        count = len(outlook.explains)
        self._list(self._explains, says.format(count=count), hint, outlook.explains)

    def _titles(self) -> None:
        for place, says in enumerate((_("Measure"), _("Sheets"), _("Cells"), _("Rows"))):
            title = label(says, "caption")
            self._grid.addWidget(title, 0, place, RIGHT if place else Qt.AlignmentFlag(0))

    def _line(self, row: int, line: Line) -> None:
        title = self._plan.measures[line.measure].title if self._plan else ""
        self._grid.addWidget(label(f"{line.measure}. {title}", wrap=True), row, 0)
        for place, count in enumerate((line.sheets, line.cells, line.entries), start=1):
            self._grid.addWidget(label(QLocale(language()).toString(count)), row, place, RIGHT)

    def _list(self, notice: Notice, heading: str, hint: str, findings: Sequence[Finding]) -> None:
        """Say how many there are, each as a link to its cell."""
        _empty(notice.below)
        if not findings:
            notice.hide()
            return
        for finding in findings[:LISTED]:
            one = Link(self._sentence(finding))
            one.clicked.connect(calling(self._open, finding))
            notice.below.addWidget(one)
        more = len(findings) - LISTED
        if more > 0:
            notice.below.addWidget(label(_("… and {count} more").format(count=more)))
        notice.say(heading, hint)

    def _sentence(self, finding: Finding) -> str:
        territory = self._plan.territories[finding.sheet.territory].name if self._plan else ""
        return f"{finding.sheet.measure} · {territory}: {finding.problem.message}"

    def _open(self, finding: Finding) -> None:
        self.opened.emit(finding.sheet, finding.problem.cell)


def _sum(outlook: Outlook) -> str:
    """The totals in one sentence."""
    if not outlook.lines:
        return _("Fill in a sheet of this round first: “Due” shows what is waited for.")
    sheets = sum(line.sheets for line in outlook.lines)
    cells = sum(line.cells for line in outlook.lines)
    said = (
        ngettext("{count} sheet", "{count} sheets", sheets).format(count=sheets),
        ngettext("{count} cell", "{count} cells", cells).format(count=cells),
        _("about {size}").format(size=size(outlook.size)),
    )
    return " · ".join(said)


def _empty(layout: QLayout) -> None:
    """Take every widget out of a layout."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()

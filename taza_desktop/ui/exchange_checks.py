"""Trying a place: each step with a sign, and the sentence behind the one that fails."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from taza_desktop.errors import Refusal
from taza_desktop.exchange.checking import SAYS, Check, Report, StepName, check, steps_of
from taza_desktop.exchange.layout import Lane
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import Credential, Where, open_place
from taza_desktop.i18n import _, gettext, ngettext
from taza_desktop.ui.exchange_driver import AskProxy
from taza_desktop.ui.exchange_runner import Runner
from taza_desktop.ui.icons import pixmap
from taza_desktop.ui.theme import colour
from taza_desktop.ui.widgets import button, column, label, row

_SIGNS = {True: ("check", "ok"), False: ("stop", "stop"), None: ("circle", "muted")}
_SKEW_WORTH_SAYING = 60.0  # seconds


class Checks(QFrame):
    """The button, and the steps below it.

    Attributes:
        label: what a person calls the place that is tried.

    Signals:
        wanted: the button was pressed.
        ended: (Report) every step was tried or one failed.
    """

    wanted = Signal()
    ended = Signal(object)

    def __init__(self, ask_proxy: AskProxy | None = None) -> None:
        super().__init__()
        self._runner = Runner(ask_proxy, self)
        self.label = ""
        self._signs: dict[StepName, QLabel] = {}
        self._test = button(_("Test"))
        self._test.clicked.connect(self.wanted)
        self._says = label(role="strong", wrap=True)
        self._steps = column(gap=1)
        head = row(self._test, self._says, gap=3)
        head.setStretch(1, 1)
        self.setLayout(column(head, self._steps, gap=2))

    def start(self, where: Where, credential: Credential, lane: Lane) -> None:
        """Try that place with a small file that is taken away again."""
        self.forget()
        self.label = where.label
        self._show_steps(where)
        self._says.setText(_("Being tried…"))
        line = Line()
        place = open_place(where, credential, line)
        self._runner.run(
            where, lambda: check(place, where, line, lane, self._tell), self._end, self._fail
        )

    def show_report(self, where: Where, report: Report) -> None:
        """Show what trying a place came to."""
        self.forget()
        self._show_steps(where)
        self._end(report)

    def forget(self) -> None:
        """What is typed has changed: what was found out is about another place."""
        self._runner.cancel()
        self._says.clear()
        while item := self._steps.takeAt(0):
            if layout := item.layout():
                while inner := layout.takeAt(0):
                    if widget := inner.widget():
                        widget.hide()
                        widget.deleteLater()
        self._signs.clear()

    def close_lines(self) -> None:
        """Nothing is tried any more."""
        self._runner.close()

    def _show_steps(self, where: Where) -> None:
        for step in steps_of(where):
            sign = self._signs[step] = label()
            line = row(sign, label(gettext(SAYS[step]), wrap=True), gap=2)
            line.setStretch(1, 1)
            self._steps.addLayout(line)
            self._draw(Check(step, None))

    def _tell(self, report: Report) -> None:
        for one in report.checks:
            self._draw(one)

    def _draw(self, one: Check) -> None:
        if (sign := self._signs.get(one.step)) is not None:
            name, token = _SIGNS[one.works]
            sign.setPixmap(pixmap(name, colour(token), 18, self.devicePixelRatioF()))
            words = {True: _("works"), False: _("does not work"), None: _("not tried")}
            sign.setAccessibleName(f"{gettext(SAYS[one.step])}: {words[one.works]}")

    def _end(self, report: Report) -> None:
        self._tell(report)
        self._says.setText(report.failed.text() if report.failed else _works(report))
        self.ended.emit(report)

    def _fail(self, refusal: Refusal) -> None:
        self._says.setText(refusal.text())


def _works(report: Report) -> str:
    says = _("The place works; an answer takes {trip} ms.")
    lines = [says.format(trip=round(report.trip * 1000))]
    if abs(report.skew) > _SKEW_WORTH_SAYING:
        minutes = round(abs(report.skew) / 60)
        clock = ngettext(
            "The clocks differ by {count} minute; that does no harm.",
            "The clocks differ by {count} minutes; that does no harm.",
            minutes,
        )
        lines.append(clock.format(count=minutes))
    return " ".join(lines)

"""Every attempt over a line in words: when, what, how it ended, what comes next; to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from taza_desktop.exchange.wording import TRIED
from taza_desktop.i18n import N_, _, gettext
from taza_desktop.ui.icons import icon
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.widgets import button, column, describe, label, row
from taza_desktop.ui.wording import moment, size

if TYPE_CHECKING:
    from taza_desktop.exchange.inbox import Arrival
    from taza_desktop.exchange.journal import Attempt
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

_SIZE = (980, 520)


class Line(NamedTuple):
    """An attempt, and the number of the package that it was about."""

    attempt: Attempt
    number: str

    def at(self) -> str:
        """When it ended."""
        return moment(self.attempt.at)

    def what(self) -> str:
        """What was tried."""
        tried = gettext(TRIED[self.attempt.way])
        package = _("{what}: package {number}")
        return package.format(what=tried, number=self.number) if self.number else tried

    def outcome(self) -> str:
        """How it ended, and what to do next."""
        one = self.attempt
        if one.code:
            return one.text
        if not one.bytes:
            return _("went well")
        says = _("went well: {size} in {seconds} s")
        return says.format(size=size(one.bytes), seconds=round(one.seconds, 1))

    def token(self) -> str:
        """The colour of the outcome."""
        return "warn" if self.attempt.code else "ok"

    def text(self) -> str:
        """All of it in one line; the code for whoever helps."""
        code = f" [{self.attempt.code}]" if self.attempt.code else ""
        place = self.attempt.place
        return f"{self.at()}\t{self.what()}\t{place}\t{self.outcome()}{code}"


COLUMNS: tuple[Column[Line], ...] = (
    Column(N_("When"), Line.at, 20),
    Column(N_("What"), Line.what, 22),
    Column(N_("Where"), lambda one: one.attempt.place, 26),
    Column(N_("How it ended"), Line.outcome, 48, Line.token, grows=True),
)


class ExchangeLog(QDialog):
    """The attempts of a register, or those about one package."""

    def __init__(self, context: Context, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What happened on the line"))
        self.resize(*_SIZE)
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "attempts")
        describe(self._list, _("What happened on the line"))
        self._list.say_when_empty(_("Nothing was tried over a line yet."))
        self._whole = label(role="muted", wrap=True)
        self._list.chosen.connect(self._show_whole)
        copy, close = button(_("Copy all")), button(_("Close"), "primary")
        copy.setIcon(icon("copy"))
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        layout = column(self._list, self._whole, row(copy, 0, close), gap=3, margin=5)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        context.worker.run(lambda register: attempts(register, about), self._show, owner=self)

    def _show(self, lines: list[Line]) -> None:
        self._model.show(lines)
        self._list.choose(0)

    def _show_whole(self, line: Line | None) -> None:
        self._whole.setText(line.outcome() if line else "")

    def _copy(self) -> None:
        text = "\n".join(one.text() for one in self._model.items())
        QGuiApplication.clipboard().setText(text)


def attempts(register: Register, about: str = "") -> list[Line]:
    """The latest attempts, of one package when it is named."""
    from taza_desktop.exchange import journal

    numbers = {
        one.envelope.package_id: str(one.envelope.seq) for one in register.packages("out")
    } | {one.path: str(one.seq) for one in _arrived(register)}
    found = journal.read(register, about or None)
    return [Line(one, numbers.get(one.about, "")) for one in found]


def _arrived(register: Register) -> list[Arrival]:
    from taza_desktop.exchange import inbox

    return inbox.arrivals(register)

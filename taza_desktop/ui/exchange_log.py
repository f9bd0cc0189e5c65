"""Every attempt over a line in words: when, what, how it ended, what comes next; to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.exchange.wording import TRIED
from taza_desktop.i18n import N_, _, gettext, language
from taza_desktop.ui import choosing
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
        return _("went well: {size}").format(size=size(one.bytes))

    def lasted(self) -> str:
        """How long it took; nothing where it was not measured."""
        seconds = self.attempt.seconds
        if seconds < 0.05:
            return ""
        return _("{seconds} s").format(seconds=QLocale(language()).toString(seconds, "f", 1))

    def token(self) -> str:
        """The colour of the outcome."""
        return "warn" if self.attempt.code else "ok"

    def text(self) -> str:
        """All of it in one line; the code for whoever helps."""
        code = f" [{self.attempt.code}]" if self.attempt.code else ""
        place = self.attempt.place
        return "\t".join((self.at(), self.what(), place, self.lasted(), f"{self.outcome()}{code}"))


COLUMNS: tuple[Column[Line], ...] = (
    Column(N_("When"), Line.at, 20),
    Column(N_("What"), Line.what, 21),
    Column(N_("Where"), lambda one: one.attempt.place, 26, spare=2),
    Column(N_("Took"), Line.lasted, 9, number=True, spare=1),
    Column(N_("How it ended"), Line.outcome, 40, Line.token, grows=True),
)


class ExchangeLog(QDialog):
    """The attempts of a register, or those about one package."""

    def __init__(self, context: Context, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(_("What happened on the line"))
        self.resize(*_SIZE)
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "attempts")
        describe(self._list, _("What happened on the line"))
        self._list.say_when_empty(_("Nothing was tried over a line yet."))
        self._whole = label(role="muted", wrap=True)
        self._list.chosen.connect(self._show_whole)
        copy, save = button(_("Copy all")), button(_("Save for the administrator…"))
        close = button(_("Close"), "primary")
        copy.setIcon(icon("copy"))
        copy.clicked.connect(self._copy)
        save.clicked.connect(self._save)
        close.clicked.connect(self.accept)
        buttons = row(copy, save, 0, close)
        layout = column(self._list, self._whole, buttons, gap=3, margin=5)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        context.worker.run(lambda register: attempts(register, about), self._show, owner=self)

    def _show(self, lines: list[Line]) -> None:
        self._model.show(lines)
        self._list.choose(0)

    def _show_whole(self, line: Line | None) -> None:
        told = (line.attempt.place, line.outcome()) if line else ()
        self._whole.setText("\n".join(each for each in told if each))

    def _text(self) -> str:
        titles = "\t".join(gettext(one.title) for one in COLUMNS)
        return "\n".join([titles, *(one.text() for one in self._model.items())])

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self._whole.setText(_("Copied."))

    def _save(self) -> None:
        """A text file; nothing in it is secret."""
        name, title = _("exchange") + ".txt", _("Save for the administrator…").rstrip("…")
        settings = self._context.settings
        path = choosing.ask_save(self, title, name, _("Text") + " (*.txt)", settings)
        if path is None:
            return
        try:
            with environment_faults(path):
                path.write_text(self._text() + "\n", encoding="utf-8-sig")  # as old editors like it
        except Refusal as refusal:
            self._whole.setText(refusal.text())
        else:
            self._whole.setText(_("Saved: {path}").format(path=path))


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

"""Opening the card of the office above: the file by any way, the code by another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import _
from taza_desktop.ui import choosing
from taza_desktop.ui.code_entry import CodeEntry
from taza_desktop.ui.icons import icon
from taza_desktop.ui.step import State, Step
from taza_desktop.ui.widgets import button, column, label, row, show_text

if TYPE_CHECKING:
    from taza_desktop.packages.card_file import Card
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

CARDS = "*.taza-card"


class CardStep(Step):
    """The file first; the code only when the card is of an office that is not known yet.

    Signals:
        taken: the card is open; packages are encrypted from now on.
        skipped: there is no card yet.
    """

    taken = Signal()
    skipped = Signal()

    def __init__(self, number: int) -> None:
        self._context: Context | None = None
        self._data, self._file = b"", label(role="small", wrap=True)
        self._open, self._skip = button(), button(role="link")
        self._code, self._take = CodeEntry(), button(role="primary")
        choice = column(row(self._open, 0), row(self._skip, 0), gap=1)
        foot = row(self._take, 0)
        super().__init__(number, choice, self._file, self._code, foot)
        self._open.clicked.connect(self._choose)
        self._skip.clicked.connect(self.skipped)
        self._take.clicked.connect(self._try)
        self._code.edited.connect(self._allow)
        self.retranslate()

    def use(self, context: Context, state: State, *, may_skip: bool) -> None:
        """Open the card for this register."""
        if self._context is None or self._context.session is not context.session:
            self._data = b""
            self._code.clear()
        self._context = context
        self._skip.setVisible(may_skip)
        self.show_state(state)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.say(
            _("Open the card of your coordinator"),
            _("The card comes by any way, its code by an official letter or by phone."),
        )
        self._open.setText(_("Open the card…"))
        self._open.setIcon(icon("folder"))
        self._skip.setText(_("I have no card yet"))
        self._take.setText(_("This is the card"))
        says = _("Now type the six groups of the code in the letter.")
        show_text(self._file, says if self._data else "")
        self._code.retranslate()
        self._code.setVisible(bool(self._data))
        self._take.setVisible(bool(self._data))
        self._allow()

    def _allow(self) -> None:
        self._take.setEnabled(self._code.is_complete())

    def _choose(self) -> None:
        context = self._context
        if context is None:
            return
        kinds = _("Cards ({pattern})").format(pattern=CARDS)
        path = choosing.ask_open(self, _("Open the card"), kinds, context.settings)
        if path is not None:
            self.work()
            context.worker.run(lambda _register: _read(path), self._read, self.rest, owner=self)

    def _read(self, data: bytes) -> None:
        """Try it without a code: a newer card of a known office needs none."""
        self._data = data
        self._run("")

    def _try(self) -> None:
        self._run(self._code.text())

    def _run(self, typed: str) -> None:
        context, data = self._context, self._data
        if context is None:
            return

        def job(register: Register) -> Card:
            from taza_desktop.packages.card import take

            return take(register, data, typed)

        self.work()
        context.worker.run(job, self._taken, self._refuse, owner=self)

    def _taken(self, _card: Card) -> None:
        self._data = b""
        self._code.clear()
        self.rest()
        self.retranslate()
        self.taken.emit()

    def _refuse(self, refusal: Refusal) -> None:
        asks = refusal.code == "CRED-CODE-NEEDED"
        if not asks and not refusal.code.startswith("CRED-CODE"):
            self._data = b""  # another file must be opened
        self.rest(None if asks else refusal)
        self.retranslate()
        self._code.mark(wrong_groups(refusal))
        if asks:
            self._code.setFocus()


def wrong_groups(refusal: Refusal) -> tuple[int, ...]:
    """The groups, counted from 1, that a refusal of a code names."""
    named = str(refusal.fields.get("groups", ""))
    return tuple(int(each) for each in named.split(", ") if each)


def _read(path: Path) -> bytes:
    with environment_faults(path):
        return path.read_bytes()

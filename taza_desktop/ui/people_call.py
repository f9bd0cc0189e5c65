"""The phone call: six groups typed as the person reads them aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from taza_desktop.i18n import _
from taza_desktop.ui.code_entry import CodeEntry
from taza_desktop.ui.step import Step, into_view
from taza_desktop.ui.widgets import label, set_role, show_text

if TYPE_CHECKING:
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context


class CallStep(Step):
    """Never shows what the groups should be; says which are not those of the file.

    Signals:
        matched: whether what was heard fits the file is known, or known no more.
    """

    matched = Signal()

    def __init__(self, number: int) -> None:
        self._context: Context | None = None
        self._data, self._right, self._wrong = b"", False, ""
        self._code, self._verdict = CodeEntry(), label(wrap=True)
        super().__init__(number, self._code, self._verdict)
        self._code.edited.connect(self._edited)
        self._code.completed.connect(self._check)
        self.retranslate()

    def take(self, context: Context | None, data: bytes) -> None:
        """Compare with this request from now on."""
        self._context, self._data = context, data
        self._right, self._wrong = False, ""
        self._code.clear()
        self.rest()
        self._show()

    def text(self) -> str:
        """What was heard."""
        return self._code.text()

    def is_right(self) -> bool:
        """Whether every group fits the file."""
        return self._right

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.say(
            _("Call and type what is read to you"),
            _("Ring a number that you know yourself, never one from the letter with the file."),
        )
        self._code.retranslate()
        self._show()

    def _edited(self) -> None:
        self._right, self._wrong = False, ""
        self._show()
        self.matched.emit()

    def _check(self) -> None:
        context, data, typed = self._context, self._data, self._code.text()
        if context is None or not data:
            return

        def job(_register: Register) -> tuple[int, ...]:
            from taza_desktop.packages import certificates, code

            return code.wrong_groups(typed, certificates.read_request(data))

        context.worker.run(job, self._checked, self.rest, owner=self)

    def _checked(self, wrong: tuple[int, ...]) -> None:
        self._right, self._wrong = not wrong, ", ".join(map(str, wrong))
        self._show()
        self._code.mark(wrong, right=self._right)
        into_view(self._verdict)
        self.matched.emit()

    def _show(self) -> None:
        says = ""
        if self._right:
            says = _("All six groups fit: the file comes from whom you are talking to.")
        elif self._wrong:
            says = _(
                "Group {groups} does not fit: have it read again. If it stays so, the file is not"
                " from this person: do not confirm it."
            ).format(groups=self._wrong)
        set_role(self._verdict, "done" if self._right else "error")
        show_text(self._verdict, says)

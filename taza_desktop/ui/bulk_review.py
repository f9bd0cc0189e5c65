"""Many sheets judged at once: what can be accepted is, the rest is named with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from taza_desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

_NAMED = 8  # obstacles that the question names


class BulkReview(QObject):
    """Asks once and accepts; a single sheet is opened instead.

    Signals:
        accepted: (sentence) the register's content is another one now.
        refused: a Refusal.
    """

    accepted = Signal(str)
    refused = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._context: Context | None = None

    def use(self, context: Context) -> None:
        """Work on this register."""
        self._context = context

    def review(self, keys: Sequence[SheetKey]) -> None:
        """Look for obstacles, then ask."""
        context = self._context
        if context is None or not keys:
            return
        if len(keys) == 1:
            context.open_sheet(keys[0], "")
            return

        def job(register: Register) -> dict[SheetKey, Refusal]:
            from taza_desktop.register.reviewing import obstacles

            return obstacles(register, keys)

        context.worker.run(job, lambda found: self._ask(keys, found), owner=self)

    def _ask(self, keys: Sequence[SheetKey], found: Mapping[SheetKey, Refusal]) -> None:
        """Name what stands in the way of some; the others can be accepted, all or none."""
        good = [key for key in keys if key not in found]
        box = QMessageBox(self._page)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("Accept"))
        says = ngettext(
            "{count} sheet can be accepted. It is locked then.",
            "{count} sheets can be accepted. They are locked then.",
            len(good),
        )
        box.setText(says.format(count=len(good)))
        box.setInformativeText(_obstacles(found))
        accept = ngettext("Accept {count} sheet", "Accept {count} sheets", len(good))
        yes = box.addButton(accept.format(count=len(good)), QMessageBox.ButtonRole.AcceptRole)
        yes.setEnabled(bool(good))
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        box.deleteLater()
        if box.clickedButton() is yes:
            self._accept(good)

    def _accept(self, keys: list[SheetKey]) -> None:
        def job(register: Register) -> None:
            from taza_desktop.register.reviewing import accept

            accept(register, keys)

        def done(_nothing: None) -> None:
            says = ngettext("{count} sheet accepted.", "{count} sheets accepted.", len(keys))
            self.accepted.emit(says.format(count=len(keys)))

        if self._context is not None:
            self._context.worker.run(job, done, self.refused.emit, owner=self)


def _obstacles(found: Mapping[SheetKey, Refusal]) -> str:
    """Why some cannot be accepted, a line each."""
    lines = [refusal.text() for refusal in list(found.values())[:_NAMED]]
    if len(found) > _NAMED:
        lines.append("…")
    return "\n".join(lines)

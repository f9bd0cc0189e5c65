"""Saving a backup of the keys: on a stick for the safe, or for the deputy."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from taza_desktop.i18n import _
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.step import Step
from taza_desktop.ui.widgets import button, row

if TYPE_CHECKING:
    from taza_desktop.register.register import Register
    from taza_desktop.settings import Settings
    from taza_desktop.ui.page import Context

BACKUPS = "*.taza-backup"


def note(settings: Settings, register: str, what: str) -> None:
    """Remember on this PC that something of a register was handed out today."""
    settings.handed[f"{register}:{what}"] = date.today().isoformat()
    settings.save()


def noted(settings: Settings, register: str, what: str) -> date | None:
    """When that was handed out last from this PC; None when it never was."""
    try:
        return date.fromisoformat(settings.handed.get(f"{register}:{what}", ""))
    except ValueError:
        return None


class BackupStep(Step):
    """One button; the keys stay locked in the file, so no passphrase is needed.

    Signals:
        saved: (path) a backup lies there.
        later: not now.
    """

    saved = Signal(object)
    later = Signal()

    def __init__(
        self, number: int, *, deputy: bool = False, always: bool = False, optional: bool = False
    ) -> None:
        """`deputy`: what the deputy is given; `optional`: it can be put off."""
        self._context: Context | None = None
        self._deputy, self._optional = deputy, optional
        self._save, self._later = button(role="" if always else "primary"), button(role="link")
        self._later.setVisible(optional)
        super().__init__(number, row(self._save, self._later, 0), always=always)
        self._save.clicked.connect(self._ask)
        self._later.clicked.connect(self.later)
        self.retranslate()

    @property
    def what(self) -> str:
        """Under which name this PC notes it."""
        return "deputy" if self._deputy else "keys"

    def use(self, context: Context) -> None:
        """Back up the keys of this register."""
        self._context = context

    def retranslate(self) -> None:
        """Set the texts anew."""
        if self._deputy:
            self.say(
                _("A backup for the deputy"),
                _("On a second stick: the deputy can go on when you are away."),
            )
        else:
            self.say(
                _("A backup of your keys"),
                _("On a stick that lies in the safe. It opens with the passphrase of today only."),
            )
        self._save.setText(_("Save the backup…"))
        self._save.setIcon(icon("stick"))
        self._later.setText(_("Later"))

    def _ask(self) -> None:
        from taza_desktop.packages.backup import backup, file_name
        from taza_desktop.packages.private import write

        context, deputy = self._context, self._deputy
        if context is None:
            return
        kinds = _("Backups ({pattern})").format(pattern=BACKUPS)
        name = file_name(context.office.territory, deputy)
        path = choosing.ask_save(self, _("Save the backup"), name, kinds, context.settings)
        if path is None:
            return

        def job(register: Register) -> str:
            write(path, backup(register, deputy))
            return register.id

        def done(register: str) -> None:
            self.rest()
            note(context.settings, register, self.what)
            self._tell(path)

        self.work()
        context.worker.run(job, done, self.rest, owner=self)

    def _tell(self, path: Path) -> None:
        self.saved.emit(path)

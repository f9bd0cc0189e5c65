"""What a page of the window is, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.rounds import Round
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.register.model import Office
    from taza_desktop.register.register import Register
    from taza_desktop.settings import Settings
    from taza_desktop.ui.exchange_service import Exchange
    from taza_desktop.ui.key_session import KeySession
    from taza_desktop.ui.worker import Worker


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a page may use; a new one is made when the round or the register changes.

    Attributes:
        worker: the only way to the register:
            `worker.run(lambda register: register.sheet(key), self._show)`.
        path: the register's file, to name it and to find the folder beside it.
        exchange: sends and fetches; knows whether there is a place.
        session: whatever signs or opens something runs in it, with the keys unlocked once.
        open_sheet: opens a sheet's form; the second argument names the cell to go to, or is "".
    """

    worker: Worker[Register]
    plan: Plan
    office: Office
    round: Round
    settings: Settings
    path: Path
    session: KeySession
    open_sheet: Callable[[SheetKey, str], None]
    exchange: Exchange


class Page(QWidget):
    """One page of the window; what it holds is filled in by `shown`.

    A page is built when it is first opened, gets no argument but its parent, and lives as long as
    the window. Its title and icon stand in `pages.py`.

    Attributes:
        NAME: as in `pages.py`; also the object name by which tests find it.

    Signals:
        said: (text, level) for the message bar; level is "info", "done" or "warning".
        refused: a Refusal for the message bar.
        saved: something has just been put on the disk.
        changed: the register's content is another one now; the header counts anew.
        left: go back to the page that this one was opened from.
    """

    NAME: ClassVar[str] = ""

    said = Signal(str, str)
    refused = Signal(object)
    saved = Signal()
    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(self.NAME)

    def shown(self, context: Context) -> None:
        """The page has come to the front, or the round changed while it was there."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text anew: the language has changed."""

    def leave(self) -> None:
        """Called before another page comes to the front: keep what is being typed."""

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells every widget that the language changed; a page passes it on to `retranslate`."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

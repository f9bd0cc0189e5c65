"""An attachment: a picture or a PDF is picked, kept in the register, named, and opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from taza_desktop.errors import environment_faults
from taza_desktop.i18n import _, language
from taza_desktop.plan.kinds import show
from taza_desktop.ui.choosing import ask_open
from taza_desktop.ui.editor import Editor
from taza_desktop.ui.icons import icon
from taza_desktop.ui.widgets import button, describe, row, tip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from taza_desktop.plan.form import Figure
    from taza_desktop.plan.sheet import Value
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

NAMED = 420  # pixels of a name at most
FILES = "*.jpg *.jpeg *.png *.webp *.tif *.tiff *.pdf"


class AttachmentEditor(Editor):
    """A button to choose a file, and what was chosen; a click on that opens it."""

    def __init__(self, figure: Figure, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(figure, parent)
        self._context = context
        self._pick = button()
        self._pick.setIcon(icon("attach"))
        self._value: Value = None
        self._name = button(role="link")
        self._remove = button(role="quiet")
        self._remove.setIcon(icon("close", "muted"))
        self.setLayout(row(self._pick, self._name, self._remove, 0))
        self.setFocusProxy(self._pick)
        self.field = self._pick
        self._pick.clicked.connect(self._choose)
        self._name.clicked.connect(self._open)
        self._remove.clicked.connect(lambda: self.decided.emit(None))

    def put(self, value: Value) -> None:
        """Show the name and the size of the file."""
        self._value = value
        self._pick.setText(_("Choose a file…"))
        describe(self._remove, _("Take the file out"))
        self._remove.setVisible(value is not None)
        says = shown(self.figure, value)
        metrics, way = self._name.fontMetrics(), Qt.TextElideMode.ElideMiddle
        self._name.setText(metrics.elidedText(says, way, NAMED))
        self._name.setVisible(bool(says))
        describe(self._name, _("Open the attachment {name}").format(name=says), tip(says))

    def lock(self, locked: bool) -> None:
        """Let no other file be chosen."""
        self._pick.setEnabled(not locked)
        self._remove.setEnabled(not locked)

    def _open(self) -> None:
        if isinstance(self._value, Mapping):
            from taza_desktop.ui.attachment_viewer import open_attachment

            open_attachment(self, self._context, self._value)

    def _choose(self) -> None:
        pick_attachment(self, self._context, self.decided.emit)


def shown(figure: Figure, value: Value) -> str:
    """Name and size of an attachment; empty when there is none."""
    if not isinstance(value, Mapping):
        return ""
    from taza_desktop.ui.wording import size

    return f"{show(figure, value, language())} · {size(int(str(value['size'])))}"


def pick_attachment(parent: QWidget, context: Context, then: Callable[[Value], None]) -> None:
    """Ask for a file, keep it in the register, and hand its value over."""
    what = _("Pictures and PDF ({pattern})").format(pattern=FILES)
    path = ask_open(parent, _("Choose a file"), what, context.settings)
    if path is not None:
        context.worker.run(lambda register: _attach(register, path), then, owner=parent)


def _attach(register: Register, path: Path) -> Value:
    with environment_faults(path):
        data = path.read_bytes()
    return register.attach(data, path.name)

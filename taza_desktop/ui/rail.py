"""The rail at the left: one line a page."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QPushButton

from taza_desktop.i18n import _, gettext
from taza_desktop.ui.generated.ui_window import Ui_Window
from taza_desktop.ui.icons import icon, pixmap
from taza_desktop.ui.pages import PageEntry
from taza_desktop.ui.theme import Look, colour
from taza_desktop.ui.widgets import button

_MARK = 28
_WIDTH = 196


class Rail(QObject):
    """Fills the shell's rail with the pages of a role.

    Signals:
        chosen: the name of a page.
    """

    chosen = Signal(str)

    def __init__(self, ui: Ui_Window, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._compact = False
        self._entries: dict[str, PageEntry] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        look.changed.connect(self._draw)
        self._draw()

    def fill(self, entries: tuple[PageEntry, ...]) -> None:
        """Show these pages; Ctrl+1 … opens them from the keyboard."""
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.deleteLater()
        self._entries = {entry.name: entry for entry in entries}
        for number, entry in enumerate(entries, start=1):
            line = button(role="rail")
            line.setObjectName(f"rail_{entry.name}")
            line.setProperty("page", entry.name)
            line.setCheckable(True)
            line.setIconSize(QSize(20, 20))
            line.setShortcut(QKeySequence(f"Ctrl+{number}"))
            self._group.addButton(line)
            self._ui.railPages.addWidget(line)
        self.retranslate()
        self._draw()

    def entry(self, name: str) -> PageEntry:
        """The line of that name; KeyError when this role has no such page."""
        return self._entries[name]

    def mark(self, name: str) -> None:
        """Show which page is in front."""
        for line in self._lines():
            line.setChecked(line.property("page") == name)

    def set_compact(self, compact: bool) -> None:
        """Icons only, where room is short; the titles are then tool tips."""
        if compact != self._compact:
            self._compact = compact
            self._ui.brand.setVisible(not compact)
            self.retranslate()

    def retranslate(self) -> None:
        """Set the titles anew. The shortcut is set again, as Qt takes it away with the text."""
        self._ui.registerMenu.setText("" if self._compact else _("Register"))
        self._ui.rail.setMinimumWidth(0 if self._compact else _WIDTH)
        for line in self._lines():
            keys = line.shortcut()
            title = gettext(self._entries[line.property("page")].title)
            line.setText("" if self._compact else title)
            line.setAccessibleName(title)
            line.setShortcut(keys)
            line.setToolTip(f"{title} ({keys.toString(QKeySequence.SequenceFormat.NativeText)})")

    def _lines(self) -> list[QPushButton]:
        return [line for line in self._group.buttons() if isinstance(line, QPushButton)]

    def _clicked(self, line: QPushButton) -> None:
        self.chosen.emit(line.property("page"))

    def _draw(self) -> None:
        ratio = self._ui.brandMark.devicePixelRatioF()
        self._ui.brandMark.setPixmap(pixmap("app", colour("text"), _MARK, ratio))
        for line in self._lines():
            name = self._entries[line.property("page")].icon
            line.setIcon(icon(name, "muted", checked="accent"))

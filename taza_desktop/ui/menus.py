"""The two menus of the shell: how the window looks, and which register is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QSize, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from taza_desktop.i18n import N_, _, gettext
from taza_desktop.settings import TEXT_SIZES, THEMES, Theme
from taza_desktop.ui.icons import icon
from taza_desktop.ui.theme import Look
from taza_desktop.ui.widgets import calling

_THEMES: dict[Theme, str] = {
    "system": N_("Like the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast"),
}


class LookMenu(QObject):
    """Theme and text size, in force at once."""

    def __init__(self, owner: QToolButton, look: Look) -> None:
        super().__init__(owner)
        self._owner = owner
        self._look = look
        self._menu = QMenu(owner)
        owner.setMenu(self._menu)
        self._themes = QActionGroup(self)
        self._sizes = QActionGroup(self)
        for theme in THEMES:
            self._add(self._themes, theme).triggered.connect(calling(look.set_theme, theme))
        self._menu.addSeparator()
        for percent in TEXT_SIZES:
            self._add(self._sizes, percent).triggered.connect(calling(look.set_text_size, percent))
        look.changed.connect(self._draw)
        self.retranslate()
        self._draw()

    def retranslate(self) -> None:
        """Set the texts anew."""
        for action in self._themes.actions():
            action.setText(gettext(_THEMES[action.data()]))
        for action in self._sizes.actions():
            action.setText(_("Text {percent} %").format(percent=action.data()))

    def _add(self, group: QActionGroup, choice: str | int) -> QAction:
        action = group.addAction("")
        action.setCheckable(True)
        action.setData(choice)
        self._menu.addAction(action)
        return action

    def _draw(self) -> None:
        self._owner.setIcon(icon("theme", "muted"))
        in_force = (self._look.theme, self._look.text_size)
        for action in (*self._themes.actions(), *self._sizes.actions()):
            action.setChecked(action.data() in in_force)


class RegisterMenu(QObject):
    """Another register, a new one, and what program this is.

    Signals:
        new_wanted, open_wanted, place_wanted, example_wanted, about_wanted: a line was chosen.
        chosen: the path of a register that was open before.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    place_wanted = Signal()
    example_wanted = Signal()
    about_wanted = Signal()
    chosen = Signal(object)

    def __init__(self, owner: QPushButton, look: Look) -> None:
        super().__init__(owner)
        self._owner = owner
        self._menu = QMenu(owner)
        self._recent: list[str] = []
        owner.clicked.connect(self._open)
        look.changed.connect(self._draw)
        self.retranslate()
        self._draw()

    def remember(self, recent: list[str]) -> None:
        """The registers to offer, the one in front first."""
        self._recent = list(recent)
        self.retranslate()

    def retranslate(self) -> None:
        """Build the menu anew in the language in force."""
        self._menu.clear()
        for path in (Path(each) for each in self._recent[1:]):
            line = self._menu.addAction(path.stem.replace("&", "&&"))
            line.setToolTip(str(path))
            line.triggered.connect(calling(self.chosen.emit, path))
        if self._recent[1:]:
            self._menu.addSeparator()
        for text, wanted in (
            (_("Open a register…"), self.open_wanted),
            (_("New register…"), self.new_wanted),
            (_("Place of exchange…"), self.place_wanted),
            (_("Show the example"), self.example_wanted),
            (_("About the program"), self.about_wanted),
        ):
            self._menu.addAction(text).triggered.connect(wanted)

    def _open(self) -> None:
        above = QPoint(0, -self._menu.sizeHint().height())
        self._menu.popup(self._owner.mapToGlobal(above))

    def _draw(self) -> None:
        self._owner.setIcon(icon("folder", "muted"))
        self._owner.setIconSize(QSize(20, 20))

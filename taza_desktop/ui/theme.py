"""How the window looks: three sets of tokens, one style sheet made from them, the text size."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from taza_desktop.paths import data_path
from taza_desktop.settings import Settings, Theme

# The first of these that is installed; each has all the Kazakh letters.
FONTS = ("Segoe UI", "Noto Sans", "SF Pro Text", "DejaVu Sans")


class Tokens(NamedTuple):
    """The colours of one look; `x` on `x_soft` has a contrast of at least 4.5."""

    ground: str
    surface: str
    sunken: str
    line: str
    line_strong: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    focus: str
    stop: str
    stop_soft: str
    warn: str
    warn_soft: str
    ok: str
    ok_soft: str
    info: str
    info_soft: str
    idle: str
    idle_soft: str
    tick: str  # which drawing of a tick shows on the accent


LIGHT = Tokens(
    ground="#f3f6f5", surface="#ffffff", sunken="#f0f4f2", line="#dbe3e0", line_strong="#a9b8b2",
    text="#16211e", muted="#54645f", accent="#0a6e5c", accent_hover="#075847",
    accent_soft="#dff1ec", on_accent="#ffffff", focus="#1b66d6",
    stop="#b3261e", stop_soft="#fcebe9", warn="#855000", warn_soft="#fdf1dc",
    ok="#1a6b3a", ok_soft="#e2f3e8", info="#1d579f", info_soft="#e5eefb",
    idle="#56625e", idle_soft="#ebefed", tick="light",
)  # fmt: skip
DARK = Tokens(
    ground="#0f1514", surface="#182120", sunken="#121a19", line="#2b3735", line_strong="#54655f",
    text="#e7eeeb", muted="#a2b3ad", accent="#4fc5ab", accent_hover="#74d5bf",
    accent_soft="#17362f", on_accent="#06231d", focus="#84b5ff",
    stop="#ff9288", stop_soft="#3d1d1a", warn="#f3bb52", warn_soft="#392b11",
    ok="#74d391", ok_soft="#163321", info="#8bbaf8", info_soft="#182c48",
    idle="#a8b6b1", idle_soft="#232e2b", tick="dark",
)  # fmt: skip
CONTRAST = Tokens(
    ground="#000000", surface="#000000", sunken="#000000", line="#ffffff", line_strong="#ffffff",
    text="#ffffff", muted="#ffffff", accent="#ffe600", accent_hover="#fff799",
    accent_soft="#3a3500", on_accent="#000000", focus="#00e5ff",
    stop="#ff9d94", stop_soft="#000000", warn="#ffc94d", warn_soft="#000000",
    ok="#7dff9b", ok_soft="#000000", info="#9fd0ff", info_soft="#000000",
    idle="#ffffff", idle_soft="#000000", tick="dark",
)  # fmt: skip
_TOKENS: dict[Theme, Tokens] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
_in_force = LIGHT
_SIZES = {"small": 0.86, "body": 1.0, "cell": 1.22, "heading": 1.16, "title": 1.35, "display": 2.0}


class Look(QObject):
    """The look in force. One is made by the composition root and handed to whoever draws by hand.

    Signals:
        changed: theme or text size is another one; drawings and icons are made anew.
    """

    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._system = app.font()
        self._sheet = Template(Path(__file__).with_name("style.qss").read_text(encoding="utf-8"))
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme)
        self.apply()

    @property
    def theme(self) -> Theme:
        """The theme as chosen, which may be "like the system"."""
        return self._settings.theme

    @property
    def text_size(self) -> int:
        """The text size in per cent."""
        return self._settings.text_size

    def set_theme(self, theme: Theme) -> None:
        """Change the colours and remember it."""
        self._settings.theme = theme
        self._settings.save()
        self.apply()

    def set_text_size(self, percent: int) -> None:
        """Change the size of all text and remember it."""
        self._settings.text_size = percent
        self._settings.save()
        self.apply()

    def apply(self) -> None:
        """Put palette, font and style sheet in force as the settings say."""
        global _in_force
        _in_force = self._wanted()
        self._app.setPalette(_palette(_in_force))
        base = max(9.0, self._system.pointSizeF()) * self._settings.text_size / 100
        font = QFont(self._system)
        font.setFamilies([*FONTS, self._system.family()])
        font.setPointSizeF(base)
        self._app.setFont(font)
        self._app.setStyleSheet(self._sheet.substitute(_values(_in_force, base)))
        self.changed.emit()

    def _wanted(self) -> Tokens:
        if self._settings.theme != "system":
            return _TOKENS[self._settings.theme]
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def _on_system_scheme(self) -> None:
        if self._settings.theme == "system":
            self.apply()


def colour(name: str) -> QColor:
    """A token of the look in force as a colour, for what is drawn by hand."""
    return QColor(getattr(_in_force, name))


def _values(tokens: Tokens, base: float) -> dict[str, str]:
    sizes = {f"size_{name}": f"{base * factor:.1f}pt" for name, factor in _SIZES.items()}
    icons = data_path("resources", "icons").as_posix()
    ring = "3px" if tokens is CONTRAST else "2px"
    return {**tokens._asdict(), **sizes, "icons": icons, "ring": ring}


def _palette(tokens: Tokens) -> QPalette:
    """The palette for what the style sheet does not reach: native dialogs, hand-drawn parts."""
    role = QPalette.ColorRole
    palette = QPalette()
    for which, token in (
        (role.Window, tokens.ground), (role.WindowText, tokens.text), (role.Base, tokens.surface),
        (role.AlternateBase, tokens.sunken), (role.Text, tokens.text),
        (role.Button, tokens.surface), (role.ButtonText, tokens.text),
        (role.BrightText, tokens.stop), (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent), (role.Link, tokens.accent),
        (role.ToolTipBase, tokens.surface), (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.muted), (role.Mid, tokens.line),
        (role.Dark, tokens.line_strong), (role.Accent, tokens.accent),
    ):  # fmt: skip
        palette.setColor(which, QColor(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.muted))
    return palette

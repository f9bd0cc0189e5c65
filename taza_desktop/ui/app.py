"""Starts the window: makes the few things that everything else is handed, and runs Qt."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from taza_desktop import __version__
from taza_desktop.settings import Settings
from taza_desktop.ui.desk import Desk
from taza_desktop.ui.theme import Look
from taza_desktop.ui.translation import Languages

_GIVES_WAY = 0.001  # seconds after which a thread at work lets the window's go on; 0.005 is usual


def run(argv: Sequence[str], register: Path | None = None) -> int:
    """Open the window on `register`, or on the file that `argv` names, until it is closed."""
    if register is None and len(argv) > 1 and Path(argv[1]).is_file():
        register = Path(argv[1])
    app = make_app(argv)
    desk = make_desk(app, Settings.load())
    sys.excepthook = lambda *fault: desk.show_exception(*fault)
    code = app.exec() if desk.start(register) else 0
    desk.close()
    return code


def make_app(argv: Sequence[str]) -> QApplication:
    """Qt itself, with the name by which the system knows the program."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    sys.setswitchinterval(_GIVES_WAY)
    app = QApplication(list(argv))
    app.setApplicationName("taza-desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("taza-desktop")
    return app


def make_desk(app: QApplication, settings: Settings) -> Desk:
    """Look, languages and window for these settings."""
    languages = Languages(app)
    languages.use(settings.speak())
    return Desk(settings, Look(app, settings), languages)

"""One start in a process of its own: `first_paint.py bare`, `first_paint.py window REGISTER`.

Prints when the first paint was done, the memory then and the modules loaded, and leaves. "window"
is the program as its user starts it, watched from outside.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

if TYPE_CHECKING:
    from taza_desktop.plan.rounds import Round
    from taza_desktop.ui.page import Context
    from taza_desktop.ui.window import Window


class Watch(QObject):
    """Waits for the next paint of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)
        widget.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, tell)  # after the paint has reached the screen
        return False


def tell() -> None:
    """Say what a start came to, and end."""
    at = time.monotonic()
    modules = list(sys.modules)  # before this function loads any
    import json

    told = {"at": at, "megabytes": megabytes(), "modules": modules}
    print(json.dumps(told), flush=True)
    os._exit(0)


def megabytes() -> float:
    """What this process holds in memory."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def bare() -> None:
    """The least that PySide6 needs for a window with a line of text."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1100, 700)
    said = QLabel("Таза Қазақстан")
    window.setCentralWidget(said)
    Watch(said)
    window.show()
    app.exec()


def window(register: str) -> None:
    """The program on a register: the first page with what the register holds."""
    from taza_desktop.__main__ import main
    from taza_desktop.ui.window import Window

    opened = Window.open

    def watched(self: Window, context: Context, rounds: list[Round]) -> None:
        opened(self, context, rounds)
        page = self.page(self.current())
        # Jobs are done in turn: when this one is, the page has been filled.
        context.worker.run(lambda _register: None, lambda _nothing: Watch(page), owner=page)

    Window.open = watched
    sys.argv = ["taza-desktop", register]
    main()


if __name__ == "__main__":
    {"bare": bare, "window": window}[sys.argv[1]](*sys.argv[2:])

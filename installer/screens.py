"""Take pictures of every screen into a folder: `screens.py docs/screens [name …]`.

Each screen is a function of SCREENS that brings the window to where the picture is taken. Pictures
are taken in Kazakh and Russian, light and dark, of a window as large as an office screen allows.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_HOME = tempfile.TemporaryDirectory()
os.environ["TAZA_HOME"] = _HOME.name  # the settings of whoever takes the pictures stay as they are

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from installer import exchange_screens, key_screens, office_screens
from taza_desktop.i18n import Language
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.settings import Settings, Theme
from taza_desktop.ui.app import make_app
from taza_desktop.ui.desk import Desk
from taza_desktop.ui.first_start import FirstStart
from taza_desktop.ui.form_page import FormPage
from taza_desktop.ui.theme import Look
from taza_desktop.ui.translation import Languages
from taza_desktop.ui.window import Window
from taza_desktop.ui.worker import WorkerAtOnce

SIZE = (1366, 728)  # an office screen without the system's bar
ROUND = "2024"
DISTRICT, REGION, REPUBLIC = "391000000", "390000000", "000000000"  # Қостанай: much was published
CONTEST = "150000000"  # Ақтөбе облысы: its three winners are known
LOOKS: tuple[tuple[Language, Theme], ...] = (
    ("kk", "light"), ("ru", "light"), ("kk", "dark"), ("ru", "dark"),
)  # fmt: skip


class Studio:
    """What a screen may use: the application, its looks, the example's registers by territory."""

    def __init__(self, app: QApplication, registers: dict[str, Path]) -> None:
        self.app = app
        self.registers = registers
        self.settings = Settings.load()
        self.settings.round = ROUND
        self.languages = Languages(app)
        self.look = Look(app, self.settings)

    def wear(self, language: Language, theme: Theme) -> None:
        """Put a language and a theme in force."""
        self.settings.language = language
        self.languages.use(language)
        self.look.set_theme(theme)

    @contextmanager
    def window(self, territory: str) -> Generator[Window]:
        """The window on the register of an office."""
        desk = Desk(self.settings, self.look, self.languages, WorkerAtOnce)
        desk.window.resize(*SIZE)
        desk.start(self.registers[territory])
        self.settle()
        yield desk.window
        desk.window.close()
        desk.window.deleteLater()
        self.settle()

    def settle(self) -> None:
        """Let timers and repaints happen."""
        loop = QEventLoop()
        QTimer.singleShot(600, loop.quit)
        loop.exec()


Screen = Callable[[Studio], Iterator[QWidget]]


def first_start(studio: Studio) -> Iterator[QWidget]:
    """The last of the three steps, filled in."""
    dialog = FirstStart(studio.settings, studio.languages, WorkerAtOnce)
    dialog.show()
    dialog.ui.clerk.click()
    dialog.ui.territory.setText("Аба")
    dialog.ui.territory.textEdited.emit("Аба")
    dialog.ui.found.setCurrentRow(1)
    dialog.ui.person.setText("Айгүл Серікова")
    studio.settle()
    yield dialog
    dialog.close()
    dialog.deleteLater()


def due(studio: Studio) -> Iterator[QWidget]:
    """What a clerk sees first."""
    with studio.window(DISTRICT) as window:
        yield window


def form(studio: Studio) -> Iterator[QWidget]:
    """A form with figures and a table; an error, a question and a blank cell."""
    with studio.window(DISTRICT) as window:
        page = _open(studio, window, 6)
        _type(page, "planned", "12000")
        _type(page, "planted", "31500")
        _type(page, "on_enterprises", "40000")
        studio.settle()
        yield window


def form_end(studio: Studio) -> Iterator[QWidget]:
    """The end of the same form: care, and the sentence of the report."""
    with studio.window(DISTRICT) as window:
        page = _open(studio, window, 6)
        page.scroll_to_end()
        studio.settle()
        yield window


def form_table(studio: Studio) -> Iterator[QWidget]:
    """A table of entries: the winners of a contest."""
    with studio.window(CONTEST) as window:
        window.open_sheet(SheetKey(19, CONTEST, ROUND), "winners/1/award")
        studio.settle()
        yield window


SCREENS: dict[str, Screen] = {
    "first_start": first_start,
    "due": due,
    "form": form,
    "form_end": form_end,
    "form_table": form_table,
    **office_screens.SCREENS,
    **exchange_screens.SCREENS,
    **key_screens.SCREENS,
}


def _open(studio: Studio, window: Window, measure: int) -> FormPage:
    window.open_sheet(SheetKey(measure, DISTRICT, ROUND))
    studio.settle()
    return cast("FormPage", window.page("form"))


def _type(page: FormPage, name: str, text: str) -> None:
    if page.body is not None:
        page.body.cells[name].editor.typed.emit(text)


def take(widget: QWidget, file: Path) -> None:
    """Save a picture in 256 colours: screens are plain, and the files stay small."""
    from PIL import Image

    widget.grab().save(str(file))
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT)
    small.save(file, optimize=True)


def registers(folder: Path) -> dict[str, Path]:
    """Copies of the example's registers by territory; the example is made when it is not there."""
    if not (folder / "registers").is_dir():
        from taza_desktop.demo.example import make

        make(folder, "kk")
    from taza_desktop.register.register import Register

    found: dict[str, Path] = {}
    for path in (folder / "registers").glob("*.taza-register"):
        copy = Path(_HOME.name) / path.name
        shutil.copy(path, copy)
        with Register.open(copy) as register:
            found[register.office.territory] = copy
    return found


def main(into: Path, names: list[str]) -> None:
    """Take the pictures of the screens named, of all when none is."""
    into.mkdir(parents=True, exist_ok=True)
    studio = Studio(make_app(["screens"]), registers(Path("build/demo")))
    for language, theme in LOOKS:
        studio.wear(language, theme)
        for name in names or SCREENS:
            for widget in SCREENS[name](studio):
                take(widget, into / f"{name}-{language}-{theme}.png")
                print(name, language, theme)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

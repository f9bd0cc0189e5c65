"""The screens of sending, receiving, overseeing and reporting, for `installer.screens`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from taza_desktop.demo.offices import PASSPHRASE
from taza_desktop.merging.undo import undo
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.ui.map_values import Asked

if TYPE_CHECKING:
    from installer.screens import Studio
    from taza_desktop.ui.board_page import BoardPage
    from taza_desktop.ui.inbox_page import InboxPage
    from taza_desktop.ui.window import Window

ROUND = Round.parse("2024")
DISTRICT, REGION, REPUBLIC = "391000000", "390000000", "000000000"
NEIGHBOUR, STRANGER = "393600000", "431000000"
PACKAGES = Path("build/demo/packages")
DISPUTED = (SheetKey(52, DISTRICT, ROUND.code), "trained")
PLANTED = Asked(6, "planted")
MERGED_TAB, CONFLICTS_TAB = 1, 2


@contextmanager
def _scratch(studio: Studio, *territories: str) -> Generator[Path]:
    """Copies of registers that a screen may change, and a folder."""
    kept = studio.registers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = {each: Path(shutil.copy(kept[each], folder)) for each in territories}
        studio.registers = {**kept, **copies}
        yield folder
        studio.registers = kept


def _front(studio: Studio, window: Window, name: str) -> QWidget:
    window.go(name)
    studio.settle()
    return window.page(name)


def _page(territory: str, name: str) -> Callable[[Studio], Iterator[QWidget]]:
    """A screen that needs no more than a page in front."""

    def screen(studio: Studio) -> Iterator[QWidget]:
        with studio.window(territory) as window:
            _front(studio, window, name)
            yield window

    return screen


def send_first(studio: Studio) -> Iterator[QWidget]:
    """A clerk who has no key yet."""
    with _scratch(studio) as folder:
        path = folder / "Денисов.taza-register"
        key = SheetKey(6, "394000000", ROUND.code)
        with Register.create(path, Office("clerk", key.territory, "Айгүл Серікова")) as register:
            register.set_cell(key, "planned", 1200)
            register.set_cell(key, "planted", 2850)
        studio.registers[key.territory] = path
        with studio.window(key.territory) as window:
            _front(studio, window, "send")
            yield window


def inbox(studio: Studio) -> Iterator[QWidget]:
    """Packages that have just come, one of them from elsewhere."""
    with _scratch(studio, REGION):
        with Register.open(studio.registers[REGION]) as register:
            for package in register.packages("in"):
                undo(register, package.envelope.package_id)
        with studio.window(REGION) as window:
            page = cast("InboxPage", _front(studio, window, "inbox"))
            senders = (DISTRICT, NEIGHBOUR, STRANGER)
            page.new.take([PACKAGES / f"{each}-{ROUND.code}-1.taza" for each in senders])
            studio.settle()
            yield window


def inbox_merged(studio: Studio) -> Iterator[QWidget]:
    """Packages that can be taken back."""
    with studio.window(REPUBLIC) as window:
        page = cast("InboxPage", _front(studio, window, "inbox"))
        page.tabs.setCurrentIndex(MERGED_TAB)
        studio.settle()
        yield window


def inbox_conflict(studio: Studio) -> Iterator[QWidget]:
    """The district and the region corrected the same figure."""
    with _scratch(studio, REGION, DISTRICT) as folder:
        with Register.open(studio.registers[DISTRICT]) as clerk:
            clerk.set_cell(*DISPUTED, 34)
            package = export(clerk, load_plan(), ROUND, folder, PASSPHRASE).path
        with Register.open(studio.registers[REGION]) as register:
            register.set_cell(*DISPUTED, 28)
        with studio.window(REGION) as window:
            page = cast("InboxPage", _front(studio, window, "inbox"))
            page.new.take([package])
            page.new.merge_all()
            page.tabs.setCurrentIndex(CONFLICTS_TAB)
            studio.settle()
            yield window


def board_map(studio: Studio) -> Iterator[QWidget]:
    """Where a region stands, on the map."""
    with studio.window(REGION) as window:
        page = cast("BoardPage", _front(studio, window, "board"))
        page.show_map()
        studio.settle()
        yield window


def board_map_figure(studio: Studio) -> Iterator[QWidget]:
    """Saplings planted, by region."""
    with studio.window(REPUBLIC) as window:
        page = cast("BoardPage", _front(studio, window, "board"))
        page.show_map(PLANTED)
        studio.settle()
        yield window


SCREENS: dict[str, Callable[[Studio], Iterator[QWidget]]] = {
    "send_first": send_first,
    "send": _page(DISTRICT, "send"),
    "outbox": _page(DISTRICT, "outbox"),
    "inbox": inbox,
    "inbox_merged": inbox_merged,
    "inbox_conflict": inbox_conflict,
    "board": _page(REGION, "board"),
    "board_ministry": _page(REPUBLIC, "board"),
    "board_map": board_map,
    "board_map_figure": board_map_figure,
    "report": _page(REGION, "report"),
    "people": _page(REGION, "people"),
}

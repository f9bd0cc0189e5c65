"""The screens of sending, receiving, overseeing and reporting, for `installer.screens`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from installer.scratch import DISTRICT, NEIGHBOUR, REGION, REPUBLIC, ROUND, front, scratch
from taza_desktop.demo.offices import PASSPHRASE
from taza_desktop.merging.undo import undo
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.register import Register
from taza_desktop.ui.map_values import Asked

if TYPE_CHECKING:
    from installer.screens import Studio
    from taza_desktop.ui.board_page import BoardPage
    from taza_desktop.ui.inbox_page import InboxPage

STRANGER = "431000000"
PACKAGES = Path("build/demo/packages")
DISPUTED = (SheetKey(52, DISTRICT, ROUND.code), "trained")
PLANTED = Asked(6, "planted")
MERGED_TAB, CONFLICTS_TAB = 1, 2


def _page(territory: str, name: str) -> Callable[[Studio], Iterator[QWidget]]:
    """A screen that needs no more than a page in front."""

    def screen(studio: Studio) -> Iterator[QWidget]:
        with studio.window(territory) as window:
            front(studio, window, name)
            yield window

    return screen


def inbox(studio: Studio) -> Iterator[QWidget]:
    """Packages that have just come, one of them from elsewhere."""
    with scratch(studio, REGION):
        with Register.open(studio.registers[REGION]) as register:
            for package in register.packages("in"):
                undo(register, package.envelope.package_id)
        with studio.window(REGION) as window:
            page = cast("InboxPage", front(studio, window, "inbox"))
            senders = (DISTRICT, NEIGHBOUR, STRANGER)
            page.new.take([PACKAGES / f"{each}-{ROUND.code}-1.taza" for each in senders])
            studio.settle()
            yield window


def inbox_merged(studio: Studio) -> Iterator[QWidget]:
    """Packages that can be taken back."""
    with studio.window(REPUBLIC) as window:
        page = cast("InboxPage", front(studio, window, "inbox"))
        page.tabs.setCurrentIndex(MERGED_TAB)
        studio.settle()
        yield window


def inbox_conflict(studio: Studio) -> Iterator[QWidget]:
    """The district and the region corrected the same figure."""
    with scratch(studio, REGION, DISTRICT) as folder:
        with Register.open(studio.registers[DISTRICT]) as clerk:
            clerk.set_cell(*DISPUTED, 34)
            package = export(clerk, load_plan(), ROUND, folder, PASSPHRASE).path
        with Register.open(studio.registers[REGION]) as register:
            register.set_cell(*DISPUTED, 28)
        with studio.window(REGION) as window:
            page = cast("InboxPage", front(studio, window, "inbox"))
            page.new.take([package])
            page.new.merge_all()
            page.tabs.setCurrentIndex(CONFLICTS_TAB)
            studio.settle()
            yield window


def board_map(studio: Studio) -> Iterator[QWidget]:
    """Where a region stands, on the map."""
    with studio.window(REGION) as window:
        page = cast("BoardPage", front(studio, window, "board"))
        page.show_map()
        studio.settle()
        yield window


def board_map_figure(studio: Studio) -> Iterator[QWidget]:
    """Saplings planted, by region."""
    with studio.window(REPUBLIC) as window:
        page = cast("BoardPage", front(studio, window, "board"))
        page.show_map(PLANTED)
        studio.settle()
        yield window


SCREENS: dict[str, Callable[[Studio], Iterator[QWidget]]] = {
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

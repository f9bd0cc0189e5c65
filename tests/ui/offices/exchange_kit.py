"""What the tests of exchange in the window have in common."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taza_desktop.exchange import outbox
from taza_desktop.exchange.outbox import Parcel
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.places import put_place
from taza_desktop.register.register import Register
from taza_desktop.ui.exchange_settings import ExchangeSettings
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.pages import Part, Receiving, Sending, Sent
from tests.ui.offices.world import ALGA, GOOD, REGION, World, key
from tests.ui.pages import Shell, settle

PATIENCE = 15_000  # ms
PHOTO = b"%PDF-1.4\n" + random.Random(6).randbytes(600_000) + b"\n%%EOF\n"  # does not shrink


def meets(world: World, where: Where) -> None:
    """Both offices know the place."""
    for path in (world.region, world.clerk()):
        with Register.open(path) as register:
            put_place(register, REGION, where)


def parcels(path: Path) -> list[Parcel]:
    """What another program would find in the outbox."""
    with Register.open(path) as register:
        return outbox.parcels(register)


def pill(shell: Shell) -> str:
    return shell.find(QPushButton, "line").text()


def waits_for_pill(qtbot: QtBot, shell: Shell, text: str) -> None:
    def says() -> None:
        assert text in pill(shell)

    qtbot.waitUntil(says, timeout=PATIENCE)


def signs_and_sends(qtbot: QtBot, shell: Shell) -> Sending:
    page = Sending(shell)
    qtbot.waitUntil(lambda: page.has_button("Sign and send"), timeout=PATIENCE)
    page.types("Passphrase of your key", PASSPHRASE)
    page.clicks("Sign and send")
    return page


def states(shell: Shell) -> list[str]:
    return [line[6] for line in Sent(shell).lines()]


def opens_sealed(received: Receiving) -> None:
    """An answer is encrypted for the clerk."""
    received.picks("", "arrivals")
    received.types("Passphrase of your key", PASSPHRASE)
    received.clicks("Unlock and read")
    received.picks("", "arrivals")


def with_photo(world: World) -> None:
    """A sheet with a file that takes a while on a thin line."""
    world.enters(GOOD)
    with Register.open(world.clerk()) as register:
        held = register.attach(PHOTO, "act.pdf")
        register.add_entry(key(), "plantings", {"place": ALGA, "planted": 5, "photo": held})


class Dialog(Part):
    """The settings of exchange, open while the block runs."""

    def __init__(self, shell: Shell, dialog: ExchangeSettings | None = None) -> None:
        assert shell.desk._context is not None
        self.dialog = dialog or ExchangeSettings(shell.desk._context, shell.window)
        super().__init__(self.dialog, shell)

    def is_over(self) -> bool:
        return self.dialog.isHidden()

    def __enter__(self) -> Dialog:
        self.dialog.open()
        settle()
        return self

    def __exit__(self, *_: object) -> None:
        assert self.dialog.isHidden()
        self.dialog.deleteLater()

    def reads(self, text: str) -> bool:
        return any(text in each for each in self.texts())

    def signs(self) -> dict[str, str]:
        """What each step says to a screen reader."""
        said = (each.accessibleName() for each in self.all(QLabel))
        return dict(each.rsplit(": ", 1) for each in said if ": " in each)


def in_dialog(shell: Shell, answer: Callable[[Dialog], None], opens: Callable[[], None]) -> None:
    """Do something in the settings that a click opens, until they are gone."""
    faults: list[BaseException] = []

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExchangeSettings)
        try:
            answer(Dialog(shell, dialog))
        except BaseException as fault:  # told where the test runs, not in Qt's loop
            faults.append(fault)
            dialog.reject()

    QTimer.singleShot(0, run)
    opens()
    for fault in faults:
        raise fault


def signs_and_sends_later(qtbot: QtBot, shell: Shell) -> None:
    """The line is not there; signing goes on all the same."""
    page = Sending(shell)
    text = "Sign; it goes when connected"
    qtbot.waitUntil(lambda: page.has_button(text), timeout=PATIENCE)
    page.types("Passphrase of your key", PASSPHRASE)
    page.clicks(text)

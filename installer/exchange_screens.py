"""The screens of exchange, for `installer.screens`; nothing is sent anywhere for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from taza_desktop.demo.offices import PASSPHRASE
from taza_desktop.errors import Refusal
from taza_desktop.exchange import outbox
from taza_desktop.exchange.checking import Check, Report
from taza_desktop.exchange.faults import refusal_of
from taza_desktop.exchange.jobs import Progress
from taza_desktop.exchange.layout import Item
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.places import put_place
from taza_desktop.exchange.requests import Response
from taza_desktop.packages.keys import keyring
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register

if TYPE_CHECKING:
    from installer.screens import Studio
    from taza_desktop.ui.window import Window

ROUND = Round.parse("2024")
DISTRICT, REGION = "391000000", "390000000"
ADDRESS = "https://cloud.qostanai.gov.kz/remote.php/dav/files/rudny/taza"
WHERE = Where("webdav", ADDRESS)
AGO = 1_500  # ms; the window has then read what the register knows of exchange
MOST = 5_000_000  # bytes of the package that is being sent in the picture


def outbox_states(studio: Studio) -> Iterator[QWidget]:
    """Packages at every point of the way, one of them being sent."""
    with _by_hand(studio, DISTRICT) as window:
        ids = [one.package.envelope.package_id for one in _parcels(studio)]
        exchange = studio.exchange(window)
        exchange.show(Progress(ids[0], 2_130_000, MOST, 61_000.0, 47.0))
        window.go("outbox")
        studio.settle()
        yield window
        exchange.show(None)
        studio.settle()
        page = window.page("outbox")
        page.findChildren(QWidget, "packages")[0].selectRow(1)  # type: ignore[attr-defined]
        studio.settle()
        yield window

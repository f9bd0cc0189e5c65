"""The screens of exchange, for `installer.screens`; nothing is sent anywhere for them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from taza_desktop.demo.offices import PASSPHRASE
from taza_desktop.exchange import inbox, outbox
from taza_desktop.exchange.checking import Check, Report, steps_of
from taza_desktop.exchange.faults import refusal_of
from taza_desktop.exchange.inbox import Found
from taza_desktop.exchange.jobs import Progress, Trip, note_trip
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.places import office_above, put_place
from taza_desktop.exchange.requests import Response
from taza_desktop.packages.keys import keyring
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.register import Register
from taza_desktop.ui.exchange_packing import submit
from taza_desktop.ui.exchange_service import Exchange
from taza_desktop.ui.exchange_settings import ExchangeSettings

if TYPE_CHECKING:
    from installer.screens import Studio
    from taza_desktop.ui.listing import Listing
    from taza_desktop.ui.outbox_way import Sent
    from taza_desktop.ui.window import Window

ROUND = Round.parse("2024")
DISTRICT, REGION = "391000000", "390000000"
ADDRESS = "https://cloud.qostanai.gov.kz/remote.php/dav/files/rudny/taza"
WHERE = Where("webdav", ADDRESS)
SIZE = 5_000_000  # bytes of the package that is being sent in the picture
FAILS = 2  # row of the outbox


@contextmanager
def _window(
    studio: Studio, territory: str, *, prepared: bool = True, photos: bool = False
) -> Generator[Window]:
    """The window on a copy of a register, with packages at every point of their way; by hand."""
    kept, by_hand = studio.registers, studio.settings.exchange_by_hand
    with tempfile.TemporaryDirectory() as name:
        path = Path(shutil.copy(kept[territory], name))
        if prepared:
            with Register.open(path) as register:
                (_prepare_photos if photos else _prepare)(register, Path(name))
        studio.registers = {**kept, territory: path}
        studio.settings.exchange_by_hand = True
        with studio.window(territory) as window:
            studio.settle()  # exchange begins a moment after the window
            yield window
        studio.registers, studio.settings.exchange_by_hand = kept, by_hand


def _prepare(register: Register, folder: Path) -> None:
    plan, ring = load_plan(), keyring(PASSPHRASE)
    put_place(register, office_above(register, plan.territories), WHERE)
    made = [export(register, plan, ROUND, folder / str(at), ring).package_id for at in range(4)]
    placed, fails, *_rest = made
    for one in made:
        outbox.queue(register, one)
    outbox.hand_over(register, placed)
    load = outbox.next_load(register, plan, wanted=[fails])
    if load is not None:
        slow = Response(fault="timeout")
        trip = Trip(load)
        trip.tell(1_200)
        note_trip(register, trip, refusal_of(slow, ADDRESS), 0)


def _prepare_photos(register: Register, folder: Path) -> None:
    """Figures that are at the place, photos of a planting that are not."""
    plan, ring = load_plan(), keyring(PASSPHRASE)
    put_place(register, office_above(register, plan.territories), WHERE)
    key = SheetKey(6, DISTRICT, ROUND.code)
    held = register.attach(b"%PDF-1.4\n" + bytes(range(256)) * 4000 + b"\n%%EOF\n", "act.pdf")
    register.add_entry(key, "plantings", {"place": DISTRICT, "planted": 5, "photo": held})
    figures, photos = (one.package_id for one in submit(register, plan, ROUND, ring))
    load = outbox.next_load(register, plan, wanted=[figures])
    if load is not None:
        outbox.note_sent(register, load, load.item, 0)
    outbox.queue(register, photos)


def _list(window: Window) -> Listing[Sent]:
    return cast("Listing[Sent]", window.page("outbox").findChild(QWidget, "packages"))


def outbox_sending(studio: Studio) -> Iterator[QWidget]:
    """Packages at every point of the way, the newest being sent."""
    with _window(studio, DISTRICT) as window:
        window.go("outbox")
        studio.settle()
        newest = _list(window).current()
        exchange = cast("Exchange", window.findChild(Exchange))
        if newest is not None:
            progress = Progress(newest.package_id, 2_130_000, SIZE, 61_000.0, 47.0)
            exchange.stood.emit(replace(exchange.standing, progress=progress))
        studio.settle()
        yield window


def outbox_failing(studio: Studio) -> Iterator[QWidget]:
    """A package that could not be sent yet: why, and when it is tried again."""
    with _window(studio, DISTRICT) as window:
        window.go("outbox")
        _list(window).choose(FAILS)
        studio.settle()
        yield window


def exchange_test(studio: Studio) -> Iterator[QWidget]:
    """A place whose password is refused."""
    with _window(studio, DISTRICT) as window:
        context = window.context
        dialog = ExchangeSettings(context, window)
        dialog.open()
        denied = refusal_of(Response(401), ADDRESS)
        works = dict.fromkeys(steps_of(WHERE)[:3], True)
        checks = [
            Check(step, works.get(step, False if step == "listing" else None),
                  denied if step == "listing" else None)
            for step in steps_of(WHERE)
        ]  # fmt: skip
        dialog.checks.show_report(WHERE, Report(ADDRESS, checks))
        studio.settle()
        yield dialog
        dialog.done(0)
        dialog.deleteLater()


def exchange_proxy(studio: Studio) -> Iterator[QWidget]:
    """A proxy that lets nobody through, and the place of an office with an authority of its own."""
    with _window(studio, DISTRICT) as window:
        exchange = window.context.exchange
        proxy = "proxy.qostanai.gov.kz:3128"
        exchange.proxies.asking = proxy
        fault = refusal_of(Response(fault="proxy-auth"), ADDRESS)
        exchange.standing = replace(exchange.standing, fault=fault)
        dialog = ExchangeSettings(window.context, window)
        dialog.open()
        studio.settle()
        yield dialog
        dialog.done(0)
        dialog.deleteLater()


def exchange_s3(studio: Studio) -> Iterator[QWidget]:
    """A bucket with all that can be said about it."""
    with _window(studio, DISTRICT, prepared=False) as window:
        with Register.open(window.context.path) as register:
            above = office_above(register, load_plan().territories)
            at = f"v1/{above}/{DISTRICT}"
            put_place(
                register, above,
                Where("s3", "http://s3.qostanai.lan:8333", "taza", "kz-1", at, plain=True),
            )  # fmt: skip
        dialog = ExchangeSettings(window.context, window)
        dialog.open()
        studio.settle()
        yield dialog
        dialog.done(0)
        dialog.deleteLater()


def exchange_log(studio: Studio) -> Iterator[QWidget]:
    """Every attempt in words."""
    from taza_desktop.ui.exchange_log import ExchangeLog

    with _window(studio, DISTRICT) as window:
        dialog = ExchangeLog(window.context, parent=window)
        dialog.open()
        studio.settle()
        yield dialog
        dialog.done(0)
        dialog.deleteLater()


def outbox_photos_wait(studio: Studio) -> Iterator[QWidget]:
    """On a line that costs by size: the figures are there, the photos wait."""
    with _window(studio, DISTRICT, photos=True) as window:
        studio.settings.photos_wait = "always"
        window.context.exchange.settings_changed()
        window.go("outbox")
        studio.settle()
        yield window
        studio.settings.photos_wait = "metered"


def send_offered(studio: Studio) -> Iterator[QWidget]:
    """The card names a place that is not in use yet."""
    with _window(studio, DISTRICT, prepared=False) as window:
        window.go("send")
        exchange = cast("Exchange", window.findChild(Exchange))
        known = exchange.standing.known._replace(offered={REGION: WHERE})
        exchange.standing = replace(exchange.standing, known=known)
        exchange.stood.emit(exchange.standing)
        studio.settle()
        yield window


def inbox_fetched(studio: Studio) -> Iterator[QWidget]:
    """What the place brought: a package, a number that never came, a file that is none."""
    with _window(studio, REGION, prepared=False) as window:
        _bring(studio, window)
        window.go("inbox")
        studio.settle()
        yield window


def _bring(studio: Studio, window: Window) -> None:
    plan, ring = load_plan(), keyring(PASSPHRASE)
    with tempfile.TemporaryDirectory() as name:
        path = Path(shutil.copy(studio.registers[DISTRICT], name))
        with Register.open(path) as clerk, Register.open(window.context.path) as region:
            put_place(region, REGION, WHERE)
            _first, made = (export(clerk, plan, ROUND, Path(name) / one, ring) for one in "12")
            outbox.queue(clerk, made.package_id)
            put_place(clerk, REGION, WHERE)
            load = outbox.next_load(clerk, plan)
            if load is not None:
                inbox.take_in(region, plan, Found(load.item, len(load.data)), load.data)
                torn = load.item._replace(seq=9, sha16="0123456789abcdef")
                inbox.take_in(region, plan, Found(torn, 9), b"torn")
    window.context.exchange.settings_changed()
    studio.settle()


def send_by_line(studio: Studio) -> Iterator[QWidget]:
    """Signing where a place is known."""
    with _window(studio, DISTRICT) as window:
        window.go("send")
        studio.settle()
        yield window


SCREENS: dict[str, Callable[[Studio], Iterator[QWidget]]] = {
    "outbox_sending": outbox_sending,
    "outbox_failing": outbox_failing,
    "exchange_test": exchange_test,
    "exchange_log": exchange_log,
    "exchange_proxy": exchange_proxy,
    "exchange_s3": exchange_s3,
    "inbox_fetched": inbox_fetched,
    "outbox_photos_wait": outbox_photos_wait,
    "send_offered": send_offered,
    "send_by_line": send_by_line,
}

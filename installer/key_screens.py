"""The screens of keys: enrolment on both sides, encrypted packages, what is unlocked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QRadioButton, QWidget

from installer.scratch import DISTRICT, NEIGHBOUR, REGION, ROUND, front, scratch
from taza_desktop.demo.offices import PASSPHRASE
from taza_desktop.merging.undo import undo
from taza_desktop.packages import card, credentials
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.ui import choosing
from taza_desktop.ui.code_entry import CodeEntry
from taza_desktop.ui.listing import Listing
from taza_desktop.ui.people_call import CallStep
from taza_desktop.ui.people_certify import CertifyCard
from taza_desktop.ui.people_who import WhoStep
from taza_desktop.ui.send_card_step import CardStep
from taza_desktop.ui.unlock_field import UnlockField

if TYPE_CHECKING:
    from installer.screens import Studio
    from taza_desktop.ui.inbox_page import InboxPage

NEW = "394000000"
W = TypeVar("W", bound=QWidget)


def _in(whole: QWidget, kind: type[W]) -> W:
    """The first part of that kind."""
    return whole.findChildren(kind)[0]


def _press(part: QWidget, place: int) -> None:
    part.findChildren(QPushButton)[place].click()


def _open(part: QWidget, file: Path) -> None:
    """Press the first button of a part, which asks for a file, and answer with this one."""
    asked = choosing.ask_open
    choosing.ask_open = lambda parent, title, kinds, settings: file
    _press(part, 0)
    choosing.ask_open = asked


def _clerk(studio: Studio, folder: Path) -> None:
    """A clerk who has just begun, with something to send."""
    path = folder / "Денисов.taza-register"
    key = SheetKey(6, NEW, ROUND.code)
    with Register.create(path, Office("clerk", NEW, "Айгүл Серікова")) as register:
        register.set_cell(key, "planned", 1200)
        register.set_cell(key, "planted", 2850)
    studio.registers[NEW] = path


def _card(studio: Studio) -> tuple[bytes, tuple[str, ...]]:
    """The region's card and its code."""
    with Register.open(studio.registers[REGION]) as region:
        return card.make(region, PASSPHRASE), card.digits(region)


def _type(entry: CodeEntry, groups: Sequence[str]) -> None:
    """As if it had been typed."""
    lines = entry.findChildren(QLineEdit)
    lines[0].setText(" ".join(groups))
    lines[0].textEdited.emit(lines[0].text())


def send_first(studio: Studio) -> Iterator[QWidget]:
    """A clerk who has no key yet."""
    with scratch(studio) as folder:
        _clerk(studio, folder)
        with studio.window(NEW) as window:
            front(studio, window, "send")
            yield window


def send_code(studio: Studio) -> Iterator[QWidget]:
    """The card is chosen, one group of its code was misread."""
    with scratch(studio, REGION) as folder:
        _clerk(studio, folder)
        data, code = _card(studio)
        with studio.window(NEW) as window:
            page = front(studio, window, "send")
            step = _in(page, CardStep)
            file = folder / "region.taza-card"
            file.write_bytes(data)
            _open(step, file)
            _type(_in(step, CodeEntry), (*code[:2], "12345", *code[3:]))
            _press(step, -1)
            studio.settle()
            yield window


def send_call(studio: Studio) -> Iterator[QWidget]:
    """The request is made: six groups are read by phone."""
    with scratch(studio, REGION) as folder:
        _clerk(studio, folder)
        data, code = _card(studio)
        with Register.open(studio.registers[NEW]) as clerk:
            card.take(clerk, data, " ".join(code))
        with Register.open(studio.registers[NEW]) as clerk:
            credentials.request(clerk, PASSPHRASE)
        with studio.window(NEW) as window:
            front(studio, window, "send")
            yield window


def send_unlocked(studio: Studio) -> Iterator[QWidget]:
    """The keys are open; what is still to be done stands below."""
    with studio.window(DISTRICT) as window:
        page = front(studio, window, "send")
        unlock = _in(page, UnlockField)
        _in(unlock, QLineEdit).setText(PASSPHRASE)
        unlock.run(lambda _register, _ring: None, lambda _done: None, lambda _no: None, page)
        studio.settle()
        yield window


def people_begin(studio: Studio) -> Iterator[QWidget]:
    """A coordinator's first minute."""
    with scratch(studio) as folder:
        path = folder / "Қостанай.taza-register"
        Register.create(path, Office("region", REGION, "Ерлан Сапаров")).close()
        studio.registers = {**studio.registers, REGION: path}
        with studio.window(REGION) as window:
            front(studio, window, "people")
            yield window


def people_call(studio: Studio) -> Iterator[QWidget]:
    """A clerk is on the phone; one group was misheard."""
    with scratch(studio, REGION) as folder:
        _clerk(studio, folder)
        with Register.open(studio.registers[NEW]) as clerk:
            asked = credentials.request(clerk, PASSPHRASE)
            code = credentials.phone_code(clerk)
        with studio.window(REGION) as window:
            page = front(studio, window, "people")
            file = folder / "request.pem"
            file.write_bytes(asked)
            _open(_in(page, CertifyCard), file)
            who, call = _in(page, WhoStep), _in(page, CallStep)
            territory = _in(who, QComboBox)
            territory.setCurrentIndex(territory.findData(NEW))
            name = who.findChildren(QLineEdit)[-1]
            name.setText("Серікова Айгүл Маратқызы")
            name.textEdited.emit(name.text())
            _type(_in(call, CodeEntry), (*code[:3], "54321", *code[4:]))
            studio.settle()
            yield window


def people_revoke(studio: Studio) -> Iterator[QWidget]:
    """A key was stolen."""
    with studio.window(REGION) as window:
        page = front(studio, window, "people")
        _in(page, Listing).choose(0)
        next(
            one for one in page.findChildren(QPushButton) if one.property("role") == "danger"
        ).click()
        page.findChildren(QRadioButton)[1].click()
        studio.settle()
        yield window


def inbox_sealed(studio: Studio) -> Iterator[QWidget]:
    """Encrypted packages wait for the passphrase."""
    with scratch(studio, REGION, DISTRICT, NEIGHBOUR) as folder:
        with Register.open(studio.registers[REGION]) as region:
            for package in region.packages("in"):
                undo(region, package.envelope.package_id)
        data, code = _card(studio)
        for each in (DISTRICT, NEIGHBOUR):
            with Register.open(studio.registers[each]) as clerk:
                card.take(clerk, data, " ".join(code))
                export(clerk, load_plan(), ROUND, folder / "stick", PASSPHRASE)
        with studio.window(REGION) as window:
            page = cast("InboxPage", front(studio, window, "inbox"))
            page.new.take([folder / "stick"])
            studio.settle()
            yield window


def keys(studio: Studio) -> Iterator[QWidget]:
    """Everything about the keys of a register."""
    with studio.window(DISTRICT) as window:
        front(studio, window, "keys")
        yield window


SCREENS: dict[str, Callable[[Studio], Iterator[QWidget]]] = {
    "send_first": send_first,
    "send_code": send_code,
    "send_call": send_call,
    "send_unlocked": send_unlocked,
    "people_begin": people_begin,
    "people_call": people_call,
    "people_revoke": people_revoke,
    "inbox_sealed": inbox_sealed,
    "keys": keys,
}

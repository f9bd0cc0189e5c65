"""What an errand asks of the register before and after the network: the same for all drivers."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.exchange import inbox, journal, keystore, outbox
from taza_desktop.exchange.download import SPOILT
from taza_desktop.exchange.inbox import Arrival, Read
from taza_desktop.exchange.layout import Item
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.looking import Found, Look, looks
from taza_desktop.exchange.outbox import Load
from taza_desktop.exchange.place import Credential, Where, open_place
from taza_desktop.exchange.shelf import FolderShelf
from taza_desktop.plan.catalogue import Plan
from taza_desktop.register.bulk import for_good
from taza_desktop.register.register import Register

_VERIFIES = ("cryptography.x509", "PIL.Image", "pyhanko.sign.validation.generic_cms")


class Progress(NamedTuple):
    """How far the package under way is.

    Attributes:
        speed: bytes a second so far; 0 before anything arrived.
        left: seconds that the rest takes at that speed; 0 while it is unknown.
    """

    package_id: str
    arrived: int
    size: int
    speed: float
    left: float


@dataclass
class Trip:
    """A package under way: what has arrived of it, how much of that before."""

    load: Load
    begun: float = field(default_factory=time.monotonic)
    arrived: int = 0
    _before: int = -1

    def tell(self, arrived: int) -> None:
        """So many bytes are at the place for sure."""
        self.arrived = arrived
        if self._before < 0:
            self._before = arrived

    @property
    def progress(self) -> Progress:
        """Percent, speed and time left follow from this."""
        size, seconds = len(self.load.data), time.monotonic() - self.begun
        new = self.arrived - max(self._before, 0)
        speed = new / seconds if new and seconds else 0.0
        left = (size - self.arrived) / speed if speed else 0.0
        return Progress(self.load.package_id, self.arrived, size, speed, left)


def next_load(
    register: Register, plan: Plan, *, only_data: bool = False, wanted: Sequence[str] = ()
) -> tuple[Load | None, float | None]:
    """The next package and, when there is none, the seconds until one is due.

    `wanted`: these before all others, due or not, photos also over a metered line.

    What takes long the first time is done here, where waiting holds nobody up.
    """
    load = outbox.next_load(register, plan, wanted=wanted) if wanted else None
    load = load or outbox.next_load(register, plan, only_data=only_data)
    if load is not None:
        _make_ready(load.where)
    return load, outbox.due_in(register)


def next_looks(register: Register, plan: Plan, *, all_of_it: bool) -> list[Look]:
    """The lanes to look into, their credentials looked up."""
    inbox.tidy(register)
    FolderShelf.sweep(register.clock())
    lanes = looks(register, plan, all_of_it=all_of_it)
    for where in {one.where for one in lanes}:
        _make_ready(where)
    return lanes


def what_to_see(
    register: Register, plan: Plan, *, all_of_it: bool
) -> tuple[list[Look], list[Load]]:
    """The lanes to look into and, on a full look, packages that may have vanished unconfirmed."""
    left = outbox.unanswered(register, plan) if all_of_it else []
    return next_looks(register, plan, all_of_it=all_of_it), left


def note_trip(register: Register, trip: Trip, end: Item | Refusal, reach: int) -> None:
    """Write down how it ended: at the place, or to be tried again."""
    if isinstance(end, Item):
        outbox.note_sent(register, trip.load, end, reach)
    else:
        outbox.note_failed(register, trip.load, end, trip.arrived, reach)
    refusal = end if isinstance(end, Refusal) else None
    seconds, place = time.monotonic() - trip.begun, trip.load.where.label
    journal.write(register, "send", place, trip.load.package_id, seconds, trip.arrived, refusal)


def note_arrival(
    register: Register, plan: Plan, at: Look, found: Found, data: bytes, read: Read | None = None
) -> Arrival:
    """Verify and keep what was fetched, and write it down."""
    _load(*_VERIFIES)
    arrival = inbox.take_in(register, plan, found, data, read)
    said = (arrival.code, arrival.text) if arrival.state == "refused" else ("", "")
    journal.write(register, "fetch", at.where.label, found.item.path, size=len(data), said=said)
    return arrival


def note_unfetched(register: Register, at: Look, found: Found, refusal: Refusal) -> None:
    """Write down why something could not be fetched; what is spoilt is not asked for again soon."""
    if refusal.code in SPOILT:
        inbox.refuse(register, found, refusal)
    journal.write(register, "fetch", at.where.label, found.item.path, refusal=refusal)


def note_vanished(register: Register, load: Load) -> None:
    """A package that nobody has confirmed is not at its place any more: it goes again."""
    times = journal.count(register, load.package_id, "look", "EXC-VANISHED")
    refusal = outbox.note_vanished(register, load, times)
    journal.write(register, "look", load.where.label, load.package_id, refusal=refusal)


def _make_ready(where: Where) -> None:
    """Ask the key store and load what is needed there, before the window's loop has to wait."""
    if where.kind != "folder":
        _load("keyring", "lxml.etree")
    open_place(where, keystore.recall(where) or Credential(), Line())


def _load(*names: str) -> None:
    """Load modules as something that stays."""
    if not all(name in sys.modules for name in names):
        with for_good():
            for name in names:
                import_module(name)

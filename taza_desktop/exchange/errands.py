"""Whole errands of an office, one after another, for who can wait: the command line and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self, TypeVar

from taza_desktop.errors import Refusal
from taza_desktop.exchange import journal, outbox
from taza_desktop.exchange.checking import Report, check
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.inbox import Arrival, Read
from taza_desktop.exchange.jobs import (
    Trip,
    next_looks,
    note_arrival,
    note_trip,
    note_unfetched,
    note_vanished,
)
from taza_desktop.exchange.layout import Item, Lane
from taza_desktop.exchange.looking import Found, Look, new
from taza_desktop.exchange.outbox import Load
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.requests import Steps
from taza_desktop.exchange.session import Session
from taza_desktop.exchange.shelf import FolderShelf
from taza_desktop.plan.catalogue import Plan
from taza_desktop.register.register import Register

T = TypeVar("T")
Tell = Callable[[Load, int], None]  # bytes of the package that are at the place


@dataclass
class Fetched:
    """What an errand for packages came back with.

    Attributes:
        failed: why a lane could not be looked into, or a package not be fetched, by its path.
    """

    arrived: list[Arrival] = field(default_factory=list[Arrival])
    failed: dict[str, Refusal] = field(default_factory=dict[str, Refusal])


@dataclass
class Errands:
    """An office and the lines to its places.

    Attributes:
        read: how a package is verified; that of `packages` unless told otherwise.
    """

    register: Register
    plan: Plan
    session: Session
    read: Read | None = None
    _drivers: dict[str, HttpDriver] = field(default_factory=dict[str, HttpDriver])

    def send(
        self, *, only_data: bool = False, wanted: Sequence[str] = (), tell: Tell | None = None
    ) -> Iterator[tuple[Load, Refusal | None]]:
        """Send what is due, one after another; each with its refusal when it failed."""
        tried: set[str] = set()
        while True:
            left = [one for one in wanted if one not in tried]
            if wanted and not left:
                return
            load = outbox.next_load(self.register, self.plan, only_data=only_data, wanted=left)
            if load is None or load.package_id in tried:
                return
            tried.add(load.package_id)
            yield load, self._send(load, tell)

    def look_after(self) -> list[str]:
        """Send again what no longer lies whole at its place; returns those packages' ids."""
        lost: list[str] = []
        for load in outbox.unanswered(self.register, self.plan):
            if not self._run(load.where, self.session.lies_there(load)):
                note_vanished(self.register, load)
                lost.append(load.package_id)
        return lost

    def fetch(self, *, all_of_it: bool = True) -> Fetched:
        """Fetch what is new in every lane and verify it; merges nothing."""
        fetched = Fetched()
        for at in next_looks(self.register, self.plan, all_of_it=all_of_it):
            try:
                found = self._run(at.where, self.session.looking(at))
            except Refusal as refusal:
                journal.write(self.register, "look", at.where.label, refusal=refusal)
                fetched.failed[at.lane.folder] = refusal
                continue
            for one in new(self.register, found):
                self._fetch(at, one, fetched)
        return fetched

    def check(self, where: Where, lane: Lane) -> Report:
        """Try a place step by step. Refuses EXC-NO-CREDENTIAL."""
        place, line = self.session.place(where), self.session.line(where)
        report = self._run(where, check(place, where, line, lane))
        journal.write(self.register, "test", where.label, refusal=report.failed)
        return report

    def close(self) -> None:
        """Close every connection."""
        for driver in self._drivers.values():
            driver.close()
        self._drivers.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _send(self, load: Load, tell: Tell | None) -> Refusal | None:
        trip = Trip(load)

        def told(count: int) -> None:
            trip.tell(count)
            if tell:
                tell(load, count)

        end: Item | Refusal
        try:
            end = self._run(load.where, self.session.sending(load, told))
        except Refusal as refusal:
            end = refusal
        note_trip(self.register, trip, end, self.session.reach(load.where))
        return end if isinstance(end, Refusal) else None

    def _run(self, where: Where, steps: Steps[T]) -> T:
        if where.key not in self._drivers:
            self._drivers[where.key] = HttpDriver(where.authority)
        return self._drivers[where.key].run(steps)

    def _fetch(self, at: Look, found: Found, fetched: Fetched) -> None:
        shelf, path = FolderShelf(found.item.sha16), found.item.path
        try:
            data = self._run(at.where, self.session.fetching(at, found, shelf))
        except Refusal as refusal:
            fetched.failed[path] = refusal
            note_unfetched(self.register, at, found, refusal)
            return
        arrival = note_arrival(self.register, self.plan, at, found, data, self.read)
        fetched.arrived.append(arrival)

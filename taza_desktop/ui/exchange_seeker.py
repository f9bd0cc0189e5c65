"""What is to be seen at the places: lanes to look into, packages that lie there, own ones that may
have vanished. One errand at a time; who carries packages out says when."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from taza_desktop.errors import Refusal
from taza_desktop.exchange import journal
from taza_desktop.exchange.inbox import Arrival
from taza_desktop.exchange.jobs import (
    note_arrival,
    note_unfetched,
    note_vanished,
    what_to_see,
)
from taza_desktop.exchange.looking import Found, Look, new
from taza_desktop.exchange.outbox import Load
from taza_desktop.exchange.session import Session
from taza_desktop.exchange.shelf import FolderShelf
from taza_desktop.plan.catalogue import Plan
from taza_desktop.register.register import Register
from taza_desktop.ui.exchange_runner import Runner
from taza_desktop.ui.worker import Worker

T = TypeVar("T")
_FULL = 6 * 3600  # seconds between looks from the beginning of every lane


class Seeker(QObject):
    """Looks and fetches, for the register that is open.

    Signals:
        over: an errand ended, well or not; the next one may begin.
        lost: a package that was sent is not there any more, and is queued again.
        came: (Arrival); failed: (Refusal) of an errand.
    """

    over = Signal()
    lost = Signal()
    came = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        worker: Worker[Register],
        plan: Plan,
        session: Session,
        runner: Runner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._plan, self._session, self._runner = worker, plan, session, runner
        self._wants_look, self._looked_at = False, 0.0
        self._looks: deque[Look] = deque()
        self._left: deque[Load] = deque()  # at a place, not confirmed; whether they still lie there
        self._found: deque[tuple[Look, Found]] = deque()

    def wish(self, *, whole: bool = False) -> None:
        """Have the lanes looked into at the next opportunity; `whole`: from their beginning."""
        self._wants_look = True
        if whole:
            self._looked_at = 0.0

    def begin(self) -> bool:
        """Begin the next errand; False when there is nothing to see."""
        if self._found:
            self._fetch(*self._found.popleft())
        elif self._left:
            self._look_after(self._left.popleft())
        elif self._looks:
            self._look(self._looks.popleft())
        elif self._wants_look:
            self._choose_lanes()
        else:
            return False
        return True

    def clear(self) -> None:
        """Nothing is to be seen any more."""
        for each in (self._looks, self._found, self._left):
            each.clear()
        self._wants_look = False

    def _choose_lanes(self) -> None:
        now, self._wants_look = time.monotonic(), False
        full = not self._looked_at or now - self._looked_at > _FULL
        self._looked_at = now if full else self._looked_at

        def looked(found: tuple[list[Look], list[Load]]) -> None:
            self._looks.extend(found[0])
            self._left.extend(found[1])
            self.over.emit()

        self._note(lambda register: what_to_see(register, self._plan, all_of_it=full), looked)

    def _look_after(self, load: Load) -> None:
        """What no longer lies at its place whole, though nobody confirmed it, is sent again."""

        def seen(there: bool) -> None:
            if there:
                self.over.emit()
            else:
                self._note(
                    lambda register: note_vanished(register, load), lambda _: self.lost.emit()
                )

        lies_there = self._session.lies_there
        self._runner.run(load.where, lambda: lies_there(load), seen, lambda _: self.over.emit())

    def _look(self, at: Look) -> None:
        label = at.where.label

        def keep(came: list[Found]) -> None:
            self._found.extend((at, one) for one in came)
            self.over.emit()

        def failed(refusal: Refusal) -> None:
            self._looks = deque(one for one in self._looks if one.where != at.where)
            self._tell(refusal, lambda it: journal.write(it, "look", label, refusal=refusal))

        self._runner.run(
            at.where,
            lambda: self._session.looking(at),
            lambda found: self._note(lambda register: new(register, found), keep),
            failed,
        )

    def _fetch(self, at: Look, found: Found) -> None:
        shelf, plan = FolderShelf(found.item.sha16), self._plan

        def failed(refusal: Refusal) -> None:
            self._tell(refusal, lambda it: note_unfetched(it, at, found, refusal))

        self._runner.run(
            at.where,
            lambda: self._session.fetching(at, found, shelf),
            lambda data: self._note(
                lambda register: note_arrival(register, plan, at, found, data), self._arrived
            ),
            failed,
        )

    def _arrived(self, arrival: Arrival) -> None:
        self.came.emit(arrival)
        self.over.emit()

    def _tell(self, refusal: Refusal, write: Callable[[Register], None]) -> None:
        """A look or a fetch that failed is told and written down; the next errand goes on."""
        self.failed.emit(refusal)
        self._note(write, lambda _: self.over.emit())

    def _note(self, job: Callable[[Register], T], then: Callable[[T], None]) -> None:
        def failed(refusal: Refusal) -> None:
            self.failed.emit(refusal)
            self.over.emit()

        self._worker.run(job, then, failed, owner=self)

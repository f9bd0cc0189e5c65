"""The postman: sends what waits and fetches what has come while the window is open.

The register is used on its worker only, the network in Qt's loop; one errand at a time, packages
that go out before those that come in.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from taza_desktop.errors import Refusal
from taza_desktop.exchange import journal, keystore, outbox
from taza_desktop.exchange.inbox import Arrival
from taza_desktop.exchange.jobs import (
    Trip,
    next_load,
    note_arrival,
    note_trip,
    note_unfetched,
    note_vanished,
    what_to_see,
)
from taza_desktop.exchange.layout import Item
from taza_desktop.exchange.looking import Found, Look, new
from taza_desktop.exchange.outbox import Load
from taza_desktop.exchange.session import Session
from taza_desktop.exchange.shelf import FolderShelf
from taza_desktop.plan.catalogue import Plan
from taza_desktop.register.register import Register
from taza_desktop.ui.exchange_driver import AskProxy
from taza_desktop.ui.exchange_runner import Runner
from taza_desktop.ui.worker import Worker

T = TypeVar("T")
# Seconds between looks behind the last name seen, and between full ones.
_QUICK, _FULL = 10 * 60, 6 * 3600
_SOON = 2.0  # seconds from a network that is back to the first attempt


class Postman(QObject):
    """Carries packages for the register that is open.

    Signals:
        changed: outbox or inbox say something new; pages read them again.
        progress: (Progress); came: (list[Arrival]), after a look that brought something.
        failed: a Refusal of the last errand, which is tried again; worked: one reached its end.
        busy: whether anything is under way.

    Attributes:
        only_data: photos wait, as the line is a metered one.
        by_hand: nothing is begun that nobody asked for.
    """

    changed = Signal()
    progress = Signal(object)
    came = Signal(list)
    failed = Signal(object)
    worked = Signal()
    busy = Signal(bool)

    def __init__(
        self,
        worker: Worker[Register],
        plan: Plan,
        session: Session | None = None,
        ask_proxy: AskProxy | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session or Session(recall=keystore.held)
        self.only_data = self.by_hand = False
        self._worker = worker
        self._plan = plan
        self._runner = Runner(ask_proxy, self)
        self._runner.worked.connect(self.worked)
        self._trip: Trip | None = None
        self._wanted: list[str] = []  # ids of packages that a person wants to go at once
        self._closed = False
        self._asking = self._ask_again = False  # the worker, what to do next
        self._wants_look, self._looked_at = False, 0.0
        self._looks: deque[Look] = deque()
        self._left: deque[Load] = deque()  # at a place, not confirmed; whether they still lie there
        self._found: deque[tuple[Look, Found]] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self._look_timer = QTimer(self)
        self._look_timer.setInterval(_QUICK * 1000)
        self._look_timer.timeout.connect(self._look_quickly)

    def start(self) -> None:
        """Begin: send what is due, look what has come, and again from time to time."""
        if not self.by_hand:
            self._look_timer.start()
            self.look_now()

    def use(self, *, only_data: bool, by_hand: bool) -> None:
        """Go on in another way."""
        begins = self.by_hand and not by_hand
        self.only_data, self.by_hand = only_data, by_hand
        if by_hand:
            self._timer.stop()
            self._look_timer.stop()
        elif begins:
            self.start()
        else:
            self._next()

    def send_now(self, package_id: str) -> None:
        """Queue a package, or try it now instead of after its pause; photos whatever they cost."""

        def queued(_: None) -> None:
            self._wanted.append(package_id)
            self._told(None)

        self._worker.run(lambda register: outbox.queue(register, package_id), queued, owner=self)

    def stop(self, package_id: str) -> None:
        """Send it no more; what has arrived stays at the place."""
        self._leave(package_id, outbox.stop)

    def hand_over(self, package_id: str) -> None:
        """A stick takes it instead."""
        self._leave(package_id, outbox.hand_over)

    def look_now(self) -> None:
        """See what has come, from the beginning of every lane."""
        self._looked_at = 0.0
        self._look_quickly()

    def line_is_back(self) -> None:
        """What waits for its pause to end goes soon; not at once, as a new line is shaky."""
        if not self.by_hand:
            self._worker.run(outbox.line_is_back, lambda _: None, owner=self)
            self._timer.start(round(_SOON * 1000))

    def credential_is_known(self) -> None:
        """Somebody mended what was wrong with a place: all that waits is tried at once."""
        self._worker.run(outbox.line_is_back, self._told, owner=self)

    def close(self) -> None:
        """Stop at once; what is on its way goes on another day."""
        self._closed = True
        self._timer.stop()
        self._look_timer.stop()
        self._trip = None
        self._runner.close()
        for each in (self._looks, self._found, self._left):
            each.clear()
        self._wants_look = False

    def _told(self, _: None) -> None:
        self.changed.emit()
        self._next()

    def _next(self) -> None:
        """Ask the worker what is to be done, unless something is under way."""
        self._ask_again = self._asking
        if not self._runner.busy and not self._asking and not self._closed:
            self._asking = True
            only_data, wanted = self.only_data, tuple(self._wanted)
            self._worker.run(
                lambda it: next_load(it, self._plan, only_data=only_data, wanted=wanted),
                lambda choice: self._chosen(choice, wanted),
                self._not_chosen,
                owner=self,
            )

    def _chosen(self, choice: tuple[Load | None, float | None], wanted: tuple[str, ...]) -> None:
        self._asking = False
        load, due_in = choice
        done = {load.package_id} if load else set(wanted)  # what is not there any more too
        self._wanted = [one for one in self._wanted if one not in done]
        if self._closed:
            return
        self.busy.emit(True)
        if load is not None:
            self._carry(load)
        elif self._found:
            self._fetch(*self._found.popleft())
        elif self._left:
            self._look_after(self._left.popleft())
        elif self._looks:
            self._look(self._looks.popleft())
        elif self._wants_look:
            self._plan_looks()
        elif self._ask_again:
            self._next()
        else:
            self.busy.emit(False)
            if due_in is not None and not self.by_hand:
                self._timer.start(round(min(due_in + 0.1, 3600.0) * 1000))

    def _not_chosen(self, refusal: Refusal) -> None:
        self._asking = False
        rest, self._wanted = not self._wanted, []
        self.failed.emit(refusal)
        if rest:
            self.busy.emit(False)
        else:
            self._next()  # what was wanted cannot go; the others can

    def _carry(self, load: Load) -> None:
        trip = self._trip = Trip(load)

        def told(arrived: int) -> None:
            trip.tell(arrived)
            self.progress.emit(trip.progress)

        def failed(refusal: Refusal) -> None:
            self.failed.emit(refusal)
            self._over(trip, refusal)

        self._runner.run(
            load.where,
            lambda: self.session.sending(load, told),
            lambda item: self._over(trip, item),
            failed,
        )

    def _over(self, trip: Trip, end: Item | Refusal) -> None:
        self._trip = None
        reach = self.session.reach(trip.load.where)
        self._note(lambda register: note_trip(register, trip, end, reach), self._told)

    def _plan_looks(self) -> None:
        now, self._wants_look = time.monotonic(), False
        full = not self._looked_at or now - self._looked_at > _FULL
        self._looked_at = now if full else self._looked_at

        def looked(found: tuple[list[Look], list[Load]]) -> None:
            self._looks.extend(found[0])
            self._left.extend(found[1])
            self._next()

        self._note(lambda register: what_to_see(register, self._plan, all_of_it=full), looked)

    def _look_after(self, load: Load) -> None:
        """What no longer lies at its place whole, though nobody confirmed it, is sent again."""

        def seen(there: bool) -> None:
            if there:
                self._next()
            else:
                self._note(lambda register: note_vanished(register, load), self._told)

        lies_there = self.session.lies_there
        self._runner.run(load.where, lambda: lies_there(load), seen, lambda _: self._next())

    def _look(self, at: Look) -> None:
        def keep(came: list[Found]) -> None:
            self._found.extend((at, one) for one in came)
            self._next()

        label = at.where.label

        def failed(refusal: Refusal) -> None:
            self._looks = deque(one for one in self._looks if one.where != at.where)
            self._tell(refusal, lambda it: journal.write(it, "look", label, refusal=refusal))

        self._runner.run(
            at.where,
            lambda: self.session.looking(at),
            lambda found: self._note(lambda register: new(register, found), keep),
            failed,
        )

    def _fetch(self, at: Look, found: Found) -> None:
        shelf, plan = FolderShelf(found.item.sha16), self._plan
        self._runner.run(
            at.where,
            lambda: self.session.fetching(at, found, shelf),
            lambda data: self._note(
                lambda register: note_arrival(register, plan, at, found, data), self._arrived
            ),
            lambda refusal: self._unfetched(at, found, refusal),
        )

    def _arrived(self, arrival: Arrival) -> None:
        self.came.emit([arrival])
        self.changed.emit()
        self._next()

    def _unfetched(self, at: Look, found: Found, refusal: Refusal) -> None:
        self._tell(refusal, lambda it: note_unfetched(it, at, found, refusal))

    def _tell(self, refusal: Refusal, write: Callable[[Register], None]) -> None:
        """A look or a fetch that failed is told and written down; the next errand goes on."""
        self.failed.emit(refusal)
        self._note(write, lambda _: self._next())

    def _note(self, job: Callable[[Register], T], then: Callable[[T], None]) -> None:
        self._worker.run(job, then, self._not_chosen, owner=self)

    def _leave(self, package_id: str, write: Callable[[Register, str], None]) -> None:
        """It goes no further; how that is to be remembered, `write` says."""
        if self._trip is not None and self._trip.load.package_id == package_id:
            self._trip = None
            self._runner.cancel()
        self._worker.run(lambda register: write(register, package_id), self._told)

    def _look_quickly(self) -> None:
        self._wants_look = True
        self._next()

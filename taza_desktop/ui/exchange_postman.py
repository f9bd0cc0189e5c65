"""The postman: sends what waits and has fetched what has come while the window is open.

The register is used on its worker only, the network in Qt's loop; one errand at a time, packages
that go out before those that come in.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from taza_desktop.errors import Refusal
from taza_desktop.exchange import keystore, outbox
from taza_desktop.exchange.faults import passes
from taza_desktop.exchange.inbox import Arrival
from taza_desktop.exchange.jobs import Trip, next_load, note_trip
from taza_desktop.exchange.layout import Item
from taza_desktop.exchange.outbox import Load
from taza_desktop.exchange.session import Session
from taza_desktop.plan.catalogue import Plan
from taza_desktop.register.register import Register
from taza_desktop.ui.exchange_driver import AskProxy
from taza_desktop.ui.exchange_runner import Runner
from taza_desktop.ui.exchange_seeker import Seeker
from taza_desktop.ui.worker import Worker

Choice = tuple[Load | None, float | None]
# Seconds between looks; fewer while a person has to mend something, as places lock users out that
# come with a wrong password again and again.
_QUICK, _RARE = 10 * 60, 30 * 60
_HELD = 60.0  # seconds to the next question whether something may go that is due
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
        self._seeker = Seeker(worker, plan, self.session, self._runner, self)
        self._trip: Trip | None = None
        self._wanted: list[str] = []  # ids of packages that a person wants to go at once
        self._unwanted: list[str] = []  # those that a person stops just now
        self._closed = False
        self._asking = self._ask_again = False  # the worker, what to do next
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._look_timer = QTimer(self)
        self._look_timer.setInterval(_QUICK * 1000)
        self._connect()

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
        self._seeker.wish(whole=True)
        self._next()

    def line_is_back(self) -> None:
        """What waits for its pause to end goes soon; not at once, as a new line is shaky."""
        if not self.by_hand:
            self._seeker.wish()
            self._worker.run(outbox.line_is_back, lambda _: None, owner=self)
            self._timer.start(round(_SOON * 1000))

    def begin_anew(self) -> None:
        """Somebody mended a place, or named another: what is under way begins again, at once."""
        self._trip = None
        self._runner.close()
        self._seeker.clear()
        if not self.by_hand:
            self._look_timer.start(_QUICK * 1000)
            self._seeker.wish(whole=True)
        self._worker.run(outbox.line_is_back, self._told, owner=self)

    def close(self) -> None:
        """Stop at once; what is on its way goes on another day."""
        self._closed = True
        self._timer.stop()
        self._look_timer.stop()
        self._trip = None
        self._runner.close()
        self._seeker.clear()

    def _connect(self) -> None:
        self._timer.timeout.connect(self._next)
        self._look_timer.timeout.connect(self._look_quickly)
        self._runner.worked.connect(self._works)
        self._seeker.over.connect(self._next)
        self._seeker.lost.connect(self._told)
        self._seeker.came.connect(self._arrived)
        self._seeker.failed.connect(self._seeing_failed)

    def _told(self, _: object = None) -> None:
        self.changed.emit()
        self._next()

    def _next(self) -> None:
        """Ask the worker what is to be done, unless something is under way."""
        self._ask_again = self._asking
        if self._runner.busy or self._asking or self._closed:
            return
        self._asking = True
        only_data, wanted, by_hand = self.only_data, tuple(self._wanted), self.by_hand

        def choose(register: Register) -> Choice:
            if by_hand and not wanted:
                return None, None
            return next_load(register, self._plan, only_data=only_data, wanted=wanted)

        def chosen(choice: Choice) -> None:
            self._chosen(choice, wanted)

        self._worker.run(choose, chosen, self._not_chosen, owner=self)

    def _chosen(self, choice: Choice, wanted: tuple[str, ...]) -> None:
        self._asking = False
        load, due_in = choice
        done = {load.package_id} if load else set(wanted)  # what is not there any more too
        self._wanted = [one for one in self._wanted if one not in done]
        if self._closed:
            return
        self.busy.emit(True)
        if load is not None and load.package_id in self._unwanted:
            self._next()  # behind the word of the person, which the worker has still to write
        elif load is not None:
            self._carry(load)
        elif self._seeker.begin():
            pass
        elif self._ask_again:
            self._next()
        else:
            self._rest(due_in)

    def _rest(self, due_in: float | None = None) -> None:
        self.busy.emit(False)
        if due_in is not None and not self.by_hand:
            # What is due and does not go waits for something else: another line, a place.
            soon = min(due_in + 0.1, 3600.0) if due_in else _HELD
            self._timer.start(round(soon * 1000))

    def _not_chosen(self, refusal: Refusal) -> None:
        self._asking = False
        rest, self._wanted = not self._wanted, []
        self.failed.emit(refusal)
        if rest:
            self._rest()
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
        self._worker.run(
            lambda register: note_trip(register, trip, end, reach),
            self._told,
            self._not_chosen,
            owner=self,
        )

    def _leave(self, package_id: str, write: Callable[[Register, str], None]) -> None:
        """It goes no further; how that is to be remembered, `write` says."""
        if self._trip is not None and self._trip.load.package_id == package_id:
            self._trip = None
            self._runner.cancel()
        self._wanted = [one for one in self._wanted if one != package_id]
        self._unwanted.append(package_id)

        def left(refusal: Refusal | None) -> None:
            self._unwanted.remove(package_id)
            if refusal is not None:
                self.failed.emit(refusal)
            self._told()

        self._worker.run(lambda register: write(register, package_id), left, left, owner=self)

    def _arrived(self, arrival: Arrival) -> None:
        self.came.emit([arrival])
        self.changed.emit()

    def _works(self) -> None:
        self._look_every(_QUICK)
        self.worked.emit()

    def _seeing_failed(self, refusal: Refusal) -> None:
        if not passes(refusal.code):
            self._look_every(_RARE)
        self.failed.emit(refusal)

    def _look_every(self, seconds: int) -> None:
        if self._look_timer.interval() != seconds * 1000:  # else it would begin anew each time
            self._look_timer.setInterval(seconds * 1000)

    def _look_quickly(self) -> None:
        self._seeker.wish()
        self._next()

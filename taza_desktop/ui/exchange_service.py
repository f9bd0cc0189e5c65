"""Exchange while a register is open: the one object that pages, header and settings talk to."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QLocale, QObject, QTime, QTimer, Signal

from taza_desktop.i18n import language
from taza_desktop.ui.exchange_standing import Known, Standing, look

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.exchange.jobs import Progress
    from taza_desktop.exchange.place import Where
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.register import Register
    from taza_desktop.settings import Settings
    from taza_desktop.ui.exchange_network import Network
    from taza_desktop.ui.exchange_postman import Postman
    from taza_desktop.ui.exchange_proxy import ProxyLogins
    from taza_desktop.ui.worker import Worker

T = TypeVar("T")
_LOADED = ("taza_desktop.ui.exchange_network", "taza_desktop.ui.exchange_postman")
_TELLING = 0.2  # seconds
_PAINTED = 50  # ms; the header with its new pill has been laid out and painted by then
_AFTER_THE_WINDOW = 700  # ms; nothing of exchange is loaded before the first page is painted


class Exchange(QObject):
    """Sends and fetches while the window is open; without a place it loads nothing.

    Signals:
        stood: (Standing) how exchange stands is another way now.
        changed: outbox or inbox say something new; pages read them again.
        progress: (Progress) of the package that is being sent.
        came: (list[Arrival]) packages have come and been verified.
    """

    stood = Signal(object)
    changed = Signal()
    progress = Signal(object)
    came = Signal(list)

    def __init__(
        self,
        worker: Worker[Register],
        plan: Plan,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.standing = Standing(by_hand=settings.exchange_by_hand)
        self._worker, self._plan, self._settings = worker, plan, settings
        self._postman: Postman | None = None
        self._network: Network | None = None
        self._proxies: ProxyLogins | None = None
        self._tell_at = 0.0  # when progress is worth telling again
        self._closed = False
        self._has_worked = False  # an errand, since the last rest
        QTimer.singleShot(_AFTER_THE_WINDOW, self, self.refresh)

    @property
    def only_data(self) -> bool:
        """Whether photos wait now."""
        metered = self._network is not None and self._network.metered
        return {"always": True, "never": False}.get(self._settings.photos_wait, metered)

    @property
    def tells_cost(self) -> bool:
        """Whether this PC knows if its line costs by size; yes before anybody asked."""
        return self._network is None or self._network.tells_cost

    @property
    def proxies(self) -> ProxyLogins:
        """Who may use the proxies of this network."""
        if self._proxies is None:
            from taza_desktop.ui.exchange_proxy import ProxyLogins

            self._proxies = ProxyLogins(self._worker, self)
            self._proxies.known.connect(self.try_again)
        return self._proxies

    @property
    def postman(self) -> Postman | None:
        """Who carries; None while no place is known."""
        return self._postman

    def knows_place(self, office: str) -> bool:
        """Whether packages to and from that office can go over a line."""
        return office in self.standing.known.places

    def refresh(self) -> None:
        """Read anew what the register knows, e.g. after the place was changed."""
        if not self._closed:
            plan = self._plan
            self._worker.run(lambda it: _look_and_load(it, plan), self._looked, owner=self)

    def settings_changed(self) -> None:
        """Another place, another password, another way: begin anew with them."""
        self._stand(by_hand=self._settings.exchange_by_hand)
        self._use()
        self.try_again()

    def try_again(self) -> None:
        """Whatever was wrong may be mended now: nothing waits for its pause to end."""
        self._stand(fault=None, progress=None)
        if self._postman is not None:
            self._postman.begin_anew()
        self.refresh()

    def send(self, package_ids: Sequence[str]) -> None:
        """Let packages go now."""
        self._each(package_ids, lambda postman, one: postman.send_now(one))

    def submit(self, figures: str, photos: Sequence[str]) -> None:
        """Let a submission go that was just queued; its photos follow when the line allows it."""
        wanted = photos if self._settings.exchange_by_hand and not self.only_data else ()
        self.send([figures, *wanted])

    def pause(self, package_id: str) -> None:
        """Send it no more until a person wants it."""
        self._each([package_id], lambda postman, one: postman.stop(one))

    def hand_over(self, package_id: str) -> None:
        """A stick takes it instead."""
        self._each([package_id], lambda postman, one: postman.hand_over(one))

    def fetch(self) -> None:
        """See now what has come."""
        if self._postman is not None:
            self._postman.look_now()

    def close(self) -> None:
        """Stop at once; before the register is given back."""
        self._closed = True
        if self._postman is not None:
            self._postman.close()

    def _each(self, ids: Sequence[str], do: Callable[[Postman, str], None]) -> None:
        for one in ids:
            do(self._carrier(), one)

    def _looked(self, known: Known) -> None:
        if self._closed:
            return
        begins = bool(known.places) and self._postman is None
        self._stand(known=known)
        if begins:
            QTimer.singleShot(_PAINTED, self, self._begin)

    def _begin(self) -> None:
        if not self._closed and self._postman is None:
            self._carrier().start()

    def _carrier(self) -> Postman:
        """The postman, made when there is something for one to do."""
        if self._postman is None:
            from taza_desktop.ui.exchange_network import Network
            from taza_desktop.ui.exchange_postman import Postman

            self._network = Network(self)
            postman = self._postman = Postman(
                self._worker, self._plan, ask_proxy=self.proxies, parent=self
            )
            self._network.back.connect(postman.line_is_back)
            self._network.changed.connect(self._use)
            postman.changed.connect(self._something_changed)
            postman.came.connect(self.came)
            postman.progress.connect(self._progressed)
            postman.failed.connect(self._failed)
            postman.worked.connect(self._worked)
            postman.busy.connect(self._busy)
            self._use()
        return self._postman

    def _use(self) -> None:
        """Tell the postman what the network and the person allow."""
        if self._postman is not None and self._network is not None:
            by_hand = self._settings.exchange_by_hand
            self._postman.use(only_data=self.only_data, by_hand=by_hand)
            offline = self._network.offline and not self._all_folders()
            self._stand(offline=offline, only_data=self.only_data)

    def _all_folders(self) -> bool:
        places: Sequence[Where] = list(self.standing.known.places.values())
        return all(where.kind == "folder" for where in places)

    def _something_changed(self) -> None:
        self._stand(progress=None)
        self.changed.emit()
        self.refresh()

    def _progressed(self, progress: Progress) -> None:
        """Not each of the hundred parts that a fast line takes in a second."""
        if self.standing.progress is not None and time.monotonic() < self._tell_at:
            return
        self._tell_at = time.monotonic() + _TELLING
        self._stand(progress=progress)
        self.progress.emit(progress)

    def _failed(self, refusal: Refusal) -> None:
        self._stand(fault=refusal, progress=None)

    def _worked(self) -> None:
        self._has_worked = True
        self._stand(fault=None)

    def _busy(self, busy: bool) -> None:
        """All that was to be done is done: that is the moment to tell, if nothing failed."""
        at = self.standing.at
        if not busy and self._has_worked and self.standing.fault is None:
            at = QLocale(language()).toString(QTime.currentTime(), "HH:mm")
            self._has_worked = False
        self._stand(busy=busy, at=at)

    def _stand(self, **changes: Any) -> None:
        standing = replace(self.standing, **changes)
        if standing != self.standing:
            self.standing = standing
            self.stood.emit(standing)


def _look_and_load(register: Register, plan: Plan) -> Known:
    """What the register knows; with a place, also load who carries, as the window cannot wait."""
    from taza_desktop.register.bulk import for_good

    known = look(register, plan)
    if known.places and not all(name in sys.modules for name in _LOADED):
        with for_good():
            for name in _LOADED:
                import_module(name)
    return known

"""One protocol at a time in Qt's loop, each on the driver of its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from taza_desktop.errors import Refusal
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.requests import Steps
from taza_desktop.exchange.run import Run
from taza_desktop.ui.exchange_driver import AskProxy, QtDriver

T = TypeVar("T")


class Runner(QObject):
    """Runs protocols; connections to a place are kept for the next one.

    Signals:
        worked: a protocol reached its end; the line is good.
    """

    worked = Signal()

    def __init__(self, ask_proxy: AskProxy | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask_proxy = ask_proxy
        self._drivers: dict[Where, QtDriver] = {}
        self._cancel: Callable[[], None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a protocol is under way."""
        return self._cancel is not None

    def run(
        self,
        where: Where,
        steps: Callable[[], Steps[T]],
        done: Callable[[T], None],
        failed: Callable[[Refusal], None],
    ) -> None:
        """Begin; either of the two is called at the end, unless it is cancelled before."""

        def over(outcome: T) -> None:
            self._cancel = None
            self.worked.emit()
            done(outcome)

        def broke(fault: Exception) -> None:
            self._cancel = None
            if not isinstance(fault, Refusal):
                raise fault
            failed(fault)

        try:
            run = Run(steps(), self._driver(where), over, broke)
        except Refusal as refusal:  # nobody told who may use the place
            failed(refusal)
            return
        self._cancel = run.cancel
        run.start()

    def cancel(self) -> None:
        """End what is under way; nothing is called any more."""
        cancel, self._cancel = self._cancel, None
        if cancel is not None:
            cancel()

    def close(self) -> None:
        """End everything and give the connections back."""
        self.cancel()
        for driver in self._drivers.values():
            driver.deleteLater()
        self._drivers.clear()

    def _driver(self, where: Where) -> QtDriver:
        driver = self._drivers.get(where)
        if driver is None:
            driver = self._drivers[where] = QtDriver(where.authority, self._ask_proxy, self)
            driver.broke.connect(self._broke)
        return driver

    def _broke(self, fault: Exception) -> None:
        """A fault of the program: the protocol ends, the one dialog for such faults tells of it."""
        self.cancel()
        raise fault

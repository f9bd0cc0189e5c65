"""Both drivers behind one way to run a protocol to its end."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.requests import Steps
from taza_desktop.exchange.run import Run
from taza_desktop.ui.exchange_driver import AskProxy, QtDriver

T = TypeVar("T")


class QtRunner:
    """Runs protocols in a loop of its own."""

    def __init__(self, authority: str = "", ask_proxy: AskProxy | None = None) -> None:
        self.driver = QtDriver(authority, ask_proxy)

    def run(self, steps: Steps[T]) -> T:
        loop = QEventLoop()
        outcome: list[T] = []
        faults: list[Exception] = []

        def done(value: T) -> None:
            outcome.append(value)
            loop.quit()

        def failed(fault: Exception) -> None:
            faults.append(fault)
            loop.quit()

        self.driver.broke.connect(failed)
        run = Run(steps, self.driver, done, failed)
        run.start()
        if not run.over:
            loop.exec()
        self.driver.broke.disconnect()
        for fault in faults:
            raise fault
        return outcome[0]

    def close(self) -> None:
        self.driver.abort()
        self.driver.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


RUNNERS = {"http.client": HttpDriver, "Qt": QtRunner}
AnyRunner = HttpDriver | QtRunner

"""The driver of the command line: http.client in a few threads, the system's proxies and roots."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from taza_desktop.exchange import driver_folder
from taza_desktop.exchange.connections import Connections
from taza_desktop.exchange.line import ABREAST
from taza_desktop.exchange.requests import Request, Response, Steps
from taza_desktop.exchange.run import Answered, Run

T = TypeVar("T")


class HttpDriver:
    """Runs protocols one after another; what one asks for abreast goes over several connections."""

    def __init__(self, authority: str = "") -> None:
        """`authority`: PEM of certificates to trust besides the system's."""
        self._connections = Connections(authority)
        self._finished: queue.SimpleQueue[tuple[int, Answered, Response]] = queue.SimpleQueue()
        self._wanted: queue.SimpleQueue[tuple[int, Request, Answered] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._stopped = threading.Event()
        self._run = 0  # answers of an earlier run are nobody's

    def run(self, steps: Steps[T]) -> T:
        """Run a protocol to its end. Raises what it raises; KeyboardInterrupt ends it cleanly."""
        outcome: list[T] = []
        faults: list[Exception] = []
        run = Run(steps, self, outcome.append, faults.append)
        try:
            run.start()
            while not run.over:
                number, answered, response = self._finished.get()
                if number == self._run:
                    answered(response)
        finally:
            run.cancel()
        for fault in faults:
            raise fault
        return outcome[0]

    def start(self, request: Request, answered: Answered) -> None:
        """Have a thread do it."""
        self._wanted.put((self._run, request, answered))
        if len(self._threads) < ABREAST:
            thread = threading.Thread(target=self._work, name="exchange", daemon=True)
            self._threads.append(thread)
            thread.start()

    def abort(self) -> None:
        """Forget what is under way and cut its connections."""
        self._run += 1
        self._stopped.set()
        self._connections.cut()
        self._stopped = threading.Event()

    def close(self) -> None:
        """End the threads; call it when done."""
        self.abort()
        for _thread in self._threads:
            self._wanted.put(None)
        for thread in self._threads:
            thread.join()
        self._connections.close()

    def _work(self) -> None:
        while (wanted := self._wanted.get()) is not None:
            number, request, answered = wanted
            stopped = self._stopped
            if number == self._run and not stopped.wait(request.delay):
                self._finished.put((number, answered, self._answer(request)))

    def _answer(self, request: Request) -> Response:
        begun = time.monotonic()
        try:
            if request.is_here:
                return driver_folder.answer(request)
            return self._connections.answer(request)
        except Exception as fault:  # a thread that dies would leave the protocol waiting for ever
            seconds = time.monotonic() - begun
            return Response(fault="odd", seconds=seconds, says=f"{type(fault).__name__}: {fault}")

    def __enter__(self) -> HttpDriver:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def run_once(
    steps: Steps[T], authority: str = "", driver: Callable[..., HttpDriver] = HttpDriver
) -> T:
    """Run one protocol with a driver of its own."""
    with driver(authority) as own:
        return own.run(steps)

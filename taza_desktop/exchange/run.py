"""Running a protocol on a driver: starts what it asks for, hands back what has finished."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from taza_desktop.exchange.requests import Finished, Request, Response, Steps

T = TypeVar("T")
Answered = Callable[[Response], None]


class Driver(Protocol):
    """Does the I/O: `driver_http` with threads, `ui.exchange_driver` in Qt's loop."""

    def start(self, request: Request, answered: Answered) -> None:
        """Start a request and call `answered` once, at once or later, on the thread of the run."""
        ...

    def abort(self) -> None:
        """End everything under way; nothing is called any more."""
        ...


class Run(Generic[T]):
    """One protocol under way.

    `done` or `failed` is called once, unless the run is cancelled. An exception out of the
    protocol ends what else is under way.
    """

    def __init__(
        self,
        steps: Steps[T],
        driver: Driver,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._steps = steps
        self._driver = driver
        self._done = done
        self._failed = failed
        self._waiting: deque[Finished | None] = deque()
        self._busy = False
        self.over = False

    def start(self) -> None:
        """Begin; calls back before it returns when nothing needs time."""
        self._waiting.append(None)
        self._pump()

    def cancel(self) -> None:
        """Stop at once; what has arrived at the place stays there and is found again."""
        if not self.over:
            self._end()
            if not self._busy:
                self._steps.close()

    def _answered(self, request: Request, response: Response) -> None:
        if not self.over:
            self._waiting.append(Finished(request, response))
            self._pump()

    def _pump(self) -> None:
        """Take the steps that can be taken; an answer that comes at once waits for its turn."""
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting and not self.over:
                self._step(self._waiting.popleft())
        finally:
            self._busy = False
        if self.over:
            self._steps.close()

    def _step(self, finished: Finished | None) -> None:
        """Let the protocol go on, then start what it asks for."""
        try:
            wanted = next(self._steps) if finished is None else self._steps.send(finished)
        except StopIteration as stop:
            self._end()
            self._done(stop.value)
            return
        except Exception as fault:  # handed over whole: the caller knows what it can show
            self._end()
            self._failed(fault)
            return
        for request in wanted if not self.over else ():
            self._driver.start(request, lambda it, of=request: self._answered(of, it))

    def _end(self) -> None:
        self.over = True
        self._driver.abort()

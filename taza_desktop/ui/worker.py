"""One worker thread owns the register; slow work goes there, results come back."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Generic, NamedTuple, Protocol, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_


class Closable(Protocol):
    """What a worker can own."""

    def close(self) -> None:
        """Give the file back."""


class Nothing:
    """Owned by a worker whose jobs need no register."""

    def close(self) -> None:
        """There is nothing to give back."""


S = TypeVar("S", bound=Closable)
T = TypeVar("T")


class _Work(NamedTuple):
    job: Callable[[object], object]
    then: Callable[[object], None] | None
    failed: Callable[[Refusal], None] | None
    owner: QObject | None


class Worker(QObject, Generic[S]):
    """Runs jobs one after another on its own thread, and tells the main thread what came of them.

    A job is called with the thing that the worker owns (the register), which is opened by the first
    job and never leaves the thread. What comes back for a widget that is gone is dropped.

    Signals:
        refused: a Refusal that nobody asked for with `failed`.
        broke: the traceback of a fault of the program.
        busy: whether work is waiting.
    """

    refused = Signal(object)
    broke = Signal(str)
    busy = Signal(bool)
    _call = Signal(object, object, object)

    def __init__(
        self, open_: Callable[[], S], parent: QObject | None = None, path: Path = Path()
    ) -> None:
        """`path` is the file behind what is owned, named when the disk or the stick fails."""
        super().__init__(parent)
        self._open = open_
        self._path = path
        self._owned: S | None = None
        self._waiting = 0
        self._queue: SimpleQueue[_Work | None] = SimpleQueue()
        self._call.connect(self._on_main, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._loop, name="register", daemon=True)
        self._thread.start()

    def run(
        self,
        job: Callable[[S], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Refusal], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Queue a job; `then` gets its result, `failed` its refusal, both on the main thread.

        Without `failed` a refusal goes to the window's message bar. A fault of the program goes to
        the one dialog for them, and to `failed` as well so that the caller comes to rest. Nothing
        is called when `owner` (by default the object that `then` is a method of) is gone meanwhile.
        """
        owner = owner or _owner(then) or _owner(failed)
        self._count(+1)
        self._put(_Work(cast(Callable[[object], object], job), _any(then), failed, owner))

    def to_main(self, show: Callable[..., None]) -> Callable[..., None]:
        """A function for jobs to call, e.g. to tell progress: it runs `show` on the main thread."""

        def tell(*values: object) -> None:
            self._call.emit(show, values, _owner(show))

        return tell

    def close(self) -> None:
        """Finish what is queued, close what is owned, end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _put(self, work: _Work) -> None:
        self._queue.put(work)

    def _loop(self) -> None:
        while (work := self._queue.get()) is not None:
            self._do(work)
            del work  # what its job held is given back here, and at once
        self._release()

    def _release(self) -> None:
        if self._owned is not None:
            self._owned.close()
            self._owned = None

    def _do(self, work: _Work) -> None:
        """Do one job where the register lives and hand the outcome over.

        The job stays here: giving back a package of 50 MB takes a while.
        """
        job, work = work.job, work._replace(job=_was_done)
        try:
            with environment_faults(self._path):
                if self._owned is None:
                    self._owned = self._open()
                outcome = job(self._owned)
        except Refusal as refusal:
            self._hand_over(self._on_refused, work, refusal)
        except Exception:  # whatever it is, the person must not lose the window
            self._hand_over(self._on_broken, work, traceback.format_exc())
        else:
            self._hand_over(self._on_done, work, outcome)

    def _hand_over(self, to: Callable[..., None], work: _Work, outcome: object) -> None:
        self._call.emit(to, (work, outcome), None)

    def _on_main(self, to: Callable[..., None], values: tuple[object, ...], owner: object) -> None:
        if owner is None or shiboken6.isValid(owner):
            to(*values)

    def _on_done(self, work: _Work, outcome: object) -> None:
        self._count(-1)
        if work.then and _alive(work):
            work.then(outcome)

    def _on_refused(self, work: _Work, refusal: Refusal) -> None:
        self._count(-1)
        if work.failed is None:
            self.refused.emit(refusal)
        elif _alive(work):
            work.failed(refusal)

    def _on_broken(self, work: _Work, report: str) -> None:
        self._count(-1)
        self.broke.emit(report)
        if work.failed and _alive(work):
            work.failed(
                Refusal("APP-FAULT", N_("The program made a mistake. Nothing was changed."))
            )

    def _count(self, step: int) -> None:
        before, self._waiting = self._waiting, self._waiting + step
        if bool(before) != bool(self._waiting):
            self.busy.emit(bool(self._waiting))


class WorkerAtOnce(Worker[S]):
    """The same on the calling thread, at once: for tests, which then need not wait."""

    def __init__(
        self, open_: Callable[[], S], parent: QObject | None = None, path: Path = Path()
    ) -> None:
        QObject.__init__(self, parent)
        self._open = open_
        self._path = path
        self._owned = None
        self._waiting = 0

    def to_main(self, show: Callable[..., None]) -> Callable[..., None]:
        """The function itself."""
        return show

    def close(self) -> None:
        """Close what is owned."""
        self._release()

    def _put(self, work: _Work) -> None:
        self._do(work)

    def _hand_over(self, to: Callable[..., None], work: _Work, outcome: object) -> None:
        to(work, outcome)


def _was_done(_owned: object) -> None:
    """Stands where a job was."""


def _owner(of: object) -> QObject | None:
    it = getattr(of, "__self__", None)
    return it if isinstance(it, QObject) else None


def _alive(work: _Work) -> bool:
    return work.owner is None or shiboken6.isValid(work.owner)


def _any(then: Callable[[T], None] | None) -> Callable[[object], None] | None:
    return cast("Callable[[object], None] | None", then)

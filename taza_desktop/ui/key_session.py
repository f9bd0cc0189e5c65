"""The keys of the open register while somebody works: one passphrase for a while, then locked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from taza_desktop.errors import Refusal

if TYPE_CHECKING:
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.packages.session import Session
    from taza_desktop.register.register import Register
    from taza_desktop.settings import Settings
    from taza_desktop.ui.worker import Worker

T = TypeVar("T")
Clock = Callable[[], float]
_LOOKS = 5_000  # ms between looks at the clock
_WORKS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class KeySession(QObject):
    """Runs jobs that need keys; made with a register and locked for good when it is closed.

    Keys are opened and used in the worker. They are wiped here only while no such job is under
    way, so that none loses its key in the middle.

    Signals:
        changed: locked or unlocked; `name` tells which.
    """

    changed = Signal()

    def __init__(
        self, worker: Worker[Register], settings: Settings, clock: Clock = time.monotonic
    ) -> None:
        super().__init__()
        self._worker = worker
        self._settings = settings
        self._clock = clock
        self._session: Session | None = None  # made when keys are first wanted
        self._found, self._shown = "", ""  # whose keys are open: as the worker knows, as was told
        self._running = 0
        self._asks_store = settings.key_store
        self._timer = QTimer(self, interval=_LOOKS)
        self._timer.timeout.connect(self.look)

    @property
    def name(self) -> str:
        """Whose keys are open; empty while the passphrase must be typed."""
        return self._shown

    def run(
        self,
        job: Callable[[Register, Keyring], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Refusal], None] | None = None,
        owner: QObject | None = None,
        *,
        typed: str = "",
        new: bool = False,
    ) -> None:
        """Queue a job with the keyring; both callbacks run on the main thread.

        `typed` unlocks first; `new` when it is a passphrase that locks its first key in this job.
        Without it the keys must be open. A passphrase that is refused leaves them locked.
        """
        self._running += 1

        def whole(register: Register) -> T:
            return job(register, self._ring(register, typed, new=new))

        def done(outcome: T) -> None:
            self._rest()
            if then and (owner is None or shiboken6.isValid(owner)):
                then(outcome)

        def refused(refusal: Refusal) -> None:
            if refusal.code == "CRED-PASSPHRASE" or (typed and new):
                self._wipe()
            self._rest()
            if failed and (owner is None or shiboken6.isValid(owner)):
                failed(refusal)

        self._worker.run(whole, done, refused, owner=self)

    def keyring(self) -> Keyring:
        """The open keyring, for a job in the worker. Refuses CRED-LOCKED."""
        return self._made().keyring()

    def recall(self) -> None:
        """Unlock with what the system's key store has, when that was chosen; once until locked."""
        if self._asks_store and not self.name:
            self._asks_store = False
            self.run(lambda _register, _ring: None)

    def lock(self) -> None:
        """Wipe the keys as soon as no job needs them; the key store is not asked again."""
        self._asks_store = False
        if self._running:
            self._worker.run(lambda _register: None, lambda _nothing: self.lock(), owner=self)
        else:
            self._wipe()
            self._tell()

    def close(self) -> None:
        """Wipe the keys for good, after the worker has ended."""
        self._timer.stop()
        self._wipe()
        self._tell()

    def look(self) -> None:
        """Lock when nobody has worked here for long enough; a job under way is work."""
        if self._running:
            self.touch()
        elif self._session is not None and self._session.is_locked():
            self._found, self._asks_store = "", self._settings.key_store
            self._tell()

    def touch(self) -> None:
        """Somebody is working."""
        if self._session is not None:
            self._session.touch()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any key or click in a window that is watched is work."""
        if event.type() in _WORKS:
            self.touch()
        return False

    def _ring(self, register: Register, typed: str, *, new: bool) -> Keyring:
        """In the worker: the keyring, proved by opening a key with it."""
        session = self._made()
        secret = typed or (self._stored(register) if session.is_locked() else "")
        if not secret:
            return session.keyring()
        from taza_desktop.packages.session import holder

        ring = session.unlock(secret)
        self._found = register.office.name if new else holder(register, ring)
        return ring

    def _stored(self, register: Register) -> str:
        """What the key store has; a store that fails is as good as an empty one: one types."""
        if not self._settings.key_store:
            return ""
        from taza_desktop.packages import keystore

        found, _told = keystore.recall(register)
        return found.text() if found else ""

    def _made(self) -> Session:
        if self._session is None:
            from taza_desktop.packages.session import Session

            self._session = Session(clock=self._clock)
        return self._session

    def _wipe(self) -> None:
        if self._session is not None:
            self._session.lock()
        self._found = ""

    def _rest(self) -> None:
        self._running -= 1
        self._tell()

    def _tell(self) -> None:
        if self._shown != self._found:
            self._shown = self._found
            if self._shown:
                self._timer.start()
            else:
                self._timer.stop()
            self.changed.emit()

"""One unlock for a while of work: the keyring of a register, forgotten after idle minutes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import certificates, encoding
from taza_desktop.packages.keys import Keyring, Passphrase, Protector, no_keys

if TYPE_CHECKING:
    from taza_desktop.register.register import Register

IDLE = 15.0  # minutes
_HOLDERS = ("person", "operator", "authority", "request", "former")  # the likeliest first


class Session:
    """Holds a keyring while somebody works, and wipes it when nobody has for `idle` minutes.

    The window asks `keyring` whenever keys are needed, asks the person for the passphrase when it
    is locked, calls `touch` on any key or click, and `lock` when a register or the lid is closed.
    """

    def __init__(self, idle: float = IDLE, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = idle * 60
        self._clock = clock
        self._ring: Keyring | None = None
        self._last = 0.0

    def unlock(self, passphrase: str | Passphrase, protector: Protector | None = None) -> Keyring:
        """Begin with this passphrase; whether it opens the keys shows when they are used."""
        self.lock()
        self._ring, self._last = Keyring(passphrase, protector), self._clock()
        return self._ring

    def keyring(self) -> Keyring:
        """The keyring, and another spell of idle minutes. Refuses CRED-LOCKED."""
        if self.is_locked() or self._ring is None:
            raise Refusal(
                "CRED-LOCKED",
                N_("The keys are locked, as nobody worked here for a while. Type the passphrase."),
            )
        self._last = self._clock()
        return self._ring

    def is_locked(self) -> bool:
        """Whether the passphrase must be typed; wipes what has been idle for too long."""
        if self._ring is not None and self._clock() - self._last > self._limit:
            self.lock()
        return self._ring is None

    def touch(self) -> None:
        """Somebody is working."""
        if not self.is_locked():
            self._last = self._clock()

    def lock(self) -> None:
        """Wipe the passphrase and every open key."""
        if self._ring is not None:
            self._ring.forget()
        self._ring = None


def holder(register: Register, ring: Keyring) -> str:
    """Whose keys this passphrase opens: one of them is opened to prove it.

    Refuses CRED-NO-KEYS, CRED-PASSPHRASE (it opens none).
    """
    wrong: Refusal = no_keys()
    for name in _HOLDERS:
        stored = register.credential(name)
        if not stored:
            continue
        try:
            ring.identities(stored["key"])
        except Refusal as refusal:
            wrong = refusal
            continue
        signs = name in ("person", "operator")
        who = encoding.load(stored["certificate"]) if signs else None
        return certificates.name_of(who) if who else register.office.name
    raise wrong

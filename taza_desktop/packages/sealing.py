"""Encryption: a whole package wrapped by age for the people of the office that it goes to.

An office always has two recipients at least, the coordinator and the deputy, so that no package is
lost with one person. Debian's `age -d -i` opens what is made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages.keys import Keyring, Secret, keyring

if TYPE_CHECKING:
    from taza_desktop.register.register import Register

SUFFIX = ".age"
_MAGIC = b"age-encryption.org/v1\n"
_HOLDERS = ("operator", "authority", "person", "former")  # credentials, the likeliest first
_OTHER_KEY = "No matching keys found"  # pyrage has one class for all
_SAYS = {
    "PKG-SEALED": N_(
        "{file} is encrypted. Type the passphrase of your key, then open the file again."
    ),
    "PKG-NOT-FOR-US": N_(
        "{file} is encrypted for other people. Ask the sender to open the newest card of your"
        " office and to send the package again."
    ),
    "PKG-SEAL-BROKEN": N_(
        "{file} was damaged after it was encrypted. Copy it or ask for it again."
    ),
}


def new_identity() -> str:
    """A fresh age identity, `AGE-SECRET-KEY-1…`."""
    import pyrage

    return str(pyrage.x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """To whom something must be encrypted so that this identity opens it, `age1…`."""
    import pyrage

    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def is_sealed(data: bytes) -> bool:
    """Whether these are the bytes of an age file."""
    return data.startswith(_MAGIC)


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """The bytes encrypted, so that each of the recipients can open them alone."""
    import pyrage

    return pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(one) for one in recipients])


def unseal(data: bytes, identities: Iterable[str] | None, file: str) -> bytes:
    """The bytes as they were before they were sealed; those that were not are given back.

    `file` is its name for messages. Refuses PKG-SEALED (no identities), PKG-NOT-FOR-US,
    PKG-SEAL-BROKEN, and what unlocking the identities refuses.
    """
    if not is_sealed(data):
        return data
    if identities is None:
        raise _refusal("PKG-SEALED", file)
    import pyrage

    for identity in identities:
        try:
            return pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
        except pyrage.DecryptError as fault:
            if str(fault) != _OTHER_KEY:
                raise _refusal("PKG-SEAL-BROKEN", file) from fault
    raise _refusal("PKG-NOT-FOR-US", file)


class Identities:
    """The age identities of a register, unlocked only when a sealed file asks for them.

    `ask` gives what opens the keys; it is called once at most. Iterating refuses CRED-PASSPHRASE
    when that opens none of them.
    """

    def __init__(self, register: Register, ask: Callable[[], Secret]) -> None:
        stored = (register.credential(name).get("key") for name in _HOLDERS)
        self._locked = [key for key in stored if key]
        self._ask = ask
        self._ring: Keyring | None = None

    def __iter__(self) -> Iterator[str]:
        wrong: Refusal | None = None
        opened = 0
        for locked in self._locked:
            try:
                found = self._opened_by().identities(locked)
            except Refusal as refusal:
                wrong = refusal
                continue
            opened += 1
            yield from found
        if wrong is not None and not opened:
            raise wrong

    def _opened_by(self) -> Keyring:
        if self._ring is None:
            self._ring = keyring(self._ask())
        return self._ring


def _refusal(code: str, file: str) -> Refusal:
    return Refusal(code, _SAYS[code], file=file)

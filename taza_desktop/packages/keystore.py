"""The system's key store (Windows, macOS, Secret Service), for who does not want to type each time.

Off unless the user of this PC chose it (`Settings.key_store`). The passphrase lies there under the
register's own id. A store that fails is told of and never stops anything: one types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages.keys import Passphrase

if TYPE_CHECKING:
    from taza_desktop.register.register import Register

_SERVICE = "taza-desktop"
_GOOD = 1  # keyring's own measure: below are stores that do not protect


def is_there() -> bool:
    """Whether this PC has a store that protects what is put into it."""
    import keyring

    try:
        return keyring.get_keyring().priority >= _GOOD
    except Exception:  # a store may raise anything when it is asked for itself
        return False


def remember(register: Register, passphrase: Passphrase) -> None:
    """Put the passphrase into the store. Refuses CRED-STORE; nothing else depends on it."""
    import keyring

    if not is_there():
        raise _refusal("-")
    try:
        keyring.set_password(_SERVICE, register.id, passphrase.text())
    except Exception as fault:  # each system's store has errors of its own
        raise _refusal(type(fault).__name__) from None


def recall(register: Register) -> tuple[Passphrase | None, Refusal | None]:
    """The passphrase if the store has it, and what is to be told when the store failed."""
    import keyring

    try:
        found = keyring.get_password(_SERVICE, register.id) if is_there() else None
    except Exception as fault:  # as above
        return None, _refusal(type(fault).__name__)
    return (Passphrase(found), None) if found else (None, None)


def forget(register: Register) -> None:
    """Take the passphrase out of the store, if it is there. Refuses CRED-STORE."""
    import keyring

    try:
        if is_there() and keyring.get_password(_SERVICE, register.id) is not None:
            keyring.delete_password(_SERVICE, register.id)
    except Exception as fault:  # as above
        raise _refusal(type(fault).__name__) from None


def _refusal(what: str) -> Refusal:
    """Only the kind of the fault is told, as its text might hold what was stored."""
    return Refusal(
        "CRED-STORE",
        N_(
            "The key store of this PC cannot be used ({what})."
            " Nothing is lost: type the passphrase each time."
        ),
        what=what,
    )

"""Who may use a place: from the environment, else from the system's key store, else asked for.

Never in the register, in the settings or in a log.
"""

from __future__ import annotations

import json
import os
from typing import cast

from taza_desktop.errors import Refusal
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.i18n import N_

USER, SECRET = "TAZA_PLACE_USER", "TAZA_PLACE_SECRET"
_SERVICE = "taza-desktop exchange"
_GOOD = 1  # keyring's own measure: below are stores that do not protect
_KEPT: dict[str, Credential] = {}  # for as long as the program runs
_SAYS = N_(
    "The key store of this PC cannot be used ({what}). The password is kept until the program ends;"
    " on the command line put it into the variables {user} and {secret}."
)


def held(where: Where) -> Credential | None:
    """The credential as far as the store need not be asked for it, which may take long."""
    if where.kind == "folder":
        return Credential()
    if user := os.environ.get(USER):
        return Credential(user, os.environ.get(SECRET, ""))
    return _KEPT.get(where.key)


def recall(where: Where) -> Credential | None:
    """The credential of a place; None when nobody has told it here."""
    return held(where) or read(where.key)


def remember(where: Where, credential: Credential) -> Refusal | None:
    """Keep the credential; returns what to tell when the store failed and only memory has it."""
    _KEPT[where.key] = credential
    return write(where.key, credential)


def write(key: str, credential: Credential) -> Refusal | None:
    """Put a credential into the system's store; returns what to tell when that failed."""
    import keyring

    try:
        if keyring.get_keyring().priority < _GOOD:
            return _refusal("-")
        said = json.dumps([credential.user, credential.secret])
        keyring.set_password(_SERVICE, key, said)
    except Exception as fault:  # each system's store has errors of its own
        return _refusal(type(fault).__name__)
    return None


def forget(where: Where) -> None:
    """Take the credential out of memory and out of the store, if it is there."""
    _KEPT.pop(where.key, None)
    erase(where.key)


def erase(key: str) -> None:
    """Take a credential out of the store, if it is there. Refuses EXC-STORE."""
    import keyring

    try:
        if keyring.get_keyring().priority < _GOOD:
            return  # nothing was ever put there
        if keyring.get_password(_SERVICE, key) is not None:
            keyring.delete_password(_SERVICE, key)
    except Exception as fault:  # as above
        raise _refusal(type(fault).__name__) from None


def read(key: str) -> Credential | None:
    """What the store holds under that key, kept in memory from then on; it may take long."""
    import keyring

    try:
        said = keyring.get_password(_SERVICE, key)
        user, secret = cast("list[str]", json.loads(said)) if said else ("", "")
    except Exception:  # a store that fails is as one that holds nothing: the person is asked
        return None
    if not said:
        return None
    _KEPT[key] = Credential(user, secret)
    return _KEPT[key]


def _refusal(what: str) -> Refusal:
    """Only the kind of the fault is told, as its text might hold what was stored."""
    return Refusal("EXC-STORE", _SAYS, what=what, user=USER, secret=SECRET)

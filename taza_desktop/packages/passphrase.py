"""Changing the passphrase of a register's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.packages.keys import Secret, keyring, no_keys

if TYPE_CHECKING:
    from taza_desktop.register.register import Register

_HOLDERS = ("authority", "operator", "person", "request", "former")


def change(register: Register, old: Secret, new: Secret) -> list[str]:
    """Lock every key that the old passphrase opens with the new one.

    Returns the credentials whose keys have another passphrase and keep it. Backups made before
    keep the old one. Refuses CRED-NO-KEYS, CRED-PASSPHRASE (the old one opens nothing),
    CRED-NO-PASSPHRASE; then nothing is changed.
    """
    before, after = keyring(old), keyring(new)
    held = {name: parts for name in _HOLDERS if (parts := register.credential(name))}
    others: list[str] = []
    wrong: Refusal | None = None
    with register.transaction():
        for name, parts in held.items():
            try:
                key = before.relock(parts["key"], after)
            except Refusal as refusal:
                if refusal.code != "CRED-PASSPHRASE":
                    raise
                others.append(name)
                wrong = refusal
                continue
            register.put_credential(name, **{**parts, "key": key})
        if wrong is not None and len(others) == len(held):
            raise wrong
    if not held:
        raise no_keys()
    return others

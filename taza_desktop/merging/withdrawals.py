"""Who took a package back, when and why: what its `package:` record says (docs/decisions/0003)."""

from __future__ import annotations

from typing import NamedTuple

from taza_desktop.register.lineage import sides
from taza_desktop.register.model import REASON, WITHDRAWN, Record
from taza_desktop.register.register import Register


class Withdrawal(NamedTuple):
    """A package was taken back."""

    by: str  # name of the person
    office: str  # KATO code
    at: str  # UTC
    reason: str


def withdrawal(register: Register, package: Record) -> Withdrawal | None:
    """The withdrawal that stands about a package; None when it was not taken back."""
    revisions = register.active_revisions([package.id]).get(package.id, [])
    shown = sides(revisions, WITHDRAWN)[:1]
    if not shown or not shown[0].value:
        return None
    why = next((str(side.value) for side in sides(revisions, REASON) if side.value), "")
    return Withdrawal(shown[0].author, shown[0].office, shown[0].made, why)

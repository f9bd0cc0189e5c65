"""How far a package of this register has come: received above, and what was said of its sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_cells import ACCEPTED, RETURNED
from taza_desktop.register.reviewing_verdicts import Verdict, verdicts
from taza_desktop.register.shelf import StoredPackage

_RECEIVED = "received:"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an office above confirmed of a package that was sent to it.

    Attributes:
        received: when it was merged there, UTC; blank while nobody confirmed it.
        by: the person and the KATO code of the office that confirmed, blank with `received`.
        sheets: its sheets, with the verdict that stands about each.
    """

    package: StoredPackage
    received: str = ""
    by: tuple[str, str] = ("", "")
    sheets: dict[SheetKey, Verdict] = field(default_factory=dict[SheetKey, Verdict])

    def count(self, judgement: str) -> int:
        """How many of its sheets were judged so, and are still what was judged."""
        said = self.sheets.values()
        return sum(one.verdict == judgement and (one.fresh or not judgement) for one in said)

    @property
    def state(self) -> str:
        """The furthest: `returned` before `accepted` before `received` before `made`."""
        if self.count(RETURNED):
            return RETURNED
        if self.sheets and self.count(ACCEPTED) == len(self.sheets):
            return ACCEPTED
        return "received" if self.received else "made"


def receipts(register: Register, packages: Iterable[StoredPackage]) -> list[Receipt]:
    """The receipt of each package that was sent, in that order."""
    said: dict[str, dict[SheetKey, Verdict]] = {}
    found: list[Receipt] = []
    for package in packages:
        round_ = package.envelope.round
        if round_ not in said:
            said[round_] = verdicts(register, round_)
        found.append(_receipt(register, package, said[round_]))
    return found


def _receipt(register: Register, package: StoredPackage, said: dict[SheetKey, Verdict]) -> Receipt:
    carried = register.carried_records(package.envelope.package_id)
    keys = sorted({record.sheet for record in carried if record.sheet.measure})
    revisions = register.active_revisions([package.record.id]).get(package.record.id, [])
    confirmed = sorted(
        (str(value), revision.author, revision.office)
        for revision in revisions
        for cell, value in revision.changes.items()
        if cell.startswith(_RECEIVED) and value
    )
    at, author, office = confirmed[0] if confirmed else ("", "", "")
    sheets = {key: said.get(key, Verdict(key)) for key in keys}
    return Receipt(package, at, (author, office), sheets)

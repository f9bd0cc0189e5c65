"""Who may say what in a package (docs/decisions/0003, 0004): its way, its records, their cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from taza_desktop.packages import patterns
from taza_desktop.packages.kinds import KINDS
from taza_desktop.packages.patterns import text
from taza_desktop.plan.marks import words_fault
from taza_desktop.plan.sheet import Value
from taza_desktop.plan.territories import Territories
from taza_desktop.register import reviewing_cells as review
from taza_desktop.register.model import PACKAGE, REVIEW, Record, Revision
from taza_desktop.register.parcel import Envelope, Relayed, Signer


@dataclass(frozen=True, slots=True)
class Rights:
    """What the envelope of a package lets stand in it. Territories are KATO codes."""

    said: Envelope
    territories: Territories

    def goes_its_way(self) -> bool:
        """Whether a package of this kind goes from this sender to this office."""
        sender, audience = self.said.territory, self.said.audience
        ways = {
            "same": sender == audience,
            "above": self.above(audience, sender),
            "below": self.above(sender, audience),
        }
        return ways[KINDS[self.said.kind].audience]

    def stranger(self, authority: str, signer: Signer) -> str:
        """What the signer, certified by `authority`, may not speak for; else empty."""
        return self._outside(authority, signer.territory, self.said.territory)

    def hearsay(self, one: Relayed) -> str:
        """An office whose package cannot have come through the sender's hands; else empty."""
        signer, sender = one.signer.territory, self.said.territory
        if not self._covers(sender, signer) and not self._covers(signer, sender):
            return signer
        return self._outside(signer, one.territory)

    def misplaced(self, record: Record) -> str:
        """The territory of a record that the package is not about; else empty.

        Colleagues also tell each other of packages that came to their office from above.
        """
        kato, said = record.sheet.territory, self.said
        about = said.territory if KINDS[said.kind].about == "sender" else said.audience
        told = record.table == PACKAGE and self._is_office and self._covers(kato, about)
        return "" if told or self._covers(about, kato) else kato

    def intruder(self, revision: Revision) -> str:
        """The office of a revision that the sender can neither speak for nor pass on; else empty.

        What offices above the sender wrote comes along so that histories hang together.
        """
        office, sender = revision.office, self.said.territory
        return "" if self._covers(sender, office) or self._covers(office, sender) else office

    def above(self, office: str, kato: str) -> bool:
        """An office above the territory."""
        return office != kato and self._covers(office, kato)

    def own(self, office: str, kato: str) -> bool:
        """The office of the territory."""
        return office == kato

    def receiver(self, office: str, sender: str) -> bool:
        """An office above the sender; among colleagues also theirs, which got it from above."""
        ours = self._is_office and office == self.said.territory and self._covers(sender, office)
        return ours or self.above(office, sender)

    @property
    def _is_office(self) -> bool:
        return self.said.kind == "office"

    def _outside(self, *offices: str) -> str:
        """The first that the one before it does not cover."""
        return next((low for high, low in pairwise(offices) if not self._covers(high, low)), "")

    def _covers(self, office: str, kato: str) -> bool:
        known = office in self.territories and kato in self.territories
        return known and self.territories.covers(office, kato)


class Cell(NamedTuple):
    """A cell of what is said about a sheet or a package: what fits into it, and who writes it."""

    fits: Callable[[Value], bool]
    by: Callable[[Rights, str, str], bool]  # of the office and of the territory it is said about


def _words(value: Value) -> bool:
    return words_fault(value) is None


def _yes(value: Value) -> bool:
    return value is True


_VERDICT = text(f"{review.ACCEPTED}|{review.RETURNED}")
_PRINT, _MOMENT, _DIGEST = text(r"[0-9a-f]{1,64}"), text(patterns.MADE), text(patterns.DIGEST)
# By the name of the cell, or by its mark with the colon.
CELLS: dict[str, dict[str, Cell]] = {
    REVIEW: {
        review.VERDICT: Cell(_VERDICT, Rights.above),
        review.OF: Cell(_PRINT, Rights.above),
        review.REASON: Cell(_words, Rights.above),
        review.REMARK: Cell(_words, Rights.above),
        review.WAS: Cell(_PRINT, Rights.above),
        review.ANSWER: Cell(_words, Rights.own),
        review.OPENED: Cell(_MOMENT, Rights.own),
    },
    PACKAGE: {
        "withdrawn": Cell(_yes, Rights.receiver),
        "reason": Cell(_words, Rights.receiver),
        "manifest": Cell(_DIGEST, Rights.receiver),
        "received:": Cell(_MOMENT, Rights.receiver),
    },
}


def cell_of(table: str, name: str) -> Cell | None:
    """The cell of that name in a review or in what is said about a package."""
    mark, colon, _ = name.partition(":")
    return CELLS[table].get(mark + colon)

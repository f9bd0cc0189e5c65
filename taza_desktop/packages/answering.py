"""Which offices below wait for an answer: verdicts and receipts that did not go out yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import REVIEW
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_verdicts import verdicts
from taza_desktop.register.shelf import StoredPackage

_ANSWERS = ("return", "receipt")
_UNSENT = """
SELECT DISTINCT measure, territory, round FROM records JOIN revisions ON record = records.id
WHERE entry_of = :review AND round = :round AND own AND revisions.active AND NOT EXISTS
  (SELECT 1 FROM carried JOIN packages ON packages.id = package WHERE revision = number
   AND direction = 'out' AND json_extract(envelope, '$.kind') IN ('return', 'receipt'))
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An office below, and what an answer to it would bring that it was not told yet.

    Attributes:
        office: its KATO code.
        packages: how many of its packages were merged here and not confirmed.
        accepted, returned, reopened: how many of its sheets were judged so, or unlocked.
        answered: when the last answer was made, UTC; blank when there was none.
    """

    office: str
    packages: int = 0
    accepted: int = 0
    returned: int = 0
    reopened: int = 0
    answered: str = ""

    @property
    def something(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.packages or self.accepted or self.returned or self.reopened)


def offices_to_answer(register: Register, plan: Plan, round: Round) -> list[Waiting]:
    """Every office directly below that sent or was judged in the round, by name."""
    unsent = _unsent(register, plan, round)
    confirmed, unconfirmed = _packages(register, round)
    last = _last_answers(register, round)
    offices = unsent.keys() | confirmed | unconfirmed.keys() | last.keys()
    found = [
        Waiting(
            office,
            packages=unconfirmed[office],
            accepted=unsent[office]["accepted"],
            returned=unsent[office]["returned"],
            reopened=unsent[office][""],
            answered=last.get(office, ""),
        )
        for office in offices
    ]
    names = plan.territories
    return sorted(found, key=lambda one: names[one.office].name.kk)


def _unsent(register: Register, plan: Plan, round: Round) -> defaultdict[str, Counter[str]]:
    """The verdicts that no answer carried, by the office below that they concern."""
    rows = register.db.execute(_UNSENT, {"review": REVIEW, "round": round.code})
    keys = {SheetKey(*row) for row in cast("Iterable[tuple[int, str, str]]", rows)}
    said = verdicts(register, round.code) if keys else {}
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key in keys:
        judged = said.get(key)
        office = _office_below(register, plan, key.territory)
        if office and judged and judged.at:
            counted[office][judged.verdict] += 1
    return counted


def _packages(register: Register, round: Round) -> tuple[set[str], Counter[str]]:
    """The offices whose packages stand here, and how many were not confirmed to each."""
    came = [
        package
        for package in register.packages("in")
        if package.active
        and package.envelope.round == round.code
        and package.envelope.territory != register.office.territory
        and package.envelope.kind in ("submission", "attachments")
    ]
    waiting = (one.envelope.territory for one in came if not _is_confirmed(register, one))
    return {one.envelope.territory for one in came}, Counter(waiting)


def _is_confirmed(register: Register, package: StoredPackage) -> bool:
    return any(cell.startswith("received:") for cell in register.state(package.record).cells)


def _last_answers(register: Register, round: Round) -> dict[str, str]:
    """When each office was answered last."""
    return {
        package.envelope.audience: package.at
        for package in register.packages("out")
        if package.envelope.kind in _ANSWERS and package.envelope.round == round.code
    }


def _office_below(register: Register, plan: Plan, territory: str) -> str:
    """The office directly below this one that a territory belongs to; blank for its own."""
    below = plan.territories.children(register.office.territory, offices_only=True)
    return next((one.kato for one in below if plan.territories.covers(one.kato, territory)), "")

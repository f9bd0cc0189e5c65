"""How far a register is on the way to a certificate. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from taza_desktop.plan.catalogue import load_plan

if TYPE_CHECKING:
    from taza_desktop.register.register import Register


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What is there already.

    Attributes:
        above: whether there is an office above at all.
        card: the card of an office above was opened, so that packages can be encrypted to it.
        groups: the code of the request that waits for its answer; none while nothing waits.
        certified: there is a certificate to sign with; register: its own id, for notes of this PC.
    """

    above: bool
    card: bool
    groups: tuple[str, ...]
    certified: bool
    register: str


def enrolment(register: Register) -> Enrolment:
    """Look it up; loads what reads certificates only when there are any."""
    above = [each.kato for each in load_plan().territories.ancestors(register.office.territory)]
    waiting = bool(register.credential("request"))
    return Enrolment(
        above=bool(above),
        card=any(register.credential(f"card:{kato}") for kato in above),
        groups=_groups(register) if waiting else (),
        certified=bool(register.credential("person") or register.credential("operator")),
        register=register.id,
    )


def _groups(register: Register) -> tuple[str, ...]:
    from taza_desktop.packages.credentials import phone_code

    return phone_code(register)

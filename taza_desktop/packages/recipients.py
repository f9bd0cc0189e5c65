"""To whom a package is encrypted: the people of the office that it goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taza_desktop.packages import card, certificates, issuing, sealing
from taza_desktop.packages.authority import authority_of, moment
from taza_desktop.plan.catalogue import load_plan

if TYPE_CHECKING:
    from cryptography import x509

    from taza_desktop.register.register import Register


def recipients(register: Register, audience: str) -> list[str]:
    """The age recipients of that office; none when it is not known how to encrypt to it.

    An office above or the own one: those of its newest card (the coordinator's and the deputy's).
    An office below: whoever this office certified for just that territory; without the authority,
    whoever signed the newest package from there. People of the first release have no recipient.
    """
    if load_plan().territories.covers(audience, register.office.territory):
        known = card.stored(register, audience)
        return list(known.recipients) if known else []
    own = register.credential("authority")
    people = _certified(register) if own else _signed(register, audience)
    found = (
        certificates.recipient_of(one)
        for one in people
        if certificates.territory_of(one) == audience
    )
    return sorted({recipient for recipient in found if recipient})


def _certified(register: Register) -> list[x509.Certificate]:
    """Everybody below with a good certificate."""
    trust, stored = authority_of(register)
    now = moment(register)
    return [one for one in issuing.given(stored) if issuing.good(one, trust, now)]


def _signed(register: Register, audience: str) -> list[x509.Certificate]:
    """Whose package came last from there, as its signature says."""
    from taza_desktop.packages import signature
    from taza_desktop.packages.container import SIGNATURE, Container

    for package in reversed(register.packages("in")):
        if package.signer.territory == audience:
            data = register.container(package.envelope.package_id)
            signed = Container(data, package.envelope.package_id).read(SIGNATURE)
            return [signature.certificate_of(signed)]
    return []


def wrap(register: Register, audience: str, name: str, container: bytes) -> tuple[str, bytes]:
    """A package as it leaves for that office: its file name and bytes, encrypted when possible."""
    to = recipients(register, audience)
    return (name + sealing.SUFFIX, sealing.seal(container, to)) if to else (name, container)

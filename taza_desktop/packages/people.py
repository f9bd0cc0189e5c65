"""Who signs for a register: upwards as a person, downwards and to colleagues as an operator.

A clerk is a person to the region. A coordinator is an operator of the own office and a person to
the office above. Both are certificates for the office's own territory; what differs is who gave
them, and so who believes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import certificates, encoding

if TYPE_CHECKING:
    from cryptography import x509

    from taza_desktop.register.register import Register


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs the packages of a register, and for which office they are meant."""

    certificate: x509.Certificate
    key: bytes  # locked
    audience: str  # KATO code of the office that certified

    @property
    def serial(self) -> str:
        """The certificate's number, hex."""
        return f"{self.certificate.serial_number:x}"

    @property
    def recipient(self) -> str:
        """What is encrypted to this opens with the person's key; empty in the first release."""
        return certificates.recipient_of(self.certificate)


def person(register: Register) -> Person:
    """Who signs the packages that go up. Refuses CRED-NO-PERSON."""
    stored = register.credential("person")
    if not stored:
        raise no_person()
    return stored_person(stored, certificates.read_trust(stored["trust"]).territory)


def no_person() -> Refusal:
    """Nobody was certified for this register yet."""
    return Refusal(
        "CRED-NO-PERSON",
        N_(
            "This register has no certificate to sign with. Make a request, send it to the"
            " coordinator and open the answer."
        ),
    )


def stored_operator(register: Register) -> Person | None:
    """Who signs the packages that go down and to colleagues; None when there is nobody yet."""
    stored = register.credential("operator")
    return stored_person(stored, register.office.territory) if stored else None


def stored_person(stored: dict[str, bytes], audience: str) -> Person:
    """The person of a credential that holds `key` and `certificate`."""
    return Person(encoding.load(stored["certificate"]), stored["key"], audience)

"""What an authority gives and takes back: certificates for the people below, and its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import certificates, code, encoding, renewal
from taza_desktop.packages.authority import (
    authority_of,
    found,
    moment,
    trust_pem,
    unlocked,
)
from taza_desktop.packages.certificates import Trust, to_pem
from taza_desktop.packages.keys import Secret
from taza_desktop.plan.catalogue import load_plan

if TYPE_CHECKING:
    from cryptography import x509

    from taza_desktop.register.register import Register

_SAYS = {
    "CRED-NOT-YOURS": N_(
        "{name} is not in the territory of this office, so it cannot certify anybody for it."
    ),
    "CRED-UNKNOWN": N_(
        "No certificate with the number {serial} was issued here. Check the number."
    ),
    "CRED-SINCE": N_(
        "A certificate is taken back from a day that has come. Choose the first day on which it"
        " was no longer good."
    ),
}


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate that the authority gave to a person."""

    serial: str  # hex
    name: str
    territory: str
    until: datetime
    revoked: bool


@dataclass(frozen=True, slots=True)
class Reissued:
    """A certificate of a new authority for a key that the old one had certified."""

    name: str
    territory: str
    bundle: bytes  # PEM, as `certify` gives it


def certify(
    register: Register,
    request_pem: bytes,
    territory: str,
    name: str,
    secret: Secret,
    heard: str | None = None,
) -> bytes:
    """The answer to a request, PEM: the person's certificate, the authority's and its list.

    Name and territory are the coordinator's words; key and age recipient are the request's. `heard`
    is the code that the person read by phone; None only when the request was handed over by the
    person. Refuses CRED-NO-AUTHORITY, CRED-REQUEST, CRED-CODE-SHAPE, CRED-HEARD, CRED-NOT-YOURS,
    CRED-PASSPHRASE, PLAN-TERRITORY.
    """
    trust, _ = authority_of(register)
    asked = certificates.read_request(request_pem)
    if heard is not None:
        code.check_heard(heard, asked)
    territories = load_plan().territories
    if not territories.covers(trust.territory, territories[territory].kato):
        raise _refusal("CRED-NOT-YOURS", name=territories[territory].name)
    return _give(register, secret, asked, territory, name)


def renew(register: Register, renewal_pem: bytes, secret: Secret) -> bytes:
    """The answer to a request that was signed with the key in use; needs no call.

    Name and territory are those of the certificate in use. Refuses CRED-NO-AUTHORITY,
    CRED-RENEWAL, CRED-PASSPHRASE, and PKG-STRANGER, PKG-EXPIRED, PKG-REVOKED, PKG-CRL when that
    certificate is not good any more.
    """
    trust, _ = authority_of(register)
    asked, signer = renewal.read(renewal_pem, trust, moment(register))
    return _give(register, secret, asked, signer.territory, signer.name)


def issued(register: Register) -> list[Issued]:
    """The certificates that this office gave to others, oldest first. Refuses CRED-NO-AUTHORITY."""
    trust, stored = authority_of(register)
    own = register.credential("operator").get("certificate")
    return [_describe(one, trust) for one in given(stored) if to_pem(one) != own]


def given(stored: dict[str, bytes]) -> list[x509.Certificate]:
    """Every certificate of an authority, its own operators among them, oldest first."""
    from cryptography import x509

    return x509.load_pem_x509_certificates(stored["issued"]) if stored["issued"] else []


def revoke(register: Register, serial: str, since: datetime, secret: Secret) -> bytes:
    """Take a certificate back; returns what is trusted from now on.

    `since` is the first day on which it was no longer good: what was received before stays as it
    is. A later call may only move that day to an earlier one. Numbers of packages that came in
    are known too, for an authority restored from an old backup. Refuses CRED-NO-AUTHORITY,
    CRED-UNKNOWN, CRED-SINCE, CRED-PASSPHRASE.
    """
    _, stored = authority_of(register)
    known = {f"{one.serial_number:x}" for one in given(stored)}
    if serial not in known | {package.signer.serial for package in register.packages("in")}:
        raise _refusal("CRED-UNKNOWN", serial=serial)
    if since > moment(register) + timedelta(days=1):
        raise _refusal("CRED-SINCE")
    held = unlocked(register, secret).renew_crl((int(serial, 16), since))
    if serial == _own_serial(register):
        unlocked(register, held.ring)  # the office gets another operator at once
    return trust_pem(register)


def renew_crl(register: Register, secret: Secret) -> bytes:
    """A fresh list, for another 400 days. Refuses CRED-NO-AUTHORITY, CRED-PASSPHRASE."""
    return unlocked(register, secret).renew_crl().trust.pem()


def replace_authority(register: Register, secret: Secret) -> list[Reissued]:
    """A new authority after the old one was lost or stolen, and certificates for the same keys.

    The old passphrase is not needed. Everybody gets a new card, its code by letter, and then the
    certificate from here; whose certificate was revoked or has ended gets none. Refuses
    CRED-NO-AUTHORITY, CRED-NO-PASSPHRASE.
    """
    trust, stored = authority_of(register)
    now, own = moment(register), register.credential("operator").get("certificate")
    people = [one for one in _latest(given(stored), trust, now) if to_pem(one) != own]
    answers: list[Reissued] = []
    with register.transaction():
        register.put_credential("lost", **{**stored, "key": b""})
        register.put_credential("operator")
        held = found(register, secret)
        for one in people:
            name, territory = certificates.name_of(one), certificates.territory_of(one)
            held, fresh = held.certify(one, territory, name)
            answers.append(Reissued(name, territory, to_pem(fresh) + held.trust.pem()))
    return answers


def good(certificate: x509.Certificate, trust: Trust, now: datetime) -> bool:
    """Whether a certificate of this authority has neither ended nor been revoked."""
    serial = certificate.serial_number
    revoked = trust.crl.get_revoked_certificate_by_serial_number(serial) is not None
    return not revoked and certificate.not_valid_after_utc > now


def _give(
    register: Register,
    secret: Secret,
    asked: x509.CertificateSigningRequest,
    territory: str,
    name: str,
) -> bytes:
    held = unlocked(register, secret)
    with register.transaction():
        held, fresh = held.renew_crl().certify(asked, territory, name)
    return to_pem(fresh) + held.trust.pem()


def _latest(people: list[x509.Certificate], trust: Trust, now: datetime) -> list[x509.Certificate]:
    """The good certificates, one for each key: the one given last."""
    found = {encoding.public_key(one): one for one in people if good(one, trust, now)}
    return list(found.values())


def _own_serial(register: Register) -> str:
    own = register.credential("operator")
    return f"{encoding.load(own['certificate']).serial_number:x}" if own else ""


def _describe(certificate: x509.Certificate, trust: Trust) -> Issued:
    serial = certificate.serial_number
    revoked = trust.crl.get_revoked_certificate_by_serial_number(serial)
    return Issued(
        serial=f"{serial:x}",
        name=certificates.name_of(certificate),
        territory=certificates.territory_of(certificate),
        until=certificate.not_valid_after_utc,
        revoked=revoked is not None,
    )


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

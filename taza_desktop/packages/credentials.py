"""The credentials of a register: its own authority, and the person who signs with it.

Kept under three names, each with parts in PEM (keys locked by a passphrase):
`authority` key, certificate, crl, issued (every certificate it gave) ·
`request` key and the request that waits for an answer · `person` key, certificate, trust ·
`operator` key, certificate (and trust, of a colleague who has no authority).
A coordinator has an authority for the clerks below, is a person to the office above, and an
operator to those below and to colleagues.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import certificates
from taza_desktop.packages.certificates import Trust, to_pem
from taza_desktop.packages.keys import Secret, keyring
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.register import Register

if TYPE_CHECKING:
    from cryptography import x509

_SAYS = {
    "CRED-NO-AUTHORITY": N_(
        "This register has no authority yet, so it cannot check or issue certificates."
        " Create the authority of your office first."
    ),
    "CRED-AUTHORITY-EXISTS": N_(
        "This register has an authority already. A second one would make all certificates useless."
    ),
    "CRED-NOT-YOURS": N_(
        "{name} is not in the territory of this office, so it cannot certify anybody for it."
    ),
    "CRED-NO-REQUEST": N_(
        "This register waits for no certificate. Make a request and send it to the coordinator."
    ),
    "CRED-OTHER-KEY": N_(
        "This certificate was made for another request. Ask for the one that answers yours."
    ),
    "CRED-OTHER-TERRITORY": N_(
        "This certificate is for another territory ({territory}). Ask the coordinator for another."
    ),
    "CRED-NO-OPERATOR": N_(
        "Nobody can sign for this office here yet. The coordinator who holds the authority types"
        " the passphrase once; a colleague makes a request and sends it to that coordinator."
    ),
    "CRED-NO-PERSON": N_(
        "This register has no certificate to sign with. Make a request, send it to the coordinator"
        " and open the answer."
    ),
    "CRED-UNKNOWN": N_(
        "No certificate with the number {serial} was issued here. Check the number."
    ),
}


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


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate that the authority gave to a person."""

    serial: str  # hex
    name: str
    territory: str
    until: datetime
    revoked: bool


def create_authority(register: Register, secret: Secret) -> bytes:
    """The office's own authority, once; returns what is trusted from now on (see `trust_pem`).

    Refuses CRED-AUTHORITY-EXISTS, CRED-NO-PASSPHRASE.
    """
    if register.credential("authority"):
        raise _refusal("CRED-AUTHORITY-EXISTS")
    territory, now = register.office.territory, _now(register)
    key = certificates.new_key()
    name = load_plan().territories[territory].name.kk
    certificate = certificates.new_authority(key, territory, name, now)
    crl = certificates.new_crl(key, certificate, None, now)
    register.put_credential(
        "authority",
        key=keyring(secret).lock(key),
        certificate=to_pem(certificate),
        crl=to_pem(crl),
        issued=b"",
    )
    operator(register, secret)
    return trust_pem(register)


def trust_pem(register: Register) -> bytes:
    """The authority's certificate and its list, PEM: `openssl -CAfile` takes it as it is.

    Refuses CRED-NO-AUTHORITY.
    """
    if stored := register.credential("authority"):
        return stored["certificate"] + stored["crl"]
    trust = register.credential("operator").get("trust")
    if not trust:
        raise _refusal("CRED-NO-AUTHORITY")
    return trust


def trusted(register: Register) -> list[bytes]:
    """All that this register believes (PEM): the own office's authority, then that of the person.

    Refuses CRED-NO-PERSON when there is neither.
    """
    own = register.credential("authority") or register.credential("operator")
    above = register.credential("person").get("trust")
    found = [trust_pem(register)] if own else []
    if above:
        found.append(above)
    if not found:
        raise _refusal("CRED-NO-PERSON")
    return found


def operator(register: Register, secret: Secret | None = None) -> Person:
    """Who signs downwards and to colleagues, for the office's own territory.

    With `secret` (of the authority) an operator who is missing is made. Refuses CRED-NO-OPERATOR,
    CRED-PASSPHRASE.
    """
    office = register.office
    if secret and register.credential("authority") and not register.credential("operator"):
        key = certificates.new_key()
        pem = certificates.new_request(key, office.territory, office.name)
        trust, stored = _authority(register)
        given = certificates.certify(
            keyring(secret).unlock(stored["key"]),
            trust.authority,
            certificates.read_request(pem),
            office.territory,
            office.name,
            _now(register),
        )
        locked = keyring(secret).lock(key)
        register.put_credential("operator", key=locked, certificate=to_pem(given))
    stored = register.credential("operator")
    if not stored:
        raise _refusal("CRED-NO-OPERATOR")
    return _person(stored, office.territory)


def request(register: Register, secret: Secret) -> bytes:
    """A new key and a request for its certificate (PKCS#10, PEM), for the coordinator.

    The certificate in use stays in use until the answer is enrolled. Refuses CRED-NO-PASSPHRASE.
    """
    key = certificates.new_key()
    office = register.office
    asked = certificates.new_request(key, office.territory, office.name)
    register.put_credential("request", key=keyring(secret).lock(key), request=asked)
    return asked


def certify(
    register: Register, request_pem: bytes, territory: str, name: str, secret: Secret
) -> bytes:
    """The answer to a request, PEM: the person's certificate, the authority's and its list.

    Name and territory are the coordinator's words; only the key is the request's. Refuses
    CRED-NO-AUTHORITY, CRED-REQUEST, CRED-NOT-YOURS, CRED-PASSPHRASE, PLAN-TERRITORY.
    """
    trust, stored = _authority(register)
    asked = certificates.read_request(request_pem)
    territories = load_plan().territories
    if not territories.covers(trust.territory, territories[territory].kato):
        raise _refusal("CRED-NOT-YOURS", name=territories[territory].name)
    key = keyring(secret).unlock(stored["key"])
    now = _now(register)
    given = certificates.certify(key, trust.authority, asked, territory, name, now)
    crl = certificates.new_crl(key, trust.authority, trust.crl, now)
    issued = stored["issued"] + to_pem(given)
    register.put_credential("authority", **{**stored, "crl": to_pem(crl), "issued": issued})
    return to_pem(given) + Trust(trust.authority, crl).pem()


def enrol(register: Register, bundle_pem: bytes) -> Person:
    """Take the coordinator's answer into use.

    Refuses CRED-NO-REQUEST, CRED-BUNDLE (not an answer, or not signed by who it says),
    CRED-OTHER-KEY, CRED-OTHER-TERRITORY.
    """
    waiting = register.credential("request")
    if not waiting:
        raise _refusal("CRED-NO-REQUEST")
    certificate, trust = certificates.read_bundle(bundle_pem)
    asked = certificates.read_request(waiting["request"])
    if certificate.public_key() != asked.public_key():
        raise _refusal("CRED-OTHER-KEY")
    territory = certificates.territory_of(certificate)
    if territory != register.office.territory:
        raise _refusal("CRED-OTHER-TERRITORY", territory=territory)
    name = "operator" if trust.territory == territory else "person"
    given = {"key": waiting["key"], "certificate": to_pem(certificate), "trust": trust.pem()}
    with register.transaction():
        register.put_credential(name, **given)
        register.put_credential("request")
    return _person(given, trust.territory)


def person(register: Register) -> Person:
    """Who signs the packages of this register. Refuses CRED-NO-PERSON."""
    stored = register.credential("person")
    if not stored:
        raise _refusal("CRED-NO-PERSON")
    return _person(stored, certificates.read_trust(stored["trust"]).territory)


def issued(register: Register) -> list[Issued]:
    """The certificates that this office gave, oldest first. Refuses CRED-NO-AUTHORITY."""
    trust, stored = _authority(register)
    return [_describe(one, trust) for one in _certificates(stored["issued"])]


def revoke(register: Register, serial: str, since: datetime, secret: Secret) -> bytes:
    """Take a certificate back; returns what is trusted from now on.

    `since` is the last good day plus one: what was received before stays as it is. Refuses
    CRED-NO-AUTHORITY, CRED-UNKNOWN, CRED-PASSPHRASE.
    """
    if serial not in {one.serial for one in issued(register)}:
        raise _refusal("CRED-UNKNOWN", serial=serial)
    return _renew(register, secret, (int(serial, 16), since))


def renew_crl(register: Register, secret: Secret) -> bytes:
    """A fresh list, for another 400 days. Refuses CRED-NO-AUTHORITY, CRED-PASSPHRASE."""
    return _renew(register, secret, None)


def _person(stored: dict[str, bytes], audience: str) -> Person:
    from cryptography import x509

    return Person(x509.load_pem_x509_certificate(stored["certificate"]), stored["key"], audience)


def _renew(register: Register, secret: Secret, revoked: tuple[int, datetime] | None) -> bytes:
    trust, stored = _authority(register)
    key = keyring(secret).unlock(stored["key"])
    crl = certificates.new_crl(key, trust.authority, trust.crl, _now(register), revoked)
    register.put_credential("authority", **{**stored, "crl": to_pem(crl)})
    return trust_pem(register)


def _authority(register: Register) -> tuple[Trust, dict[str, bytes]]:
    return certificates.read_trust(trust_pem(register)), register.credential("authority")


def _certificates(pem: bytes) -> list[x509.Certificate]:
    from cryptography import x509

    return x509.load_pem_x509_certificates(pem) if pem else []


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


def _now(register: Register) -> datetime:
    return datetime.fromtimestamp(int(register.clock()), UTC)


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

"""The authority of an office, in its register: who may certify, and who signs downwards.

Kept as the credential `authority`: key (locked, with the deputy's age identity), certificate, crl,
issued (every certificate it gave, PEM), deputy (age recipient) · and as `operator`: key (locked,
with an age identity), certificate. A colleague of the same office has an `operator` too, certified
by this authority and kept with its `trust`, but no authority.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import certificates, sealing
from taza_desktop.packages.certificates import Trust, to_pem
from taza_desktop.packages.keys import Keyring, Secret, keyring
from taza_desktop.packages.people import Person, no_person, stored_operator
from taza_desktop.plan.catalogue import load_plan

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    from taza_desktop.register.register import Register

_RENEWED = timedelta(days=90)  # before its end an operator's certificate is made anew
_SAYS = {
    "CRED-NO-AUTHORITY": N_(
        "This register has no authority yet, so it cannot check or issue certificates."
        " Create the authority of your office first."
    ),
    "CRED-AUTHORITY-EXISTS": N_(
        "This register has an authority already. A second one would make all certificates useless."
    ),
    "CRED-NO-OPERATOR": N_(
        "Nobody can sign for this office here yet. The coordinator who holds the authority types"
        " the passphrase once; a colleague makes a request and sends it to that coordinator."
    ),
}


@dataclass(frozen=True, slots=True)
class Held:
    """An authority whose key is open."""

    register: Register
    ring: Keyring
    key: EllipticCurvePrivateKey
    trust: Trust
    stored: dict[str, bytes]
    now: datetime

    def certify(
        self,
        asked: x509.CertificateSigningRequest | x509.Certificate,
        territory: str,
        name: str,
    ) -> tuple[Held, x509.Certificate]:
        """A certificate for that key, kept among those issued."""
        root = self.trust.authority
        given = certificates.certify(self.key, root, asked, territory, name, self.now)
        return self.keep(issued=self.stored["issued"] + to_pem(given)), given

    def renew_crl(self, revoked: tuple[int, datetime] | None = None) -> Held:
        """The next list, perhaps with one more serial number."""
        crl = certificates.new_crl(
            self.key, self.trust.authority, self.trust.crl, self.now, revoked
        )
        return replace(self.keep(crl=to_pem(crl)), trust=Trust(self.trust.authority, crl))

    def keep(self, **parts: bytes) -> Held:
        """Write some parts of the authority anew."""
        stored = {**self.stored, **parts}
        self.register.put_credential("authority", **stored)
        return replace(self, stored=stored)


def create_authority(register: Register, secret: Secret) -> bytes:
    """The office's own authority with its operator; returns what is trusted from now on.

    Refuses CRED-AUTHORITY-EXISTS, CRED-NO-PASSPHRASE.
    """
    if register.credential("authority"):
        raise _refusal("CRED-AUTHORITY-EXISTS")
    found(register, secret)
    return trust_pem(register)


def found(register: Register, secret: Secret) -> Held:
    """A new authority in the place of any other one, and its operator."""
    territory, now = register.office.territory, moment(register)
    key, ring, deputy = certificates.new_key(), keyring(secret), sealing.new_identity()
    name = load_plan().territories[territory].name.kk
    certificate = certificates.new_authority(key, territory, name, now)
    crl = certificates.new_crl(key, certificate, None, now)
    stored = {
        "key": ring.lock(key, deputy),
        "certificate": to_pem(certificate),
        "crl": to_pem(crl),
        "issued": b"",
        "deputy": sealing.recipient_of(deputy).encode("ascii"),
    }
    with register.transaction():
        held = Held(register, ring, key, Trust(certificate, crl), stored, now).keep()
        return _with_operator(held)


def operator(register: Register, secret: Secret | None = None) -> Person:
    """Who signs downwards and to colleagues, for the office's own territory.

    With `secret` (of the authority) an operator who is missing or about to expire is made. Refuses
    CRED-NO-OPERATOR, CRED-PASSPHRASE.
    """
    if secret is not None and register.credential("authority"):
        unlocked(register, secret)
    there = stored_operator(register)
    if there is None:
        raise _refusal("CRED-NO-OPERATOR")
    return there


def unlocked(register: Register, secret: Secret) -> Held:
    """The authority with its key open, and all that it should have.

    A register of the first release gets its deputy's identity and its operator here, and an
    operator's certificate is made anew before it ends. Refuses CRED-NO-AUTHORITY, CRED-PASSPHRASE.
    """
    trust, stored = authority_of(register)
    ring = keyring(secret)
    held = Held(register, ring, ring.unlock(stored["key"]), trust, stored, moment(register))
    with register.transaction():
        return _with_operator(_with_deputy(held))


def trust_pem(register: Register) -> bytes:
    """The own authority's certificate and its list, PEM: `openssl -CAfile` takes it as it is.

    A colleague has what came with the certificate or the newest card. Refuses CRED-NO-AUTHORITY.
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
        raise no_person()
    return found


def authority_of(register: Register) -> tuple[Trust, dict[str, bytes]]:
    """The authority whose key is here, and its parts as stored. Refuses CRED-NO-AUTHORITY."""
    stored = register.credential("authority")
    if not stored:
        raise _refusal("CRED-NO-AUTHORITY")
    return certificates.read_trust(stored["certificate"] + stored["crl"]), stored


def moment(register: Register) -> datetime:
    """The register's clock, whole seconds, UTC."""
    return datetime.fromtimestamp(int(register.clock()), UTC)


def _with_deputy(held: Held) -> Held:
    if "deputy" in held.stored:
        return held
    identity = sealing.new_identity()
    recipient = sealing.recipient_of(identity).encode("ascii")
    return held.keep(key=held.ring.lock(held.key, identity), deputy=recipient)


def _with_operator(held: Held) -> Held:
    """An operator whose certificate this authority gave, who was not revoked, for long enough."""
    register, office = held.register, held.register.office
    there = stored_operator(register)
    if there is not None and _is_good(there.certificate, held):
        return held
    if there is None or _is_revoked(there.certificate, held):
        key, identity = certificates.new_key(), sealing.new_identity()
        recipient = sealing.recipient_of(identity)
        pem = certificates.new_request(key, office.territory, office.name, recipient)
        asked, locked = certificates.read_request(pem), held.ring.lock(key, identity)
    else:
        asked, locked = there.certificate, there.key
    held, given = held.certify(asked, office.territory, office.name)
    register.put_credential("operator", key=locked, certificate=to_pem(given))
    return held


def _is_good(certificate: x509.Certificate, held: Held) -> bool:
    lasting = certificate.not_valid_after_utc - held.now > _RENEWED
    return lasting and held.trust.gave(certificate) and not _is_revoked(certificate, held)


def _is_revoked(certificate: x509.Certificate, held: Held) -> bool:
    serial = certificate.serial_number
    return held.trust.crl.get_revoked_certificate_by_serial_number(serial) is not None


def _refusal(code: str) -> Refusal:
    return Refusal(code, _SAYS[code])

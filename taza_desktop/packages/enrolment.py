"""Asking for a certificate and taking the answer into use.

Kept as credentials: `request` key and the request that waits for an answer · `person` (towards the
office above) or `operator` (a colleague of the coordinator) key, certificate, trust · `former` what
stood there before, since packages may be under way that only its age identity opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import certificates, code, encoding, renewal, sealing
from taza_desktop.packages.authority import moment
from taza_desktop.packages.certificates import Trust, to_pem
from taza_desktop.packages.keys import Keyring, Secret, keyring
from taza_desktop.packages.people import Person, person, stored_operator, stored_person

if TYPE_CHECKING:
    from cryptography import x509

    from taza_desktop.register.register import Register

_SAYS = {
    "CRED-NO-REQUEST": N_(
        "This register waits for no certificate. Make a request and send it to the coordinator."
    ),
    "CRED-OTHER-KEY": N_(
        "This certificate was made for another request. Ask for the one that answers yours."
    ),
    "CRED-OTHER-TERRITORY": N_(
        "This certificate is for another territory ({territory}). Ask the coordinator for another."
    ),
    "CRED-OTHER-AUTHORITY": N_(
        "This certificate comes from another authority than the one you know. Open the newest card"
        " of your coordinator with the code from the letter, then open this file again."
    ),
}


def request(register: Register, secret: Secret) -> bytes:
    """A new key and a request for its certificate (PKCS#10, PEM), for the coordinator.

    The certificate in use stays in use until the answer is enrolled. Refuses CRED-NO-PASSPHRASE.
    """
    return _ask(register, keyring(secret))


def renewal_request(register: Register, secret: Secret) -> bytes:
    """A request for a new key, signed with the one in use; the coordinator need not call.

    A coordinator renews the certificate from the office above, a colleague without one the own.
    Refuses CRED-NO-PERSON, CRED-PASSPHRASE.
    """
    ring = keyring(secret)
    colleague = None if register.credential("person") else stored_operator(register)
    by = colleague or person(register)
    ring.unlock(by.key)  # a wrong passphrase must not cost the request that waits already
    with register.transaction():
        return renewal.write(_ask(register, ring), by, ring, moment(register))


def phone_code(register: Register) -> tuple[str, ...]:
    """The six groups to read to the coordinator by phone. Refuses CRED-NO-REQUEST."""
    waiting = register.credential("request")
    if not waiting:
        raise _refusal("CRED-NO-REQUEST")
    return code.code_of(certificates.read_request(waiting["request"]))


def enrol(register: Register, bundle_pem: bytes) -> Person:
    """Take the coordinator's answer into use, also one that certifies the key in use anew.

    Refuses CRED-NO-REQUEST, CRED-BUNDLE (not an answer, or not signed by who it says),
    CRED-OTHER-KEY, CRED-OTHER-TERRITORY, CRED-OTHER-AUTHORITY.
    """
    if not any(map(register.credential, ("request", "person", "operator"))):
        raise _refusal("CRED-NO-REQUEST")
    certificate, trust = certificates.read_bundle(bundle_pem)
    name = "operator" if trust.territory == register.office.territory else "person"
    waiting = _fits(register.credential("request"), "request", certificate)
    there = register.credential(name)
    if not waiting and not _fits(there, "certificate", certificate):
        raise _refusal("CRED-OTHER-KEY")
    territory = certificates.territory_of(certificate)
    if territory != register.office.territory:
        raise _refusal("CRED-OTHER-TERRITORY", territory=territory)
    _check_authority(register, trust, bool(waiting))
    with register.transaction():
        if waiting and there:
            register.put_credential("former", **there)
        key = waiting.get("key") or there["key"]
        stored = {"key": key, "certificate": to_pem(certificate), "trust": trust.pem()}
        register.put_credential(name, **stored)
        if waiting:
            register.put_credential("request")
    return stored_person(stored, trust.territory)


def _ask(register: Register, ring: Keyring) -> bytes:
    """A coordinator's answers are encrypted to the operator's identity, so one passphrase opens."""
    office, own = register.office, stored_operator(register)
    key, recipient = certificates.new_key(), own.recipient if own else ""
    identities: list[str] = []
    if not recipient:
        identities = [sealing.new_identity()]
        recipient = sealing.recipient_of(identities[0])
    asked = certificates.new_request(key, office.territory, office.name, recipient)
    register.put_credential("request", key=ring.lock(key, *identities), request=asked)
    return asked


def _fits(stored: dict[str, bytes], part: str, certificate: x509.Certificate) -> dict[str, bytes]:
    """The credential if its key is the one that was certified, else nothing."""
    if not stored:
        return {}
    read = certificates.read_request if part == "request" else encoding.load
    same = encoding.public_key(read(stored[part])) == encoding.public_key(certificate)
    return stored if same else {}


def _check_authority(register: Register, trust: Trust, waiting: bool) -> None:
    """The authority whose card was opened with its code decides; else the one known so far.

    Without either (nobody handed out a card) an answer to the own request is believed.
    """
    from taza_desktop.packages.card import known_authority

    known = known_authority(register, trust.territory)
    if known is None and waiting:
        return
    if known is None or encoding.public_key(known) != encoding.public_key(trust.authority):
        raise _refusal("CRED-OTHER-AUTHORITY")


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

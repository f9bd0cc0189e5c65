"""Certificates of a region's authority: who may sign for which territory (X.509, P-256).

An authority is self-signed and certifies persons directly. A certificate says a person's name and,
as a URI (`urn:kz:kato:516000000`), the KATO code of the office. There is no network, so revocation
is a list that travels with the authority's certificate; it lives longer than a year.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import limits

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import (
        EllipticCurvePrivateKey,
        EllipticCurvePublicKey,
    )
    from cryptography.hazmat.primitives.hashes import SHA256

_URN = "urn:kz:kato:"
_NAME = "2.5.4.41"  # X.520 name, for those that a common name cannot hold
_COMMON_NAME = 64  # bytes
_SAYS = {
    "CRED-REQUEST": N_("This is not a request for a certificate. Ask the clerk to send it again."),
    "CRED-TRUST": N_(
        "This is not an authority's certificate with its revocation list. "
        "Ask the coordinator for the card of the region."
    ),
    "CRED-BUNDLE": N_("This is not a certificate from a coordinator. Ask for it to be sent again."),
}


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures are believed: one authority and the list of what it took back."""

    authority: x509.Certificate
    crl: x509.CertificateRevocationList

    @property
    def territory(self) -> str:
        """KATO code of the authority's office."""
        return territory_of(self.authority)

    def pem(self) -> bytes:
        """As `openssl -CAfile … -crl_check` takes it."""
        return to_pem(self.authority) + to_pem(self.crl)


def new_key() -> EllipticCurvePrivateKey:
    """A fresh P-256 key."""
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def new_authority(
    key: EllipticCurvePrivateKey, territory: str, name: str, now: datetime
) -> x509.Certificate:
    """The self-signed certificate of an authority for that territory and all below it."""
    from cryptography import x509

    subject = _subject(name, territory)
    builder = _builder(subject, subject, key.public_key(), territory, now, limits.AUTHORITY)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    return builder.sign(key, _hash())


def new_request(key: EllipticCurvePrivateKey, territory: str, name: str) -> bytes:
    """A request for a certificate (PKCS#10, PEM)."""
    from cryptography import x509

    builder = x509.CertificateSigningRequestBuilder().subject_name(_subject(name, territory))
    return to_pem(builder.sign(key, _hash()))


def read_request(pem: bytes) -> x509.CertificateSigningRequest:
    """The request, whose maker holds its key. Refuses CRED-REQUEST."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    with refused_as("CRED-REQUEST"):
        request = x509.load_pem_x509_csr(pem)
        key = request.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
            raise ValueError("not P-256")
        if not request.is_signature_valid:
            raise ValueError("not signed by its own key")
    return request


def certify(
    key: EllipticCurvePrivateKey,
    authority: x509.Certificate,
    request: x509.CertificateSigningRequest,
    territory: str,
    name: str,
    now: datetime,
) -> x509.Certificate:
    """A person's certificate: only the key is taken from the request, never the name."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    subject = _subject(name, territory)
    public = cast(Any, request.public_key())
    builder = _builder(subject, authority.subject, public, territory, now, limits.PERSON)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(issuer, critical=False)
    return builder.add_extension(purpose, critical=False).sign(key, _hash())


def new_crl(
    key: EllipticCurvePrivateKey,
    authority: x509.Certificate,
    before: x509.CertificateRevocationList | None,
    now: datetime,
    revoked: tuple[int, datetime] | None = None,
) -> x509.CertificateRevocationList:
    """The next revocation list: all that stood in the one before, and one more serial number."""
    from cryptography import x509

    builder = x509.CertificateRevocationListBuilder().issuer_name(authority.subject)
    builder = builder.last_update(now - limits.BACKDATED).next_update(now + limits.CRL)
    for entry in before or ():
        builder = builder.add_revoked_certificate(entry)
    if revoked and not (before and before.get_revoked_certificate_by_serial_number(revoked[0])):
        one = x509.RevokedCertificateBuilder().serial_number(revoked[0])
        builder = builder.add_revoked_certificate(one.revocation_date(revoked[1]).build())
    number = x509.CRLNumber(1 if before is None else _number(before) + 1)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    builder = builder.add_extension(number, critical=False)
    return builder.add_extension(issuer, critical=False).sign(key, _hash())


def read_trust(pem: bytes) -> Trust:
    """The authority and its list. Refuses CRED-TRUST."""
    from cryptography import x509

    with refused_as("CRED-TRUST"):
        (authority,) = x509.load_pem_x509_certificates(pem)
        crl = x509.load_pem_x509_crl(pem)
        authority.verify_directly_issued_by(authority)
        if not crl.is_signature_valid(cast(Any, authority.public_key())):
            raise ValueError("list of another authority")
        territory_of(authority)
    return Trust(authority, crl)


def read_bundle(pem: bytes) -> tuple[x509.Certificate, Trust]:
    """A coordinator's answer: a person's certificate and what it hangs on. Refuses CRED-BUNDLE."""
    from cryptography import x509

    with refused_as("CRED-BUNDLE"):
        person, authority = x509.load_pem_x509_certificates(pem)
        crl = x509.load_pem_x509_crl(pem)
        person.verify_directly_issued_by(authority)
        territory_of(person)
    return person, read_trust(to_pem(authority) + to_pem(crl))


def territory_of(certificate: x509.Certificate) -> str:
    """KATO code that a certificate is for; ValueError when it says none, or two."""
    from cryptography import x509

    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        raise ValueError("no territory") from None
    (uri,) = names.get_values_for_type(x509.UniformResourceIdentifier)
    territory = uri.removeprefix(_URN)
    if territory == uri or len(territory) != 9 or not (territory.isascii() and territory.isdigit()):
        raise ValueError("no territory")
    return territory


def name_of(certificate: x509.Certificate) -> str:
    """The name of the person or of the authority; empty when it says none."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    subject = certificate.subject
    whole = subject.get_attributes_for_oid(x509.ObjectIdentifier(_NAME))
    names = whole or subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def to_pem(thing: Any) -> bytes:
    """A certificate, a request or a list as PEM."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return cast(bytes, thing.public_bytes(Encoding.PEM))


def now() -> datetime:
    """The clock of this PC, whole seconds, UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def _subject(name: str, territory: str) -> x509.Name:
    """Name and territory; a common name holds 64 bytes, 32 Cyrillic letters, a name any number."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    common = name.encode("utf-8")[:_COMMON_NAME].decode("utf-8", "ignore") or territory
    parts = [
        x509.NameAttribute(NameOID.COMMON_NAME, common),
        x509.NameAttribute(NameOID.SERIAL_NUMBER, territory),
    ]
    if common != name:
        parts.append(x509.NameAttribute(x509.ObjectIdentifier(_NAME), name or territory))
    return x509.Name(parts)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePublicKey,
    territory: str,
    now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    """What the certificates of authorities and of persons have in common."""
    from cryptography import x509

    names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(_URN + territory)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - limits.BACKDATED).not_valid_after(now + lasts)
    builder = builder.add_extension(names, critical=False)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _hash() -> SHA256:
    from cryptography.hazmat.primitives import hashes

    return hashes.SHA256()


def _number(crl: x509.CertificateRevocationList) -> int:
    from cryptography import x509

    return crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


@contextmanager
def refused_as(code: str) -> Generator[None]:
    """What cryptography says about somebody else's bytes becomes a refusal with this code."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    faults = (
        ValueError,
        TypeError,
        InvalidSignature,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
    )
    try:
        yield
    except faults as fault:
        raise Refusal(code, _SAYS[code]) from fault

"""Certificates of a region's authority: who may sign for which territory (X.509, P-256).

An authority is self-signed and certifies persons directly. A certificate says a person's name and,
as a URI (`urn:kz:kato:516000000`), the KATO code of the office. There is no network, so revocation
is a list that travels with the authority's certificate; it lives longer than a year.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import certificate_parts as parts
from taza_desktop.packages import limits

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

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

    def gave(self, certificate: x509.Certificate) -> bool:
        """Whether this authority signed that certificate; says nothing of revocation and dates."""
        from cryptography.exceptions import InvalidSignature

        try:
            certificate.verify_directly_issued_by(self.authority)
        except (InvalidSignature, ValueError, TypeError):
            return False
        return True

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

    subject = parts.subject(name, territory)
    builder = parts.builder(subject, subject, key.public_key(), territory, now, limits.AUTHORITY)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(parts.usage(signs_certificates=True), critical=True)
    return builder.sign(key, parts.digest())


def new_request(
    key: EllipticCurvePrivateKey, territory: str, name: str, recipient: str = ""
) -> bytes:
    """A request for a certificate (PKCS#10, PEM); `recipient` is what answers are encrypted to."""
    from cryptography import x509

    builder = x509.CertificateSigningRequestBuilder().subject_name(parts.subject(name, territory))
    if recipient:
        builder = builder.add_extension(parts.recipient_extension(recipient), critical=False)
    return to_pem(builder.sign(key, parts.digest()))


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
        parts.recipient_in(request.extensions)
    return request


def certify(
    key: EllipticCurvePrivateKey,
    authority: x509.Certificate,
    request: x509.CertificateSigningRequest | x509.Certificate,
    territory: str,
    name: str,
    now: datetime,
) -> x509.Certificate:
    """A person's certificate: key and recipient are the request's, never name or territory.

    For an earlier certificate in its place, the same key is certified again.
    """
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    subject = parts.subject(name, territory)
    public = cast(Any, request.public_key())
    builder = parts.builder(subject, authority.subject, public, territory, now, limits.PERSON)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(parts.usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(issuer, critical=False)
    if recipient := parts.recipient_in(request.extensions):
        builder = builder.add_extension(parts.recipient_extension(recipient), critical=False)
    return builder.add_extension(purpose, critical=False).sign(key, parts.digest())


def new_crl(
    key: EllipticCurvePrivateKey,
    authority: x509.Certificate,
    before: x509.CertificateRevocationList | None,
    now: datetime,
    revoked: tuple[int, datetime] | None = None,
) -> x509.CertificateRevocationList:
    """The next revocation list: all that stood in the one before, and one more serial number.

    Its number is the time, so a list made after an old backup was restored still counts as newer.
    """
    from cryptography import x509

    builder = x509.CertificateRevocationListBuilder().issuer_name(authority.subject)
    builder = builder.last_update(now - limits.BACKDATED).next_update(now + limits.CRL)
    dates = {entry.serial_number: entry.revocation_date_utc for entry in before or ()}
    if revoked:
        serial, since = revoked
        dates[serial] = min(since, dates.get(serial, since))  # what is known later may be earlier
    for serial, since in dates.items():
        one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
        builder = builder.add_revoked_certificate(one.build())
    least = 1 if before is None else number_of(before) + 1
    number = x509.CRLNumber(max(least, int(now.timestamp())))
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    builder = builder.add_extension(number, critical=False)
    return builder.add_extension(issuer, critical=False).sign(key, parts.digest())


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
        recipient_of(person)
    return person, read_trust(to_pem(authority) + to_pem(crl))


def territory_of(certificate: x509.Certificate) -> str:
    """KATO code that a certificate is for; ValueError when it says none, or two."""
    from cryptography import x509

    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        raise ValueError("no territory") from None
    (uri,) = names.get_values_for_type(x509.UniformResourceIdentifier)
    territory = uri.removeprefix(parts.URN)
    if territory == uri or len(territory) != 9 or not (territory.isascii() and territory.isdigit()):
        raise ValueError("no territory")
    return territory


def name_of(certificate: x509.Certificate) -> str:
    """The name of the person or of the authority; empty when it says none."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    subject = certificate.subject
    whole = subject.get_attributes_for_oid(x509.ObjectIdentifier(parts.NAME))
    names = whole or subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def recipient_of(certificate: x509.Certificate) -> str:
    """The age recipient of the person; empty when the certificate names none."""
    return parts.recipient_in(certificate.extensions)


def to_pem(thing: Any) -> bytes:
    """A certificate, a request or a list as PEM."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return cast(bytes, thing.public_bytes(Encoding.PEM))


def now() -> datetime:
    """The clock of this PC, whole seconds, UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def number_of(crl: x509.CertificateRevocationList) -> int:
    """Which list it is; a greater number is a newer list."""
    from cryptography import x509

    return crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


@contextmanager
def refused_as(code: str) -> Generator[None]:
    """What cryptography says about somebody else's bytes becomes a refusal with this code."""
    try:
        with as_value_errors():
            yield
    except ValueError as fault:
        raise Refusal(code, _SAYS[code]) from fault


@contextmanager
def as_value_errors() -> Generator[None]:
    """What the libraries raise about somebody else's bytes becomes a ValueError."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    odd = (UnsupportedAlgorithm, x509.DuplicateExtension, x509.InvalidVersion)
    faults = (AttributeError, TypeError, KeyError, InvalidSignature, *odd)
    try:
        yield
    except faults as fault:
        raise ValueError(str(fault)) from fault

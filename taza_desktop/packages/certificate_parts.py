"""What certificates, requests and lists of this program are made of (X.509, P-256)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from taza_desktop.packages import limits

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.hashes import SHA256

URN = "urn:kz:kato:"
NAME = "2.5.4.41"  # X.520 name, for those that a common name cannot hold
RECIPIENT = "2.25.258854346483110855521333603209402081724"  # a UUID of ours (X.667)
_COMMON_NAME = 64  # bytes


def subject(name: str, territory: str) -> x509.Name:
    """Name and territory; a common name holds 64 bytes, 32 Cyrillic letters, a name any number."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    common = name.encode("utf-8")[:_COMMON_NAME].decode("utf-8", "ignore") or territory
    named = [
        x509.NameAttribute(NameOID.COMMON_NAME, common),
        x509.NameAttribute(NameOID.SERIAL_NUMBER, territory),
    ]
    if common != name:
        named.append(x509.NameAttribute(x509.ObjectIdentifier(NAME), name or territory))
    return x509.Name(named)


def builder(
    owner: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePublicKey,
    territory: str,
    now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    """What the certificates of authorities and of persons have in common."""
    from cryptography import x509

    names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(URN + territory)])
    begun = x509.CertificateBuilder().subject_name(owner).issuer_name(issuer).public_key(key)
    begun = begun.serial_number(x509.random_serial_number())
    begun = begun.not_valid_before(now - limits.BACKDATED).not_valid_after(now + lasts)
    begun = begun.add_extension(names, critical=False)
    return begun.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def usage(*, signs_certificates: bool) -> x509.KeyUsage:
    """What a key may be used for: an authority signs certificates, a person signs packages."""
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


def digest() -> SHA256:
    """SHA-256."""
    from cryptography.hazmat.primitives import hashes

    return hashes.SHA256()


def recipient_extension(recipient: str) -> x509.UnrecognizedExtension:
    """The age recipient of a person, in a request and in the certificate that answers it."""
    from asn1crypto.core import IA5String
    from cryptography import x509

    return x509.UnrecognizedExtension(x509.ObjectIdentifier(RECIPIENT), IA5String(recipient).dump())


def recipient_in(extensions: x509.Extensions) -> str:
    """The age recipient among the extensions, empty when there is none; ValueError for noise."""
    import pyrage
    from asn1crypto.core import IA5String

    for extension in extensions:
        if extension.oid.dotted_string == RECIPIENT:
            value = cast("x509.UnrecognizedExtension", extension.value).value
            text = str(IA5String.load(value, strict=True).native)
            try:
                pyrage.x25519.Recipient.from_str(text)
            except pyrage.RecipientError as fault:
                raise ValueError("not an age recipient") from fault
            return text
    return ""

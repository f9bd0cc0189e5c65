"""Keys and certificates as bytes, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


def to_der(thing: Any) -> bytes:
    """A certificate, a request or a list as DER."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return cast(bytes, thing.public_bytes(Encoding.DER))


def private_der(key: EllipticCurvePrivateKey | RSAPrivateKey) -> bytes:
    """A private key as PKCS#8, DER."""
    from cryptography.hazmat.primitives import serialization as form

    return key.private_bytes(form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption())


def load(pem: bytes) -> x509.Certificate:
    """A certificate that this program wrote down itself."""
    from cryptography import x509

    return x509.load_pem_x509_certificate(pem)


def public_key(
    holder: x509.Certificate | x509.CertificateSigningRequest | EllipticCurvePrivateKey,
) -> bytes:
    """The public key of a certificate, a request or a private key, DER (SubjectPublicKeyInfo)."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key: Any = holder.public_key()
    return cast(bytes, key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))

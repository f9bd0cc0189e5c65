"""The signature of a package: CAdES B-B, detached, over the manifest; one signer, ECDSA P-256."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages.certificates import Trust, name_of, territory_of
from taza_desktop.register.parcel import Signer

if TYPE_CHECKING:
    from cryptography import x509

_SAYS = {
    "PKG-SIGNATURE-FORM": N_(
        "The signature of {file} is not of the form that packages have ({what}). Do not use it."
    ),
    "PKG-SIGNATURE": N_(
        "The signature does not fit: {file} was changed after it was signed. Ask for it again."
    ),
    "PKG-STRANGER": N_(
        "{file} was signed by {name}, who has no certificate from your office. Do not use it."
    ),
    "PKG-EXPIRED": N_(
        "The certificate of {name} was not valid on {day}. "
        "Check the date of this PC; if it is right, the sender needs a new certificate."
    ),
    "PKG-REVOKED": N_(
        "The office of {name} took this certificate back from {since} on. Do not use {file}; call"
        " the sender. What was merged before that day stays."
    ),
    "PKG-CRL": N_(
        "The list of certificates taken back is out of date, so {file} cannot be checked. "
        "Renew the list of your office first."
    ),
}
_ATTRIBUTES = {"content_type", "message_digest", "signing_time", "signing_certificate_v2"}


def sign(manifest: bytes, certificate_der: bytes, key_der: bytes, moment: datetime) -> bytes:
    """The signature over the manifest, DER; `key_der` is PKCS#8."""
    from asn1crypto import keys, x509
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer: Any = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate_der),
        signing_key=keys.PrivateKeyInfo.load(key_der),
        cert_registry=SimpleCertificateStore(),
    )
    # without a time of ours pyHanko asks the PC for its time zone, which fails on odd settings
    settings = PdfCMSSignedAttributes(signing_time=moment)
    signing = signer.async_sign_general_data(
        manifest, "sha256", detached=True, use_cades=True, signed_attr_settings=settings
    )
    return cast(bytes, asyncio.run(signing).dump())


def verify(manifest: bytes, signature: bytes, trust: Trust, moment: datetime, file: str) -> Signer:
    """Who signed this manifest, if `trust` vouches for it at that moment.

    Refuses PKG-SIGNATURE-FORM, PKG-SIGNATURE, PKG-STRANGER, PKG-EXPIRED, PKG-REVOKED, PKG-CRL.
    """
    from cryptography import x509

    try:
        signed = _parse(signature)
        status = _status(manifest, signed, trust, moment)
        certificate = x509.load_der_x509_certificate(status.signing_cert.dump())
        name = name_of(certificate)
    except Exception as fault:  # a stranger's ASN.1 makes the libraries raise anything
        raise _refusal("PKG-SIGNATURE-FORM", file=file, what=str(fault)[:200]) from fault
    if not (status.intact and status.valid):
        raise _refusal("PKG-SIGNATURE", file=file)
    trouble = _trouble(certificate, trust, moment)
    if trouble or not status.trusted:
        code = trouble or "PKG-STRANGER"
        since = _revoked_from(certificate, trust)
        raise _refusal(code, file=file, name=name, day=moment.date().isoformat(), since=since)
    return Signer(name, territory_of(certificate), f"{certificate.serial_number:x}")


def _trouble(certificate: x509.Certificate, trust: Trust, moment: datetime) -> str:
    """The code of what is wrong with a certificate, as far as it can be told apart; else empty.

    pyHanko has the last word on trust. This knows better why, and is stricter: a certificate that
    is not yet valid, or taken back this very second, is refused by its own name.
    """
    revoked = _revoked(certificate, trust)
    if certificate == trust.authority or certificate.issuer != trust.authority.subject:
        return "PKG-STRANGER"
    if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
        return "PKG-EXPIRED"
    if revoked and revoked.revocation_date_utc <= moment:
        return "PKG-REVOKED"
    if not trust.crl.next_update_utc or trust.crl.next_update_utc < moment:
        return "PKG-CRL"
    return ""


def _revoked(certificate: x509.Certificate, trust: Trust) -> x509.RevokedCertificate | None:
    return trust.crl.get_revoked_certificate_by_serial_number(certificate.serial_number)


def _revoked_from(certificate: x509.Certificate, trust: Trust) -> str:
    """The day from which a certificate is taken back; empty when it is not."""
    revoked = _revoked(certificate, trust)
    return revoked.revocation_date_utc.date().isoformat() if revoked else ""


def _parse(signature: bytes) -> Any:
    """CMS SignedData as packages have it; some exception for anything else.

    What is not covered by a signature (versions, algorithm names, the signer's serial number) is
    written anew around the parts that are covered, and must come out the same. So it is DER, with
    one signer and one certificate, and nothing was added to it afterwards.
    """
    cms = _cms()
    signed = cms.ContentInfo.load(signature, strict=True)["content"]
    signer = signed["signer_infos"][0]
    attributes = signer["signed_attrs"].untag()
    if {one["type"].native for one in attributes} != _ATTRIBUTES:
        raise ValueError("not CAdES B-B")
    certificate = signed["certificates"][0].chosen
    if _assemble(certificate, attributes, signer["signature"].native) != signature:
        raise ValueError("not DER with one signer")
    return signed


def _cms() -> Any:
    """asn1crypto's CMS with the attributes of CAdES, which `tsp` makes known to it.

    It must do so before any attribute is met, or reading, and signing after reading, would fail in
    a program that happened to read first.
    """
    import_module("asn1crypto.tsp")
    return import_module("asn1crypto.cms")


def _assemble(certificate: Any, attributes: Any, value: bytes) -> bytes:
    cms = _cms()
    issuer = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    digest = {"algorithm": "sha256"}
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
        "digest_algorithm": digest,
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signed_attrs": attributes,
        "signature": value,
    }
    signed = {
        "version": "v1",
        "digest_algorithms": [digest],
        "encap_content_info": {"content_type": "data"},
        "certificates": [cms.CertificateChoices("certificate", certificate)],
        "signer_infos": [signer],
    }
    content = {"content_type": "signed_data", "content": cms.SignedData(signed)}
    return cast(bytes, cms.ContentInfo(content).dump())


def _status(manifest: bytes, signed: Any, trust: Trust, moment: datetime) -> Any:
    """pyHanko's verdict."""
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.sign.validation import generic_cms
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    _silence()
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(trust.authority.public_bytes(Encoding.DER))],
        crls=[trust.crl.public_bytes(Encoding.DER)],
        allow_fetching=False,
        revocation_mode="require",  # "hard-fail" lets a revoked certificate through
        moment=moment,
        retroactive_revinfo=True,
    )
    usage = KeyUsageConstraints(
        key_usage={"digital_signature"}, extd_key_usage={"email_protection"}
    )
    checking = cast(Any, generic_cms).async_validate_detached_cms(
        manifest, signed, signer_validation_context=context, key_usage_settings=usage
    )
    return asyncio.run(checking)


def _silence() -> None:
    """pyHanko logs each refused certificate with a traceback; a person gets a sentence instead."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

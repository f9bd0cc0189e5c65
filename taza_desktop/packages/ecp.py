"""The optional second signature: a person's ЭЦП over the same files.

It says who stands behind the figures under the country's law; whether a package may be merged is
decided by the first signature alone. RSA is checked here, GOST is not: open libraries do not know
it. Neither is an official check of НУЦ РК, which needs a network, and nothing here says it is.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import certificates, container, encoding, manifest, signature
from taza_desktop.packages.keys import Passphrase
from taza_desktop.register.parcel import SecondSignature

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from taza_desktop.packages.container import Container

Signing = Callable[[bytes], bytes]  # the second manifest → a detached CMS signature, DER
_RSA = frozenset({"rsassa_pkcs1v15", "sha256_rsa", "sha384_rsa", "sha512_rsa"})
_DIGESTS = frozenset({"sha256", "sha384", "sha512"})
_GOST = "1.2.398.3.10."  # the country's arc of cryptographic algorithms
_SAYS = {
    "PKG-SECOND": N_(
        "The second signature in {file} does not fit it ({what})."
        " Ask the sender to sign and send the package again."
    ),
    "ECP-PASSPHRASE": N_("This is not the password of the file with the ЭЦП. Type it again."),
    "ECP-FILE": N_(
        "This file holds no RSA key of НУЦ РК. Choose the file of the signing key,"
        " or sign through NCALayer, which knows GOST keys too."
    ),
    "ECP-PURPOSE": N_(
        "This key is for logging in, not for signing. Choose the file of the signing key."
    ),
    "ECP-EXPIRED": N_("The certificate of this ЭЦП ended on {day}. Use one that is valid."),
}


def from_pkcs12(data: bytes, password: Passphrase) -> Signing:
    """What signs with the RSA key of a PKCS#12 file.

    Refuses ECP-FILE, ECP-PASSPHRASE, ECP-PURPOSE, ECP-EXPIRED.
    """
    key, certificate = _open(data, password)
    now = certificates.now()
    if certificate.not_valid_after_utc < now:
        raise _refusal("ECP-EXPIRED", day=certificate.not_valid_after_utc.date().isoformat())
    if not _may_sign(certificate):
        raise _refusal("ECP-PURPOSE")
    der, private = encoding.to_der(certificate), encoding.private_der(key)
    return lambda listed: signature.sign(listed, der, private, certificates.now())


def files(contents: Mapping[str, bytes], signing: Signing) -> dict[str, bytes]:
    """The two files that the second signature adds to a package of these contents.

    Refuses PKG-SECOND when what came back does not fit, and what `signing` refuses.
    """
    listed = manifest.write(contents, container.SECOND_SIGNATURE)
    signed = signing(listed)
    _read(listed, signed, container.SECOND_SIGNATURE)
    return {container.SECOND_MANIFEST: listed, container.SECOND_SIGNATURE: signed}


def read(box: Container) -> SecondSignature | None:
    """Who signed a second time, None when nobody did. Refuses PKG-SECOND.

    That the second list names the same files is checked with the first one (`manifest`).
    """
    if container.SECOND_MANIFEST not in box.entries:
        return None
    listed, signed = box.read(container.SECOND_MANIFEST), box.read(container.SECOND_SIGNATURE)
    return _read(listed, signed, box.file)


def _read(listed: bytes, signed: bytes, file: str) -> SecondSignature:
    try:
        content, signer, certificate = _parse(signed)
        checked = _check(listed, content, signer, certificate)
        return _describe(certificate, checked)
    except Exception as fault:  # a stranger's ASN.1 makes the libraries raise anything
        raise _refusal("PKG-SECOND", file=file, what=str(fault)[:120]) from fault


def _parse(signed: bytes) -> tuple[Any, Any, Any]:
    """SignedData, its only signer, and whose certificate it is; some exception else."""
    from asn1crypto import cms

    content = cms.ContentInfo.load(signed, strict=True)["content"]
    if content["encap_content_info"]["content"].native is not None:
        raise ValueError("the signature is not detached")
    (signer,) = content["signer_infos"]
    issuer = signer["sid"].chosen
    for choice in content["certificates"]:
        certificate = choice.chosen
        same = certificate.serial_number == issuer["serial_number"].native
        if same and certificate.issuer == issuer["issuer"]:
            return content, signer, certificate
    raise ValueError("no certificate of the signer")


def _check(listed: bytes, content: Any, signer: Any, certificate: Any) -> bool:
    """Whether it was checked and fits; False for GOST, which cannot be; ValueError for the rest."""
    from pyhanko.sign.validation import generic_cms

    algorithm = signer["signature_algorithm"]["algorithm"].native
    if algorithm.startswith(_GOST):
        return False
    digest = signer["digest_algorithm"]["algorithm"].native
    if algorithm not in _RSA or digest not in _DIGESTS:
        raise ValueError(algorithm)
    validate: Any = generic_cms.validate_sig_integrity
    intact, valid = validate(signer, certificate, "data", hashlib.new(digest, listed).digest())
    if not (intact and valid):
        raise ValueError("the files were changed after it")
    return True


def _describe(certificate: Any, checked: bool) -> SecondSignature:
    subject = certificate.subject.native
    issuer = certificate.issuer.native
    validity = certificate["tbs_certificate"]["validity"]
    return SecondSignature(
        name=_first(subject.get("common_name")),
        organisation=_first(subject.get("organization_name")),
        issuer=_first(issuer.get("common_name")),
        serial=f"{certificate.serial_number:x}",
        until=validity["not_after"].native.date().isoformat(),
        checked=checked,
    )


def _first(value: Any) -> str:
    """One line of a name, which may be a list of them."""
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    text = values[0] if values and isinstance(values[0], str) else ""
    return "".join(sign for sign in text if sign.isprintable())[:200]


def _open(data: bytes, password: Passphrase) -> tuple[RSAPrivateKey, x509.Certificate]:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # BER instead of DER is read as well
            found = pkcs12.load_key_and_certificates(data, password.text().encode("utf-8"))
    except ValueError as fault:
        code = "ECP-PASSPHRASE" if "password" in str(fault).lower() else "ECP-FILE"
        raise _refusal(code) from None
    except (TypeError, UnsupportedAlgorithm):
        raise _refusal("ECP-FILE") from None
    key, certificate, _ = found
    if not isinstance(key, RSAPrivateKey) or certificate is None:
        raise _refusal("ECP-FILE")
    return key, certificate


def _may_sign(certificate: x509.Certificate) -> bool:
    """A key of НУЦ РК is either for signing (emailProtection) or for logging in."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.EMAIL_PROTECTION in usage


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

"""Signatures that must not count: step 4."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from asn1crypto import algos, cms, crl
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from taza_desktop.packages import certificates, container, manifest, signature
from tests.attacks.kit import Attack, Given, Table, signed_by, with_files
from tests.packages.kit import (
    CLERK,
    DISTRICT,
    REGION,
    Authority,
    Sample,
    der,
    new_authority,
    pkcs8,
)

Reshape = Callable[[Sample, cms.ContentInfo], None]


def reshaped(change: Reshape) -> Attack:
    """The signature taken apart, changed, and written as DER again."""

    def attack(sample: Sample) -> bytes:
        content = cms.ContentInfo.load(sample.parts[container.SIGNATURE])
        change(sample, content)
        return with_files(sample, signature=content.dump())

    return attack


def _signer(content: cms.ContentInfo) -> Any:
    return content["content"]["signer_infos"][0]


def _second_signer(_sample: Sample, content: cms.ContentInfo) -> None:
    signers = content["content"]["signer_infos"]
    signers.append(signers[0].copy())


def _second_certificate(sample: Sample, content: cms.ContentInfo) -> None:
    other = cms.Certificate.load(der(sample.authority.certificate))
    content["content"]["certificates"].append(cms.CertificateChoices("certificate", other))


def _own_revocation_list(sample: Sample, content: cms.ContentInfo) -> None:
    content["content"]["crls"] = [crl.CertificateList.load(der(sample.authority.crl))]


def _content_inside(sample: Sample, content: cms.ContentInfo) -> None:
    content["content"]["encap_content_info"]["content"] = sample.parts[container.MANIFEST]


def _no_certificate(_sample: Sample, content: cms.ContentInfo) -> None:
    content["content"]["certificates"] = []


def _no_signer(_sample: Sample, content: cms.ContentInfo) -> None:
    content["content"]["signer_infos"] = []


def _another_certificate(sample: Sample, content: cms.ContentInfo) -> None:
    """Somebody else's certificate beside a clerk's signature."""
    made = sample.authority.certify(certificates.new_key(), REGION, sample.now, "X")
    content["content"]["certificates"] = [
        cms.CertificateChoices("certificate", cms.Certificate.load(der(made)))
    ]


def _twin_certificate(sample: Sample, content: cms.ContentInfo) -> None:
    """A certificate of the same key and number, by the same authority, for all of the region."""
    made = reissued(sample, sample.key.public_key(), REGION, sample.certificate.serial_number)
    content["content"]["certificates"] = [
        cms.CertificateChoices("certificate", cms.Certificate.load(der(made)))
    ]


def digest_named(name: str) -> Attack:
    def change(_sample: Sample, content: cms.ContentInfo) -> None:
        _signer(content)["digest_algorithm"] = {"algorithm": name}

    return reshaped(change)


def signature_named(name: str) -> Attack:
    def change(_sample: Sample, content: cms.ContentInfo) -> None:
        _signer(content)["signature_algorithm"] = {"algorithm": name}

    return reshaped(change)


def without_attribute(name: str) -> Attack:
    def change(_sample: Sample, content: cms.ContentInfo) -> None:
        signer = _signer(content)
        kept = [one for one in signer["signed_attrs"] if one["type"].native != name]
        signer["signed_attrs"] = cms.CMSAttributes(kept)

    return reshaped(change)


def not_der(sample: Sample) -> bytes:
    """The outermost length written with a byte too many."""
    made = sample.parts[container.SIGNATURE]
    assert made[:2] == b"\x30\x82"
    return with_files(sample, signature=b"\x30\x83\0" + made[2:])


def indefinite_length(sample: Sample) -> bytes:
    made = sample.parts[container.SIGNATURE]
    return with_files(sample, signature=b"\x30\x80" + made[4:] + b"\0\0")


def by_openssl(options: str) -> Attack:
    """A signature by openssl."""

    def attack(sample: Sample) -> bytes:
        files = sample.files()
        listed = manifest.write(files)
        with tempfile.TemporaryDirectory() as folder:
            where = Path(folder)
            (where / "m").write_bytes(listed)
            (where / "c").write_bytes(certificates.to_pem(sample.certificate))
            (where / "k").write_bytes(pkcs8(sample.key))
            command = (
                f"openssl cms -sign -binary -in m -signer c -inkey k {options} -outform DER -out s"
            )
            subprocess.run(command.split(), cwd=where, check=True)
            made = (where / "s").read_bytes()
        return container.write({**files, container.MANIFEST: listed, container.SIGNATURE: made})

    return attack


def changed_manifest(sample: Sample) -> bytes:
    listed = sample.parts[container.MANIFEST]
    other = listed.replace(b"application/json", b"application/jsom", 1)
    assert listed != other
    return with_files(sample, manifest=other)


def anothers_signature(sample: Sample) -> bytes:
    other = sample.signed(sample.files(replace(sample.said, seq=4)))
    return with_files(sample, signature=other[container.SIGNATURE])


def wrapped(sample: Sample) -> bytes:
    """A forged manifest in front, the one that was signed beside it with its good signature."""
    forged = sample.files(replace(sample.said, seq=99))
    made = sample.parts
    return container.write(
        {
            **forged,
            container.MANIFEST: manifest.write(forged),
            container.SIGNATURE: made[container.SIGNATURE],
            container.SECOND_MANIFEST: made[container.MANIFEST],
            container.SECOND_SIGNATURE: made[container.SIGNATURE],
        }
    )


def by_another_authority(sample: Sample) -> bytes:
    """Of the same name, for the same territory, with another key."""
    other = new_authority(sample.now)
    return signed_by(sample, sample.key, other.certify(sample.key, DISTRICT, sample.now))


def by_oneself(sample: Sample) -> bytes:
    made = certificates.new_authority(sample.key, DISTRICT, CLERK.name, sample.now)
    return signed_by(sample, sample.key, made)


def leaf_as_authority(sample: Sample) -> bytes:
    """A clerk certifies somebody else with her own certificate."""
    return _certified(sample, sample.certificate)


def leaf_named_like_the_authority(sample: Sample) -> bytes:
    """The same with the authority's name as issuer."""
    return _certified(sample, sample.authority.certificate)


def _certified(sample: Sample, issuer: x509.Certificate) -> bytes:
    key = certificates.new_key()
    asked = certificates.read_request(certificates.new_request(key, DISTRICT, "X"))
    made = certificates.certify(sample.key, issuer, asked, DISTRICT, "X", sample.now)
    return signed_by(sample, key, made)


def reissued(
    sample: Sample,
    key: Any,
    territory: str = DISTRICT,
    serial: int = 7,
    *,
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.EMAIL_PROTECTION,
    signed: hashes.HashAlgorithm | None = None,
) -> x509.Certificate:
    """A certificate like the sample's, which the authority itself signs."""
    good = sample.authority.certify(sample.key, territory, sample.now)
    builder = x509.CertificateBuilder().subject_name(good.subject).issuer_name(good.issuer)
    builder = builder.public_key(key).serial_number(serial)
    builder = builder.not_valid_before(good.not_valid_before_utc)
    builder = builder.not_valid_after(good.not_valid_after_utc)
    for extension in good.extensions:
        value = extension.value
        if isinstance(value, x509.ExtendedKeyUsage):
            value = x509.ExtendedKeyUsage([purpose])
        builder = builder.add_extension(value, extension.critical)
    return builder.sign(sample.authority.key, signed or hashes.SHA256())


def for_web_servers(sample: Sample) -> bytes:
    public = sample.key.public_key()
    made = reissued(sample, public, purpose=ExtendedKeyUsageOID.SERVER_AUTH)
    return signed_by(sample, sample.key, made)


def with_key(make: Callable[[], Any]) -> Attack:
    """Another kind of key, certified by the authority."""

    def attack(sample: Sample) -> bytes:
        key = make()
        return signed_by(sample, key, reissued(sample, key.public_key()))

    return attack


def dated(days: int) -> Attack:
    """A certificate given so many days from now."""

    def attack(sample: Sample) -> bytes:
        made = sample.authority.certify(sample.key, DISTRICT, sample.now + timedelta(days=days))
        return signed_by(sample, sample.key, made)

    return attack


def believing(change: Callable[[Sample], Authority], later: timedelta | None = None) -> Attack:
    """The good package, read by somebody who believes another authority or another list."""

    def attack(sample: Sample) -> Given:
        moment = None if later is None else sample.now + later
        return Given(sample.good(), change(sample).trust, moment)

    return attack


def revoked(ago: timedelta, later: timedelta | None = None) -> Attack:
    return believing(lambda one: one.authority.revoking(one.certificate, one.now - ago), later)


def anothers_list(sample: Sample) -> Authority:
    return replace(sample.authority, crl=new_authority(sample.now).crl)


def anothers_list_of_the_same_name(sample: Sample) -> Authority:
    """Signed by somebody who calls himself like the authority: nobody is on it."""
    authority = sample.authority
    key = certificates.new_key()
    forged = certificates.new_crl(key, authority.certificate, None, sample.now)
    return replace(authority, crl=forged)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)

REFUSED: Table = {
    "PKG-SIGNATURE-FORM": {
        "no signature at all": lambda one: with_files(one, signature=b""),
        "noise": lambda one: with_files(one, signature=b"\x30\x03\2\1\1"),
        "deeply nested": lambda one: with_files(one, signature=b"\x30\x80" * 9000),
        "not DER": not_der,
        "indefinite length": indefinite_length,
        "bytes behind it": lambda one: with_files(
            one, signature=one.parts[container.SIGNATURE] + b"\0"
        ),
        "two signers": reshaped(_second_signer),
        "no signer": reshaped(_no_signer),
        "two certificates": reshaped(_second_certificate),
        "no certificate": reshaped(_no_certificate),
        "the certificate of somebody else": reshaped(_another_certificate),
        "its own revocation list": reshaped(_own_revocation_list),
        "the content inside": reshaped(_content_inside),
        "the digest said to be SHA-1": digest_named("sha1"),
        "the digest said to be MD5": digest_named("md5"),
        "the signature said to be RSA": signature_named("sha256_rsa"),
        "the signature said to be over SHA-1": signature_named("sha1_ecdsa"),
        "no name of the certificate in what is signed": without_attribute("signing_certificate_v2"),
        "no digest in what is signed": without_attribute("message_digest"),
        "no time in what is signed": without_attribute("signing_time"),
        "another certificate for the same key": reshaped(_twin_certificate),
        "an RSA key": with_key(lambda: rsa.generate_private_key(65537, 2048)),
        "a P-384 key": with_key(lambda: ec.generate_private_key(ec.SECP384R1())),
        "CMS that is not CAdES": by_openssl(""),
        "over SHA-1": by_openssl("-cades -md sha1"),
        "over SHA-512": by_openssl("-cades -md sha512"),
    },
    "PKG-SIGNATURE": {
        "the manifest changed": changed_manifest,
        "the signature of another package": anothers_signature,
        "wrapped: the signed manifest moved aside": wrapped,
    },
    "PKG-STRANGER": {
        "another authority of the same name": by_another_authority,
        "self-signed": by_oneself,
        "the authority itself": lambda one: signed_by(
            one, one.authority.key, one.authority.certificate
        ),
        "a leaf as authority": leaf_as_authority,
        "a leaf that borrows a name": leaf_named_like_the_authority,
        "a certificate for web servers": for_web_servers,
        "read in another region": believing(
            lambda one: new_authority(one.now, "110000000", "Ақмола облысы")
        ),
    },
    "PKG-EXPIRED": {
        "an expired certificate": dated(-3 * 365),
        "a certificate from the future": dated(10),
        "read on a PC that thinks it is years ago": lambda one: Given(
            one.good(), one.authority.trust, one.now - timedelta(days=3000)
        ),
    },
    "PKG-REVOKED": {
        "taken back this second": revoked(timedelta()),
        "taken back a month ago": revoked(30 * DAY),
        "taken back, read on a PC 3 hours behind": revoked(-3 * HOUR),
    },
    "PKG-CRL": {
        "a list out of date": lambda one: Given(
            one.good(), one.authority.trust, one.now + 401 * DAY
        ),
    },
    "CRED-TRUST": {
        "a list of another authority": believing(anothers_list),
        "a list by somebody of the same name": believing(anothers_list_of_the_same_name),
    },
}


def _unsigned_attribute(_sample: Sample, content: cms.ContentInfo) -> None:
    _signer(content)["unsigned_attrs"] = [{"type": "1.2.3.4", "values": [algos.Integer(1)]}]


def clock_behind(sample: Sample) -> bytes:
    """The sender's PC is three hours behind."""
    files = sample.files()
    listed = manifest.write(files)
    when = sample.now - 3 * HOUR
    made = signature.sign(listed, der(sample.certificate), pkcs8(sample.key), when)
    return container.write({**files, container.MANIFEST: listed, container.SIGNATURE: made})


GOOD: dict[str, Attack] = {
    "signed by openssl": by_openssl("-cades"),
    "signed by openssl without S/MIME's attributes": by_openssl("-cades -nosmimecap"),
    "an attribute that somebody added later": reshaped(_unsigned_attribute),
    "received before it was taken back": revoked(timedelta(days=-1), timedelta()),
    "another certificate taken back": believing(
        lambda one: one.authority.revoking(
            one.authority.certify(certificates.new_key(), DISTRICT, one.now), one.now
        )
    ),
    "a list that is a year old": lambda one: Given(
        one.good(), one.authority.trust, one.now + 399 * DAY
    ),
    "a sender whose clock is 3 hours behind": clock_behind,
    "a reader whose clock is 3 hours behind": lambda one: Given(
        one.good(), one.authority.trust, one.now - 3 * HOUR
    ),
}

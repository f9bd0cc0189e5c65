"""Signatures that must not count: step 4."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import algos, cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from taza_desktop.errors import Refusal
from taza_desktop.packages import certificates, container, manifest, signature
from tests.packages.kit import CLERK, DISTRICT, Attack, Sample, der, new_authority, pkcs8

Reshape = Callable[[Sample, cms.ContentInfo], None]


def parts(sample: Sample) -> dict[str, bytes]:
    return sample.signed(sample.files())


def with_signature(sample: Sample, made: bytes) -> bytes:
    return container.write({**parts(sample), container.SIGNATURE: made})


def signed_by(sample: Sample, key, certificate: x509.Certificate) -> bytes:
    return replace(sample, key=key, certificate=certificate).good()


def reshaped(change: Reshape) -> Attack:
    """The signature taken apart, changed, and written as DER again."""

    def attack(sample: Sample) -> bytes:
        info = cms.ContentInfo.load(parts(sample)[container.SIGNATURE])
        change(sample, info)
        return with_signature(sample, info.dump(force=True))

    return attack


def _second_signer(_sample: Sample, info: cms.ContentInfo) -> None:
    signers = info["content"]["signer_infos"]
    signers.append(signers[0].copy())


def _second_certificate(sample: Sample, info: cms.ContentInfo) -> None:
    other = cms.Certificate.load(der(sample.authority.certificate))
    info["content"]["certificates"].append(cms.CertificateChoices("certificate", other))


def _own_revocation_list(sample: Sample, info: cms.ContentInfo) -> None:
    from asn1crypto import crl

    info["content"]["crls"] = [crl.CertificateList.load(der(sample.authority.crl))]


def _unsigned_attribute(_sample: Sample, info: cms.ContentInfo) -> None:
    signer = info["content"]["signer_infos"][0]
    signer["unsigned_attrs"] = [{"type": "1.2.3.4", "values": [algos.Integer(1)]}]


def _content_inside(sample: Sample, info: cms.ContentInfo) -> None:
    info["content"]["encap_content_info"]["content"] = parts(sample)[container.MANIFEST]


def _no_certificate(_sample: Sample, info: cms.ContentInfo) -> None:
    info["content"]["certificates"] = []


def _sha1(_sample: Sample, info: cms.ContentInfo) -> None:
    info["content"]["signer_infos"][0]["digest_algorithm"] = {"algorithm": "sha1"}


def not_der(sample: Sample) -> bytes:
    """The outermost length written with a byte too many."""
    made = parts(sample)[container.SIGNATURE]
    assert made[:2] == b"\x30\x82"
    return with_signature(sample, b"\x30\x83\0" + made[2:])


def indefinite_length(sample: Sample) -> bytes:
    made = parts(sample)[container.SIGNATURE]
    return with_signature(sample, b"\x30\x80" + made[4:] + b"\0\0")


def plain_cms(sample: Sample) -> bytes:
    """A good signature by openssl that is not CAdES: it does not name the certificate."""
    made = parts(sample)
    signed = _openssl_sign(sample, made[container.MANIFEST])
    return container.write({**made, container.SIGNATURE: signed})


def _openssl_sign(sample: Sample, content: bytes) -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        (where / "m").write_bytes(content)
        (where / "c").write_bytes(certificates.to_pem(sample.certificate))
        (where / "k").write_bytes(pkcs8(sample.key))
        command = (
            "openssl cms -sign -binary -in m -signer c -inkey k -keyform DER -outform DER -out s"
        )
        subprocess.run(command.split(), cwd=where, check=True)
        return (where / "s").read_bytes()


def changed_manifest(sample: Sample) -> bytes:
    made = parts(sample)
    listed = made[container.MANIFEST].replace(b"application/json", b"application/jsom", 1)
    assert listed != made[container.MANIFEST]
    return container.write({**made, container.MANIFEST: listed})


def anothers_signature(sample: Sample) -> bytes:
    other = sample.signed(sample.files(replace(sample.said, seq=4)))
    return with_signature(sample, other[container.SIGNATURE])


def by_another_authority(sample: Sample) -> bytes:
    """Of the same name, for the same territory, with another key."""
    other = new_authority(sample.now)
    return signed_by(sample, sample.key, other.certify(sample.key, DISTRICT, sample.now))


def by_oneself(sample: Sample) -> bytes:
    made = certificates.new_authority(sample.key, DISTRICT, CLERK.name, sample.now)
    return signed_by(sample, sample.key, made)


def by_the_authority_itself(sample: Sample) -> bytes:
    return signed_by(sample, sample.authority.key, sample.authority.certificate)


def leaf_as_authority(sample: Sample) -> bytes:
    """A clerk certifies somebody else with her own certificate."""
    key = certificates.new_key()
    asked = certificates.read_request(certificates.new_request(key, DISTRICT, "X"))
    made = certificates.certify(sample.key, sample.certificate, asked, DISTRICT, "X", sample.now)
    return signed_by(sample, key, made)


def leaf_named_like_the_authority(sample: Sample) -> bytes:
    """The same with the authority's name as issuer."""
    key = certificates.new_key()
    asked = certificates.read_request(certificates.new_request(key, DISTRICT, "X"))
    issuer = sample.authority.certificate
    made = certificates.certify(sample.key, issuer, asked, DISTRICT, "X", sample.now)
    return signed_by(sample, key, made)


def certificate_for_web_servers(sample: Sample) -> bytes:
    """Given by the authority, for another purpose."""
    good, authority = sample.certificate, sample.authority
    builder = x509.CertificateBuilder().subject_name(good.subject).issuer_name(good.issuer)
    builder = builder.public_key(sample.key.public_key()).serial_number(7)
    builder = builder.not_valid_before(good.not_valid_before_utc)
    builder = builder.not_valid_after(good.not_valid_after_utc)
    for extension in good.extensions:
        value = extension.value
        if isinstance(value, x509.ExtendedKeyUsage):
            value = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(value, extension.critical)
    return signed_by(sample, sample.key, builder.sign(authority.key, hashes.SHA256()))


def rsa_key(sample: Sample) -> bytes:
    key = rsa.generate_private_key(65537, 2048)
    good, authority = sample.certificate, sample.authority
    builder = x509.CertificateBuilder().subject_name(good.subject).issuer_name(good.issuer)
    builder = builder.public_key(key.public_key()).serial_number(8)
    builder = builder.not_valid_before(good.not_valid_before_utc)
    builder = builder.not_valid_after(good.not_valid_after_utc)
    for extension in good.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return signed_by(sample, key, builder.sign(authority.key, hashes.SHA256()))


REFUSED: dict[str, dict[str, Attack]] = {
    "PKG-SIGNATURE-FORM": {
        "no signature at all": lambda one: with_signature(one, b""),
        "noise": lambda one: with_signature(one, b"\x30\x03\2\1\1"),
        "deeply nested": lambda one: with_signature(one, b"\x30\x80" * 9000),
        "not DER": not_der,
        "indefinite length": indefinite_length,
        "bytes behind it": lambda one: with_signature(one, parts(one)[container.SIGNATURE] + b"\0"),
        "two signers": reshaped(_second_signer),
        "two certificates": reshaped(_second_certificate),
        "its own revocation list": reshaped(_own_revocation_list),
        "an attribute added later": reshaped(_unsigned_attribute),
        "the content inside": reshaped(_content_inside),
        "no certificate": reshaped(_no_certificate),
        "another digest": reshaped(_sha1),
        "RSA": rsa_key,
        "plain CMS": plain_cms,
    },
    "PKG-SIGNATURE": {
        "the manifest changed": changed_manifest,
        "the signature of another package": anothers_signature,
    },
    "PKG-STRANGER": {
        "another authority": by_another_authority,
        "self-signed": by_oneself,
        "the authority itself": by_the_authority_itself,
        "a leaf as authority": leaf_as_authority,
        "a leaf that borrows a name": leaf_named_like_the_authority,
        "a certificate for web servers": certificate_for_web_servers,
    },
}
ATTACKS = [(code, name) for code, attacks in REFUSED.items() for name in attacks]


@pytest.mark.parametrize(("code", "name"), ATTACKS)
def test_it_is_refused(code: str, name: str, sample: Sample, tmp_path: Path):
    data = REFUSED[code][name](sample)
    with pytest.raises(Refusal) as refused:
        sample.verify(data, tmp_path)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("days", "code"),
    [(-3, "PKG-EXPIRED"), (399, None), (401, "PKG-CRL"), (731, "PKG-EXPIRED")],
)
def test_it_counts_between_its_dates(sample: Sample, tmp_path: Path, days: int, code: str | None):
    when = replace(sample, now=sample.now + timedelta(days=days))
    if code is None:
        assert when.verify(sample.good(), tmp_path).signer.name == CLERK.name
        return
    with pytest.raises(Refusal) as refused:
        when.verify(sample.good(), tmp_path)
    assert refused.value.code == code


@pytest.mark.parametrize("ago", [0, 1, 30 * 24 * 3600])
def test_a_certificate_taken_back_counts_no_more(sample: Sample, tmp_path: Path, ago: int):
    since = sample.now - timedelta(seconds=ago)
    trust = sample.authority.revoking(sample.certificate, since).trust
    with pytest.raises(Refusal, match="PKG-REVOKED"):
        sample.verify(sample.good(), tmp_path, trust)


def test_what_was_received_before_it_was_taken_back_stays_good(sample: Sample, tmp_path: Path):
    since = sample.now + timedelta(days=1)
    trust = sample.authority.revoking(sample.certificate, since).trust
    assert sample.verify(sample.good(), tmp_path, trust)


def test_another_certificate_taken_back_changes_nothing(sample: Sample, tmp_path: Path):
    other = sample.authority.certify(certificates.new_key(), DISTRICT, sample.now)
    trust = sample.authority.revoking(other, sample.now).trust
    assert sample.verify(sample.good(), tmp_path, trust)


def test_a_list_by_somebody_else_is_no_list(sample: Sample, tmp_path: Path):
    other = new_authority(sample.now)
    mixed = certificates.to_pem(sample.authority.certificate) + certificates.to_pem(other.crl)
    with pytest.raises(Refusal, match="CRED-TRUST"):
        sample.verify(sample.good(), tmp_path, mixed)


def test_a_refusal_leaves_no_traceback_in_the_log(
    sample: Sample, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    with pytest.raises(Refusal):
        sample.verify(by_another_authority(sample), tmp_path)
    assert "Traceback" not in "".join(capfd.readouterr())
    assert not logging.getLogger("pyhanko").isEnabledFor(logging.WARNING)


def test_no_bit_of_a_signature_may_be_turned(sample: Sample):
    listed = manifest.write(sample.files())
    made = signature.sign(listed, der(sample.certificate), pkcs8(sample.key), sample.now)
    trust = certificates.read_trust(sample.authority.trust)
    for at in range(len(made)):
        turned = bytearray(made)
        turned[at] ^= 1 << at % 8
        with pytest.raises(Refusal):
            signature.verify(listed, bytes(turned), trust, sample.now, "x")

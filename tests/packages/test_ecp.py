"""The second signature: an RSA key from a file, NCALayer, and what a reader makes of it."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import algos, cms, pem
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from taza_desktop.errors import Refusal
from taza_desktop.packages import (
    certificates,
    container,
    credentials,
    ecp,
    encoding,
    manifest,
    ncalayer,
    read,
    signature,
)
from taza_desktop.packages.keys import Keyring, Passphrase
from taza_desktop.packages.write import export
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register
from tests.packages.kit import KEY, Sample, one_form
from tests.packages.ncalayer_server import Answer, serving

WORD = "Qwerty12"
NAME, FIRM, ISSUER = "СЕЙІТҚЫЗЫ АЙГҮЛ", "АКИМАТ", "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)"
FILES = {"envelope.json": b"{}", "data/records.jsonl": b"[]"}


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True)
class Owner:
    """Whose key it is, much as НУЦ РК writes certificates."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.EMAIL_PROTECTION
    ended: int = -300  # days ago

    def certificate(self) -> x509.Certificate:
        until = datetime.now(UTC) - timedelta(days=self.ended)
        named = [(NameOID.COMMON_NAME, NAME), (NameOID.SERIAL_NUMBER, "IIN000000000000")]
        subject = [*named, (NameOID.ORGANIZATION_NAME, FIRM)]
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(*one) for one in subject]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ISSUER)]))
            .public_key(self.key.public_key())
            .serial_number(0xABCDEF)
            .not_valid_before(until - timedelta(days=365))
            .not_valid_after(until)
            .add_extension(x509.ExtendedKeyUsage([self.purpose]), critical=False)
        )
        return builder.sign(self.key, hashes.SHA256())

    def file(self, word: str = WORD) -> bytes:
        lock = serialization.BestAvailableEncryption(word.encode())
        return pkcs12.serialize_key_and_certificates(b"x", self.key, self.certificate(), None, lock)

    def sign(self, content: bytes) -> bytes:
        return signature.sign(
            content,
            encoding.to_der(self.certificate()),
            encoding.private_der(self.key),
            certificates.now(),
        )


@pytest.fixture(scope="session")
def owner() -> Owner:
    return Owner(rsa_key())


def refused(code: str):
    return pytest.raises(Refusal, match=f"^{code}:")


def seconded(sample: Sample, made: Mapping[str, bytes]) -> bytes:
    """A good package with these two files more."""
    return container.write({**sample.signed(sample.files()), **made})


def reworked(signed: bytes, work: Callable[[Any], None]) -> bytes:
    """A signature after something in it was changed."""
    content = cms.ContentInfo.load(signed)
    work(content["content"])
    return content.dump(force=True)


# a key from a file


def test_an_rsa_key_from_a_file_signs_a_second_time(
    owner: Owner, clerk: Register, region: Register, secret: Keyring, tmp_path: Path
):
    clerk.set_cell(KEY, "planted", 5)
    signing = ecp.from_pkcs12(owner.file(), Passphrase(WORD))
    made = export(clerk, one_form(), Round.parse("2024"), tmp_path, secret, signing)
    opened = read.verify(made.path, credentials.trust_pem(region), one_form())
    second = opened.second
    assert second is not None
    assert (second.name, second.organisation, second.issuer) == (NAME, FIRM, ISSUER)
    assert second.checked
    assert second.serial == "abcdef"
    assert second.until == owner.certificate().not_valid_after_utc.date().isoformat()


def test_the_second_signature_changes_nothing_about_the_first(
    owner: Owner, sample: Sample, tmp_path: Path
):
    plain = sample.verify(sample.good(), tmp_path)
    both = sample.verify(seconded(sample, ecp.files(sample.files(), owner.sign)), tmp_path)
    assert plain.second is None
    assert replace(both, second=None, container=plain.container) == plain


def test_a_wrong_password_is_told_from_a_wrong_file(owner: Owner):
    with refused("ECP-PASSPHRASE"):
        ecp.from_pkcs12(owner.file(), Passphrase("wrong"))
    for noise in (b"", b"noise", owner.file()[:-20]):
        with refused("ECP-FILE"):
            ecp.from_pkcs12(noise, Passphrase(WORD))


def test_only_a_signing_key_in_its_time_signs(owner: Owner):
    with refused("ECP-PURPOSE"):
        login = replace(owner, purpose=ExtendedKeyUsageOID.CLIENT_AUTH)
        ecp.from_pkcs12(login.file(), Passphrase(WORD))
    with refused("ECP-EXPIRED"):
        ecp.from_pkcs12(replace(owner, ended=3).file(), Passphrase(WORD))
    with refused("ECP-FILE"):
        ecp.from_pkcs12(Owner(ec.generate_private_key(ec.SECP256R1())).file(), Passphrase(WORD))


# what a reader makes of it


def test_a_second_signature_over_other_files_is_refused(
    owner: Owner, sample: Sample, tmp_path: Path
):
    other = {**sample.files(), container.ENVELOPE: b"{}"}
    with refused("PKG-MANIFEST"):
        sample.verify(seconded(sample, ecp.files(other, owner.sign)), tmp_path)
    forged = {
        container.SECOND_MANIFEST: manifest.write(sample.files(), container.SECOND_SIGNATURE),
        container.SECOND_SIGNATURE: owner.sign(b"something else"),
    }
    with refused("PKG-SECOND"):
        sample.verify(seconded(sample, forged), tmp_path)


def test_half_a_second_signature_is_refused(owner: Owner, sample: Sample, tmp_path: Path):
    made = ecp.files(sample.files(), owner.sign)
    for name in made:
        with refused("PKG-MISSING"):
            sample.verify(seconded(sample, {name: made[name]}), tmp_path)


def _without_certificate(content: Any) -> None:
    content["certificates"] = []


def _two_signers(content: Any) -> None:
    content["signer_infos"] = [*content["signer_infos"], content["signer_infos"][0]]


def _attached(content: Any) -> None:
    content["encap_content_info"]["content"] = b"x"


def _other_value(content: Any) -> None:
    signer = content["signer_infos"][0]
    signer["signature"] = bytes(reversed(signer["signature"].native))


def _weak(content: Any) -> None:
    content["signer_infos"][0]["digest_algorithm"] = {"algorithm": "md5"}


def _unknown(content: Any) -> None:
    content["signer_infos"][0]["signature_algorithm"] = {"algorithm": "1.2.3.4"}


@pytest.mark.parametrize(
    "work", [_without_certificate, _two_signers, _attached, _other_value, _weak, _unknown]
)
def test_a_signature_of_another_form_is_refused(owner: Owner, work: Callable[[Any], None]):
    with refused("PKG-SECOND"):
        ecp.files(FILES, lambda listed: reworked(owner.sign(listed), work))


@pytest.mark.parametrize("noise", [b"", b"noise", b"\x30\x80", b"\x30\x03\x02\x01\x01"])
def test_noise_is_no_signature(noise: bytes):
    with refused("PKG-SECOND"):
        ecp.files(FILES, lambda _: noise)


def test_gost_is_shown_and_said_not_to_be_checked(owner: Owner, sample: Sample, tmp_path: Path):
    def gost(content: Any) -> None:
        algorithm = algos.SignedDigestAlgorithm({"algorithm": "1.2.398.3.10.1.1.2.3.2"})
        content["signer_infos"][0]["signature_algorithm"] = algorithm

    made = ecp.files(sample.files(), lambda listed: reworked(owner.sign(listed), gost))
    second = sample.verify(seconded(sample, made), tmp_path).second
    assert second is not None
    assert (second.name, second.checked) == (NAME, False)


def test_a_name_is_one_line_without_tricks(owner: Owner):
    certificate = asn1.Certificate.load(encoding.to_der(owner.certificate()))
    assert ecp._first(["А\u202eБ\nВ", "second"]) == "АБВ"
    assert ecp._first(None) == ""
    assert ecp._describe(certificate, True).name == NAME


# NCALayer


@pytest.fixture(scope="session")
def own_tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate that NCALayer made for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    path = tmp_path_factory.mktemp("tls") / "ncalayer.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(certificates.to_pem(Owner(key).certificate()) + private)
    return path


def good(result: object) -> str:
    return json.dumps({"status": True, "body": {"result": result}})


def signing(owner: Owner, wrap: Callable[[bytes], object]) -> Answer:
    def answer(asked: dict[str, Any]) -> str:
        return good(wrap(owner.sign(base64.b64decode(asked["args"]["data"]))))

    return answer


WRAPS: dict[str, Callable[[bytes], object]] = {
    "base64": lambda signed: base64.b64encode(signed).decode(),
    "lines": lambda signed: base64.encodebytes(signed).decode().replace("\n", "\r\n"),
    "pem": lambda signed: pem.armor("CMS", signed).decode(),
    "list": lambda signed: [base64.b64encode(signed).decode()],
}


@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS)
def test_ncalayer_signs(owner: Owner, own_tls: Path, wrap: Callable[[bytes], object]):
    with serving(own_tls, signing(owner, wrap)) as server:
        made = ecp.files(FILES, lambda listed: ncalayer.sign(listed, server.url))
    (asked,) = server.asked
    assert (asked["module"], asked["method"]) == ("kz.gov.pki.knca.basics", "sign")
    assert asked["args"]["format"] == "cms"
    assert asked["args"]["signingParams"] == {
        "decode": True,
        "encapsulate": False,
        "digested": False,
    }
    assert asked["args"]["signerParams"] == {"extKeyUsageOids": ["1.3.6.1.5.5.7.3.4"]}
    assert asked["args"]["locale"] in {"kk", "ru", "en"}
    listed = made[container.SECOND_MANIFEST]
    assert base64.b64decode(asked["args"]["data"]) == listed


ANSWERS = {
    "cancelled": (json.dumps({"status": True, "body": {}}), "ECP-CANCELLED"),
    "failed": (json.dumps({"status": False, "code": "500", "message": "x"}), "ECP-NCALAYER"),
    "failed, no word": (json.dumps({"status": False}), "ECP-NCALAYER"),
    "no JSON": ("hello", "ECP-ANSWER"),
    "a list": ("[]", "ECP-ANSWER"),
    "no body": (json.dumps({"status": True}), "ECP-ANSWER"),
    "no base64": (good("%%%"), "ECP-ANSWER"),
    "two": (good(["AA==", "AA=="]), "ECP-ANSWER"),
    "a number": (good(5), "ECP-ANSWER"),
    "too much": (good("A" * 500_000), "ECP-ANSWER"),
    "no signature": (good("AA=="), "PKG-SECOND"),
}


@pytest.mark.parametrize(("said", "code"), ANSWERS.values(), ids=ANSWERS)
def test_what_else_ncalayer_may_say(own_tls: Path, said: str, code: str):
    with serving(own_tls, lambda _: said) as server, refused(code):
        ecp.files(FILES, lambda listed: ncalayer.sign(listed, server.url))


def test_a_line_that_breaks_is_told(own_tls: Path):
    with serving(own_tls, lambda _: None) as server, refused("ECP-NO-NCALAYER"):
        ncalayer.sign(b"x", server.url)


def test_a_person_who_does_not_answer_is_not_waited_for_for_ever(own_tls: Path):
    def slow(_: dict[str, Any]) -> None:
        import time

        time.sleep(0.5)

    with serving(own_tls, slow) as server, refused("ECP-NO-NCALAYER"):
        ncalayer.sign(b"x", server.url, patience=0.1)


def test_without_ncalayer_it_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with refused("ECP-NO-NCALAYER"):
        ncalayer.sign(b"x", f"wss://127.0.0.1:{port}/")


def test_nothing_but_this_pc_is_ever_called():
    with pytest.raises(ValueError, match="this PC"):
        ncalayer.sign(b"x", "wss://ncl.pki.gov.kz/")


def test_a_cancelled_second_signature_sends_nothing(
    own_tls: Path, clerk: Register, secret: Keyring, tmp_path: Path
):
    clerk.set_cell(KEY, "planted", 5)
    with (
        serving(own_tls, lambda _: ANSWERS["cancelled"][0]) as server,
        refused("ECP-CANCELLED"),
    ):
        export(
            clerk,
            one_form(),
            Round.parse("2024"),
            tmp_path / "out",
            secret,
            lambda listed: ncalayer.sign(listed, server.url),
        )
    assert clerk.packages("out") == []
    assert not (tmp_path / "out").exists()

"""Keys at rest."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from taza_desktop.errors import Refusal
from taza_desktop.packages import certificates, keys, sealing
from taza_desktop.packages.keys import Keyring
from tests.packages.kit import cheap, pkcs8


def test_age_is_what_keys_lie_in(tmp_path: Path):
    """The one test that pays for scrypt: ours, and Debian's age on the same file."""
    key, ring, identity = certificates.new_key(), Keyring("жасыл желек"), sealing.new_identity()
    locked = ring.lock(key, identity)
    assert locked.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert pkcs8(key) not in locked
    again = Keyring("жасыл желек")
    assert again.unlock_der(locked) == pkcs8(key)
    assert again.identities(locked) == [identity]
    with pytest.raises(Refusal, match="CRED-PASSPHRASE"):
        Keyring("жасыл  желек").unlock_der(locked)
    (tmp_path / "key.age").write_bytes(locked)
    assert typed_into("age -d -o key.txt key.age", "жасыл желек", tmp_path) == 0
    shown = subprocess.run(
        ["openssl", "pkey", "-in", "key.txt", "-outform", "DER"], cwd=tmp_path, capture_output=True
    )
    openssls = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    assert shown.stdout in {openssls, pkcs8(key)}
    assert (tmp_path / "key.txt").read_text().splitlines()[-1] == identity


def typed_into(command: str, passphrase: str, folder: Path) -> int:
    """Run a program that asks for a passphrase at a terminal, which `script` is; its exit code."""
    asked = ["script", "-qec", command, "/dev/null"]
    typed = f"{passphrase}\n".encode()
    return subprocess.run(asked, cwd=folder, input=typed, capture_output=True).returncode


def test_what_is_no_age_file_is_refused_like_a_wrong_passphrase():
    with pytest.raises(Refusal, match="CRED-PASSPHRASE"):
        Keyring("x").unlock_der(b"noise")


def test_a_key_just_made_need_not_be_unlocked():
    class Once:
        def lock(self, plain: bytes, passphrase: str) -> bytes:
            return b"locked"

        def unlock(self, locked: bytes, passphrase: str) -> bytes:
            raise AssertionError("unlocked")

    key, ring = certificates.new_key(), Keyring("x", Once())
    assert ring.unlock_der(ring.lock(key)) == pkcs8(key)


def test_an_empty_passphrase_protects_nothing():
    with pytest.raises(Refusal, match="CRED-NO-PASSPHRASE"):
        cheap("").lock(certificates.new_key())


def test_a_passphrase_alone_makes_a_keyring():
    ring = cheap()
    assert keys.keyring(ring) is ring
    assert isinstance(keys.keyring("x"), Keyring)

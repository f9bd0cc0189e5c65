"""Keys at rest."""

from __future__ import annotations

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import certificates, keys
from taza_desktop.packages.keys import Keyring
from tests.packages.kit import cheap, pkcs8


def test_age_is_what_keys_lie_in():
    """The one test that pays for scrypt."""
    key, ring = certificates.new_key(), Keyring("жасыл желек")
    locked = ring.lock(key)
    assert locked.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert pkcs8(key) not in locked
    assert Keyring("жасыл желек").unlock_der(locked) == pkcs8(key)
    with pytest.raises(Refusal, match="CRED-PASSPHRASE"):
        Keyring("жасыл  желек").unlock_der(locked)


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

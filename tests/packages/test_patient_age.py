"""Keys that a much faster PC locked."""

from __future__ import annotations

import re
from functools import cache

import pyrage
import pytest

from taza_desktop.errors import EnvironmentFault
from taza_desktop.packages import patient_age
from taza_desktop.packages.keys import Age

WORD = "жасыл желек"


@pytest.fixture(scope="module")
def locked() -> bytes:
    return pyrage.passphrase.encrypt("құпия".encode(), WORD)


def test_it_opens_what_age_has_locked(locked: bytes):
    assert patient_age.unlock(locked, WORD).decode() == "құпия"


def test_it_opens_more_than_a_chunk():
    plain = bytes(200_000)
    assert patient_age.unlock(pyrage.passphrase.encrypt(plain, WORD), WORD) == plain


def test_age_finds_it_too_much_work_and_it_opens_all_the_same(
    locked: bytes, monkeypatch: pytest.MonkeyPatch
):
    def refuse(_data: bytes, _passphrase: str) -> bytes:
        raise pyrage.DecryptError("Excessive work parameter for passphrase.")

    monkeypatch.setattr(pyrage.passphrase, "decrypt", refuse)
    assert Age().unlock(locked, WORD).decode() == "құпия"
    with pytest.raises(ValueError, match="wrong passphrase"):
        Age().unlock(locked, "another")


def test_age_says_so_in_these_words(locked: bytes):
    """What the code looks for; both refuse at once what would take years."""
    harder = re.sub(rb"(-> scrypt \S+) \d+", rb"\1 40", locked)
    with pytest.raises(pyrage.DecryptError, match="Excessive work"):
        pyrage.passphrase.decrypt(harder, WORD)
    with pytest.raises(ValueError, match="not an age file"):
        Age().unlock(harder, WORD)


def changed(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_what_was_changed_does_not_open(locked: bytes, monkeypatch: pytest.MonkeyPatch):
    known = cache(patient_age._file_key)  # each costs a second
    monkeypatch.setattr(patient_age, "_file_key", known)
    begin = locked.index(b"\n---")
    spots = (begin + 10, begin + 51, len(locked) - 1, len(locked) - 20)
    wrong = [changed(locked, at) for at in spots]
    wrong += [locked[:-1], locked[: begin + 60], b"", b"noise"]
    for data in wrong:
        with pytest.raises(ValueError, match=r"wrong passphrase|not an age file"):
            patient_age.unlock(data, WORD)


def test_too_little_memory_is_told(locked: bytes, monkeypatch: pytest.MonkeyPatch):
    from cryptography.hazmat.primitives.kdf import scrypt

    def derive(*_: object) -> bytes:
        raise MemoryError

    class Poor:
        def __init__(self, **_: object) -> None:
            self.derive = derive

    monkeypatch.setattr(scrypt, "Scrypt", Poor)
    with pytest.raises(EnvironmentFault, match="ENV-MEMORY"):
        patient_age.unlock(locked, WORD)

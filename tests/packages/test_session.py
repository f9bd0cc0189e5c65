"""How long a passphrase is kept, and where it never shows."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from taza_desktop.errors import Refusal
from taza_desktop.packages import certificates, credentials, keystore
from taza_desktop.packages.keys import Keyring, Passphrase
from taza_desktop.packages.session import Session
from taza_desktop.register.register import Register
from tests.packages.kit import PASSPHRASE, Plain, cheap

WORD = "құпиясөз-7731"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now

    def minutes(self, count: float) -> None:
        self.now += count * 60


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_one_unlock_serves_a_while_of_work(clock: Clock):
    session = Session(10, clock)
    assert session.is_locked()
    ring = session.unlock(WORD, Plain())
    for _ in range(20):
        clock.minutes(9)
        assert session.keyring() is ring
    clock.minutes(9)
    session.touch()
    clock.minutes(9)
    assert session.keyring() is ring


def test_it_locks_when_nobody_works_and_wipes_everything(clock: Clock):
    session = Session(10, clock)
    ring = session.unlock(WORD, Plain())
    locked = ring.lock(certificates.new_key())
    buffers = [ring._passphrase._bytes, *ring._open.values()]
    assert all(buffers)
    clock.minutes(10.1)
    session.touch()
    with pytest.raises(Refusal, match="CRED-LOCKED"):
        session.keyring()
    assert not any(buffers)
    with pytest.raises(Refusal, match="CRED-PASSPHRASE"):
        ring.unlock(locked)


def test_another_passphrase_wipes_the_one_before():
    session = Session()
    first = session.unlock(Passphrase(WORD))
    second = session.unlock("other")
    assert not first._passphrase
    assert session.keyring() is second


def test_a_buffer_is_overwritten_before_it_is_let_go():
    word = Passphrase(WORD)
    view = memoryview(word._bytes)
    with pytest.raises(BufferError):
        word.wipe()  # the view holds it, so it cannot shrink; by then it is zeros
    assert set(view) == {0}


def test_a_passphrase_shows_itself_nowhere(clerk: Register, caplog: pytest.LogCaptureFixture):
    word, ring = Passphrase(WORD), cheap(WORD)
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Refusal, match="CRED-PASSPHRASE") as refused:
        ring.unlock(credentials.person(clerk).key)
    refusal = refused.value
    told = "".join(traceback.format_exception(refusal))
    shown = f"{word!r} {word} {ring!r} {[word]} {caplog.text} {refusal!r} {refusal.fields} {told}"
    assert "Passphrase(…)" in shown
    assert "CRED-PASSPHRASE" in shown
    assert WORD not in shown


class Store(KeyringBackend):
    """A key store in memory; `fault` is what it raises for everything."""

    priority = 5  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.fault: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        del self.kept[service, username]

    def _fail(self) -> None:
        if self.fault:
            raise self.fault


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    store = Store()
    monkeypatch.setattr(keyring.core, "_keyring_backend", store)
    return store


def test_the_store_keeps_a_passphrase_under_the_registers_id(store: Store, clerk: Register):
    assert keystore.recall(clerk) == (None, None)
    keystore.remember(clerk, Passphrase(PASSPHRASE))
    assert store.kept == {("taza-desktop", clerk.id): PASSPHRASE}
    found, told = keystore.recall(clerk)
    assert told is None
    assert found is not None
    Keyring(found, Plain()).unlock(credentials.person(clerk).key)
    keystore.forget(clerk)
    keystore.forget(clerk)
    assert store.kept == {}


@pytest.mark.parametrize("fault", [KeyringLocked(WORD), OSError(WORD), RuntimeError(WORD)])
def test_a_store_that_fails_is_told_of_and_stops_nothing(
    store: Store, clerk: Register, fault: Exception
):
    store.fault = fault
    found, told = keystore.recall(clerk)
    assert found is None
    assert told is not None
    assert told.code == "CRED-STORE"
    for attempt in (
        lambda: keystore.remember(clerk, Passphrase(WORD)),
        lambda: keystore.forget(clerk),
    ):
        with pytest.raises(Refusal, match="CRED-STORE") as refused:
            attempt()
        assert WORD not in "".join(traceback.format_exception(refused.value))


def test_a_store_that_does_not_protect_is_none(
    store: Store, clerk: Register, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Store, "priority", 0.5)
    assert not keystore.is_there()
    with pytest.raises(Refusal, match="CRED-STORE"):
        keystore.remember(clerk, Passphrase(WORD))
    assert keystore.recall(clerk) == (None, None)
    assert store.kept == {}


def test_the_id_stays_with_the_file(tmp_path: Path, clerk: Register):
    with Register.open(clerk.path) as again:
        assert again.id == clerk.id
    assert len(clerk.id) == 12

"""The page for keys: another passphrase, renewal, backup and restore, key store; ЭЦП in Send."""

from __future__ import annotations

import keyring as store_of_system
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtWidgets import QCheckBox

from taza_desktop.packages import credentials
from taza_desktop.packages.read import verify
from taza_desktop.register.register import Register
from taza_desktop.settings import Settings
from taza_desktop.ui.keys_page import KeysPage
from tests.packages.kit import PASSPHRASE
from tests.packages.test_ecp import WORD, Owner, rsa_key
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Part, Receiving, Sending, _front
from tests.ui.offices.world import GOOD, World
from tests.ui.pages import Shell, settle

FIELD, NEW = "Passphrase of your key", "four other good words"


class Keys(Part):
    def __init__(self, shell: Shell) -> None:
        super().__init__(_front(shell, "keys", KeysPage), shell)


def test_another_passphrase_is_in_force_at_once(world: World, open_window: Opener) -> None:
    page = Keys(open_window(world.clerk()))
    page.types(FIELD, PASSPHRASE)
    page.types("New passphrase", NEW)
    page.types("The same once more", NEW)
    page.clicks("Change the passphrase")
    assert page.says() == "The passphrase is changed. Make a new backup."
    with Register.open(world.clerk()) as clerk:
        assert credentials.renewal_request(clerk, NEW)


def test_with_a_wrong_passphrase_nothing_changes(world: World, open_window: Opener) -> None:
    page = Keys(open_window(world.clerk()))
    page.types(FIELD, "not this one")
    page.types("New passphrase", NEW)
    page.types("The same once more", NEW)
    page.clicks("Change the passphrase")
    assert any("not the passphrase" in text for text in page.texts())
    with Register.open(world.clerk()) as clerk:
        assert credentials.renewal_request(clerk, PASSPHRASE)


def test_a_certificate_is_renewed_without_a_call(
    world: World, open_window: Opener, answers: Answers
) -> None:
    page = Keys(open_window(world.clerk()))
    page.types(FIELD, PASSPHRASE)
    answers.path = world.folder / "renewal.pem"
    page.clicks("Save the renewal…")
    with Register.open(world.region) as region:
        answer = credentials.renew(region, answers.path.read_bytes(), PASSPHRASE)
    answers.path = world.folder / "answer.pem"
    answers.path.write_bytes(answer)
    page.clicks("Open the answer…")
    assert page.says() == "The new certificate is in use."


class Store(KeyringBackend):
    """A key store in memory."""

    priority = 5  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    made = Store()
    monkeypatch.setattr(store_of_system, "get_keyring", lambda: made)
    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(store_of_system, name, getattr(made, name))
    return made


def test_the_key_store_is_off_until_it_is_chosen(
    world: World, open_window: Opener, store: Store
) -> None:
    page = Keys(open_window(world.clerk()))
    box = next(one for one in page.all(QCheckBox) if one.text().startswith("Keep the passphrase"))
    assert not box.isChecked()
    assert not box.isEnabled(), "the passphrase must be typed first"
    page.types(FIELD, PASSPHRASE)
    box.click()
    settle()
    assert list(store.held.values()) == [PASSPHRASE]
    assert Settings.load().key_store

    sending = Sending(open_window(world.clerk()))
    assert "Unlocked as Айгүл Серікова" in sending.texts(), "nothing was typed"
    sending.clicks("Lock now")
    assert not any(text.startswith("Unlocked") for text in Sending(sending.shell).texts())

    page = Keys(open_window(world.clerk()))
    box = next(one for one in page.all(QCheckBox) if one.text().startswith("Keep the passphrase"))
    box.click()
    settle()
    assert not store.held
    assert not Settings.load().key_store


def test_an_own_signature_out_of_a_file_is_shown_as_what_it_is(
    world: World, open_window: Opener, answers: Answers
) -> None:
    world.enters(GOOD)
    page = Sending(open_window(world.clerk()))
    page.chooses("Second signature", "With my ЭЦП from a file")
    page.types(FIELD, PASSPHRASE)
    assert not page.button("Sign and save to a stick…").isEnabled(), "no file is chosen"
    answers.path = world.folder / "own.p12"
    answers.path.write_bytes(Owner(rsa_key()).file())
    page.clicks("Open the file…")
    page.types("Password of the ЭЦП", "not this one")
    answers.path = world.stick
    page.clicks("Sign and save to a stick…")
    assert any("not the password of the file" in text for text in page.texts())
    assert not list(world.stick.iterdir())
    page.types("Password of the ЭЦП", WORD)
    page.clicks("Sign and save to a stick…")
    (package,) = world.stick.iterdir()
    with Register.open(world.region) as region:
        assert verify(package, credentials.trust_pem(region)).second is not None
    inbox = Receiving(open_window(world.region)).drops(package)
    assert any("not an official check of НУЦ РК" in text for text in inbox.texts())

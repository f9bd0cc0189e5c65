"""A coordinator creates the authority, confirms clerks, takes a certificate back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from taza_desktop.errors import Refusal
from taza_desktop.packages import credentials
from taza_desktop.packages.read import verify
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Part, People
from tests.ui.offices.world import ALGA, GOOD, World


def test_a_new_office_creates_its_authority_first(tmp_path: Path, open_window: Opener) -> None:
    path = tmp_path / "new.taza-register"
    Register.create(path, Office("region", "100000000", "Ерлан Сапаров")).close()
    page = People(open_window(path))
    assert not page.has_button("Confirm and save the answer…")
    page.types("New passphrase", "short")
    assert "Too short: at least 8 characters." in page.texts()
    page.types("New passphrase", PASSPHRASE)
    page.types("The same once more", PASSPHRASE)
    page.clicks("Create the authority")
    assert page.says().startswith("The authority is created.")
    assert page.lines() == []
    with Register.open(path) as register:
        assert credentials.trust_pem(register).startswith(b"-----BEGIN CERTIFICATE-----")


def test_a_request_is_answered_with_the_coordinators_words(
    world: World, open_window: Opener, answers: Answers
) -> None:
    asked, answer = world.folder / "request.pem", world.folder / "answer.pem"
    fresh = world.folder / "fresh.taza-register"
    with Register.create(fresh, Office("clerk", "154200000", "кто-то")) as clerk:
        asked.write_bytes(credentials.request(clerk, PASSPHRASE))
    page = People(open_window(world.region))
    answers.path = asked
    page.clicks("Open the request…")
    page.chooses("Signs for", "Khobda District")
    page.types("Surname, name, patronymic", "Жаңа Маман")
    page.types("Passphrase of the authority", PASSPHRASE)
    answers.path = answer
    page.clicks("Confirm and save the answer…")
    assert page.lines()[0][:2] == ["Жаңа Маман", "Khobda District"]
    assert page.lines()[0][-1] == "valid"
    with Register.open(fresh) as clerk:
        person = credentials.enrol(clerk, answer.read_bytes())
    assert person.audience == "150000000"


def test_a_file_that_is_no_request_is_refused(
    world: World, open_window: Opener, answers: Answers
) -> None:
    page = People(open_window(world.region))
    answers.path = world.folder / "photo.pem"
    answers.path.write_bytes(b"not a request")
    page.clicks("Open the request…")
    page.types("Surname, name, patronymic", "Жаңа Маман")
    page.types("Passphrase of the authority", PASSPHRASE)
    page.clicks("Confirm and save the answer…")
    assert "not a request" in page.says()
    assert len(page.lines()) == 2


def test_the_card_is_saved(world: World, open_window: Opener, answers: Answers) -> None:
    page = People(open_window(world.region))
    answers.path = world.folder / "card.pem"
    page.clicks("Save the card of the office…")
    with Register.open(world.region) as region:
        assert answers.path.read_bytes() == credentials.trust_pem(region)


def _answers_revocation(shell: object, secret: str) -> None:
    """Fill in the dialog that comes next."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        part = Part(dialog, shell)
        part.types("Passphrase of the authority", secret)
        part.button("Revoke").click()

    QTimer.singleShot(0, fill)


def test_packages_of_a_revoked_person_are_refused(world: World, open_window: Opener) -> None:
    shell = open_window(world.region)
    page = People(shell)
    page.picks("Айгүл")
    _answers_revocation(shell, PASSPHRASE)
    page.clicks("Revoke…")
    assert page.lines()[1][-1] == "revoked"
    assert not page.button("Revoke…").isEnabled()
    package = world.sends(ALGA, GOOD).path
    with Register.open(world.region) as region, pytest.raises(Refusal, match="PKG-REVOKED"):
        verify(package, credentials.trust_pem(region))


def test_with_a_wrong_passphrase_nobody_is_revoked(world: World, open_window: Opener) -> None:
    shell = open_window(world.region)
    page = People(shell)
    page.picks("Айгүл")
    _answers_revocation(shell, "wrong words")
    page.clicks("Revoke…")
    assert "not the passphrase" in page.says()
    assert page.lines()[1][-1] == "valid"

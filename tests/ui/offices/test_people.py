"""A coordinator creates the authority, hands out letter and card, confirms, renews and revokes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QLineEdit, QRadioButton

from taza_desktop.errors import Refusal
from taza_desktop.packages import card, card_file, credentials
from taza_desktop.packages.read import verify
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import People
from tests.ui.offices.world import ALGA, GOOD, World

FIELD = "Passphrase of your key"
CONFIRM = "Confirm and save the answer…"
KHOBDA = "154200000"


class Fresh:
    """A clerk who asked for a certificate; `groups` are read by phone."""

    def __init__(self, folder: Path, territory: str = KHOBDA) -> None:
        self.path, self.asked = folder / "fresh.taza-register", folder / "request.pem"
        with Register.create(self.path, Office("clerk", territory, "кто-то")) as clerk:
            self.asked.write_bytes(credentials.request(clerk, PASSPHRASE))
            self.groups = credentials.phone_code(clerk)


@pytest.fixture
def fresh(world: World) -> Fresh:
    return Fresh(world.folder)


def _opened(page: People, answers: Answers, fresh: Fresh) -> None:
    """The request is open and it is chosen who it is."""
    answers.path = fresh.asked
    page.clicks("Open the request…")
    page.chooses("Signs for", "Khobda District")
    page.types("Surname, name, patronymic", "Жаңа Маман")


def test_a_new_office_creates_its_authority_first(tmp_path: Path, open_window: Opener) -> None:
    path = tmp_path / "new.taza-register"
    Register.create(path, Office("region", "100000000", "Ерлан Сапаров")).close()
    page = People(open_window(path))
    assert not page.has_button("Open the request…")
    page.types("New passphrase", "short")
    assert "Too short: at least 8 characters." in page.texts()
    page.types("New passphrase", PASSPHRASE)
    page.types("The same once more", PASSPHRASE)
    page.clicks("Create the authority")
    assert page.says().startswith("The authority is created.")
    assert page.lines() == []
    assert "Unlocked as Ерлан Сапаров" in page.texts(), "the passphrase was typed a moment ago"
    with Register.open(path) as register:
        assert credentials.trust_pem(register).startswith(b"-----BEGIN CERTIFICATE-----")


def test_a_request_is_confirmed_during_a_call(
    world: World, open_window: Opener, answers: Answers, fresh: Fresh
) -> None:
    page = People(open_window(world.region))
    _opened(page, answers, fresh)
    assert not page.has_button(CONFIRM), "nobody was called yet"
    page.types_code(fresh.groups)
    assert any(text.startswith("All six groups fit") for text in page.texts())
    assert not page.button(CONFIRM).isEnabled(), "the keys are locked"
    page.types(FIELD, PASSPHRASE)
    answers.path = world.folder / "answer.pem"
    page.clicks(CONFIRM)
    assert answers.asked[-1].endswith(f"{KHOBDA}-certificate.pem")
    assert page.lines()[0][:2] == ["Жаңа Маман", "Khobda District"]
    assert page.lines()[0][-1] == "valid"
    with Register.open(fresh.path) as clerk:
        person = credentials.enrol(clerk, answers.path.read_bytes())
    assert person.audience == "150000000"


def test_a_group_that_was_misheard_is_named_and_nothing_else_is_told(
    world: World, open_window: Opener, answers: Answers, fresh: Fresh
) -> None:
    page = People(open_window(world.region))
    _opened(page, answers, fresh)
    wrong = "00000" if fresh.groups[3] != "00000" else "11111"
    page.types_code((*fresh.groups[:3], wrong, *fresh.groups[4:]))
    assert "4 – again" in page.texts()
    assert any(text.startswith("Group 4 does not fit") for text in page.texts())
    assert not any(fresh.groups[3] in text for text in page.texts()), "never what it should be"
    assert not page.has_button(CONFIRM)
    page.types("Group 4", fresh.groups[3])
    assert any(text.startswith("All six groups fit") for text in page.texts())


def test_the_number_row_of_a_kazakh_keyboard_types_digits(
    world: World, open_window: Opener, answers: Answers, fresh: Fresh
) -> None:
    page = People(open_window(world.region))
    _opened(page, answers, fresh)
    row = str.maketrans("1234567890", '"әіңғ,.үұқ')
    page.types_code([group.translate(row) for group in fresh.groups])
    assert any(text.startswith("All six groups fit") for text in page.texts())


def test_a_code_that_is_pasted_fills_all_groups(
    world: World, open_window: Opener, answers: Answers, fresh: Fresh
) -> None:
    page = People(open_window(world.region))
    _opened(page, answers, fresh)
    first = next(one for one in page.all(QLineEdit) if one.accessibleName() == "Group 1")
    first.insert("-".join(fresh.groups))
    first.textEdited.emit(first.text())
    assert any(text.startswith("All six groups fit") for text in page.texts())


def test_a_file_that_is_no_request_is_refused_in_its_place(
    world: World, open_window: Opener, answers: Answers
) -> None:
    page = People(open_window(world.region))
    answers.path = world.folder / "photo.pem"
    answers.path.write_bytes(b"not a request")
    page.clicks("Open the request…")
    assert any("not a request" in text for text in page.texts())
    assert not page.has_button(CONFIRM)
    assert len(page.lines()) == 2


def test_a_renewal_needs_no_call(world: World, open_window: Opener, answers: Answers) -> None:
    answers.path = world.folder / "renewal.pem"
    with Register.open(world.clerk()) as clerk:
        answers.path.write_bytes(credentials.renewal_request(clerk, PASSPHRASE))
        before = credentials.person(clerk).serial
    page = People(open_window(world.region))
    page.clicks("Open the request…")
    assert any(text.startswith("Renewal for Айгүл Серікова") for text in page.texts())
    page.types(FIELD, PASSPHRASE)
    answers.path = world.folder / "answer.pem"
    page.clicks(CONFIRM)
    assert len(page.lines()) == 3
    with Register.open(world.clerk()) as clerk:
        assert credentials.enrol(clerk, answers.path.read_bytes()).serial != before


def test_a_certificate_that_ends_soon_is_told_of_until_it_is_renewed(
    world: World, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    from taza_desktop.ui import people_list

    monkeypatch.setattr(people_list, "SOON", timedelta(days=3650))
    page = People(open_window(world.region))
    assert page.notices()[0].startswith("Certificates that end soon\n")
    assert page.notices()[0].count("Айгүл Серікова") == 1
    assert page.lines()[0][-1].endswith(" days left")


def test_letter_card_and_backups_are_handed_out(
    world: World, open_window: Opener, answers: Answers
) -> None:
    page = People(open_window(world.region))
    page.types(FIELD, PASSPHRASE)
    answers.path = world.folder / "letter.pdf"
    page.clicks("Save as PDF…")
    assert answers.path.read_bytes().startswith(b"%PDF")
    answers.path = world.folder / "150000000.taza-card"
    page.clicks("Save the card of the office…")
    assert card_file.read(answers.path.read_bytes()).territory == "150000000"
    buttons = [one for one in page.all(type(page.button("Save the backup…")))]
    for name, found in zip(
        ("keys", "deputy"),
        [one for one in buttons if one.text() == "Save the backup…"],
        strict=True,
    ):
        answers.path = world.folder / f"{name}.taza-backup"
        found.click()
        assert answers.asked[-1].endswith(f"150000000-{name}.taza-backup")
        assert answers.path.stat().st_mode & 0o077 == 0
    assert page.texts().count("✓") == 4


def _revokes(page: People, name: str = "Айгүл") -> None:
    page.picks(name)
    page.clicks("Revoke…")


def test_packages_of_a_revoked_person_are_refused(
    world: World, open_window: Opener, answers: Answers
) -> None:
    page = People(open_window(world.region))
    page.types(FIELD, PASSPHRASE)
    answers.path = world.folder / "card"
    page.clicks("Save the card of the office…")
    _revokes(page)
    page.clicks("Revoke")
    assert page.lines()[1][-1] == "revoked"
    page.picks("Айгүл")
    assert not page.button("Revoke…").isEnabled()
    assert any(text.startswith("Something changed since the last card.") for text in page.texts())
    page.clicks("Save the card of the office…")
    assert not any(text.startswith("Something changed") for text in page.texts())
    package = world.sends(ALGA, GOOD).path
    with Register.open(world.region) as region, pytest.raises(Refusal, match="PKG-REVOKED"):
        verify(package, credentials.trust_pem(region))
    with Register.open(world.region) as region:
        known = card.stored(region, "150000000")
    assert known is not None
    assert len(list(known.trust.crl)) == 1


def test_a_stolen_key_was_good_until_its_last_good_day(world: World, open_window: Opener) -> None:
    page = People(open_window(world.region))
    page.types(FIELD, PASSPHRASE)
    _revokes(page)
    assert not page.all(QDateEdit), "a lost key needs no day"
    page.all(QRadioButton)[1].click()
    page.all(QDateEdit)[0].setDate(QDate.currentDate().addDays(-3))
    page.clicks("Revoke")
    with Register.open(world.region) as region:
        (revoked,) = credentials_list(region)
    midnight = QDate.currentDate().addDays(-2).startOfDay().toPython().astimezone(UTC)
    assert revoked == midnight


def credentials_list(region: Register) -> list[datetime]:
    """Since when each certificate is taken back."""
    from taza_desktop.packages.authority import authority_of

    return [one.revocation_date_utc for one in authority_of(region)[0].crl]


def test_with_a_wrong_passphrase_nobody_is_revoked(world: World, open_window: Opener) -> None:
    page = People(open_window(world.region))
    _revokes(page)
    page.types(FIELD, "wrong words")
    page.clicks("Revoke")
    assert any("not the passphrase" in text for text in page.texts())
    assert page.lines()[1][-1] == "valid"
    page.clicks("Cancel")
    assert page.has_button("Open the request…")


def test_the_deputy_restores_the_office_after_a_lost_pc(
    world: World, open_window: Opener, answers: Answers
) -> None:
    from taza_desktop.packages.backup import backup

    answers.path = world.folder / "deputy.taza-backup"
    with Register.open(world.region) as region:
        answers.path.write_bytes(backup(region, deputy=True))
    path = world.folder / "deputy.taza-register"
    Register.create(path, Office("region", "150000000", "Сәуле Ахметова")).close()
    page = People(open_window(path))
    page.clicks("Open the backup…")
    page.types("Passphrase of the day of the backup", "wrong words")
    page.clicks("Restore")
    assert any("not the passphrase" in text for text in page.texts())
    page.types("Passphrase of the day of the backup", PASSPHRASE)
    page.clicks("Restore")
    assert page.says() == "The keys are restored."
    names = [line[0] for line in page.lines()]
    assert names == ["Нұрлан Әбдіқадыр", "Айгүл Серікова", "Ерлан Сапаров"], "the old one too"

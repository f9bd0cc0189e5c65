"""The whole way to a certificate through both windows, and what can go wrong on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from taza_desktop.packages import credentials
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Part, People, Receiving, Sending
from tests.ui.offices.test_people import CONFIRM
from tests.ui.offices.test_send import OPEN, REQUEST
from tests.ui.offices.world import key

REGION, KHOBDA, ALGA = "150000000", "154200000", "153200000"


class Both:
    """A coordinator and a clerk who have never worked together, each with a window."""

    def __init__(self, folder: Path, open_window: Opener, answers: Answers) -> None:
        self.folder, self._open, self.answers = folder, open_window, answers
        self.region, self.clerk = folder / "r.taza-register", folder / "c.taza-register"
        Register.create(self.region, Office("region", REGION, "Ерлан Сапаров")).close()
        with Register.create(self.clerk, Office("clerk", KHOBDA, "Жаңа Маман")) as register:
            register.set_cell(key(KHOBDA), "planted", 12)
            register.set_cell(key(KHOBDA), "planned", 12)

    def coordinator(self) -> People:
        return People(self._open(self.region))

    def sends(self) -> Sending:
        return Sending(self._open(self.clerk))

    def at(self, name: str) -> Path:
        """The next file dialog is answered with this file."""
        self.answers.path = self.folder / name
        return self.answers.path

    def founds(self) -> People:
        """The authority with its card; the keys stay unlocked."""
        page = self.coordinator()
        page.types("New passphrase", PASSPHRASE)
        page.types("The same once more", PASSPHRASE)
        page.clicks("Create the authority")
        self.at("office.taza-card")
        page.clicks("Save the card of the office…")
        return page

    def letter(self) -> tuple[str, ...]:
        from taza_desktop.packages import card

        with Register.open(self.region) as register:
            return card.digits(register)

    def read_aloud(self) -> tuple[str, ...]:
        with Register.open(self.clerk) as register:
            return credentials.phone_code(register)

    def asks(self, page: Sending) -> None:
        page.types("New passphrase", PASSPHRASE)
        page.types("The same once more", PASSPHRASE)
        self.at("request.pem")
        page.clicks(REQUEST)

    def confirms(self, page: People, groups: tuple[str, ...]) -> None:
        self.at("request.pem")
        page.clicks("Open the request…")
        page.chooses("Signs for", "Khobda District")
        page.types("Surname, name, patronymic", "Жаңа Маман")
        page.types_code(groups)
        self.at("answer.pem")
        page.clicks(CONFIRM)


@pytest.fixture
def both(tmp_path: Path, open_window: Opener, answers: Answers) -> Both:
    return Both(tmp_path, open_window, answers)


def _says(page: Part, beginning: str) -> bool:
    return any(text.startswith(beginning) for text in page.texts())


def test_both_sides_from_nothing_to_an_encrypted_package(both: Both) -> None:
    office = both.founds()
    page = both.sends()
    both.at("office.taza-card")
    page.clicks("Open the card…")
    page.types_code(both.letter())
    page.clicks("This is the card")
    assert page.says().startswith("The card is open")

    both.asks(page)
    assert page.says().startswith("The request lies here:")
    assert set(both.read_aloud()) <= set(page.texts()), "the groups to be read aloud"
    both.confirms(office, both.read_aloud())
    assert office.lines()[0][0] == "Жаңа Маман"

    page.clicks("Open the answer…")
    assert page.says().startswith("You can sign now.")
    assert _says(page, "A backup of your keys")
    both.at("key.taza-backup")
    page.clicks("Save the backup…")
    assert not _says(page, "A backup of your keys")
    assert not any(one.startswith(OPEN) for one in page.notices())

    assert "Unlocked as Жаңа Маман" in page.texts(), "the passphrase was typed for the request"
    stick = both.at("stick")
    stick.mkdir()
    page.clicks("Sign and save to a stick…")
    (package,) = stick.iterdir()
    assert package.name.endswith(".taza.age")
    inbox = Receiving(office.shell).drops(package)
    assert inbox.has_button("Merge"), "the coordinator's keys are open already"


def test_one_can_close_the_window_between_any_two_steps(both: Both) -> None:
    office = both.founds()
    page = both.sends()
    both.at("office.taza-card")
    page.clicks("Open the card…")
    page.types_code(both.letter())
    page.clicks("This is the card")
    page = both.sends()
    assert not page.has_button("Open the card…"), "step 1 is done"
    both.asks(page)
    page = both.sends()
    assert set(both.read_aloud()) <= set(page.texts())
    both.at("request.pem").unlink()
    page.clicks("Save the request again…")
    both.confirms(office, both.read_aloud())
    page = both.sends()
    both.at("answer.pem")
    page.clicks("Open the answer…")
    page = both.sends()
    assert page.has_button("Sign and save to a stick…")
    assert page.has_button("Save the backup…"), "still to be done"
    page.clicks("Later")
    assert not page.has_button("Save the backup…")


def test_a_wrong_group_of_the_letter_is_named_and_nothing_is_believed(both: Both) -> None:
    both.founds()
    page = both.sends()
    both.at("office.taza-card")
    page.clicks("Open the card…")
    groups = list(both.letter())
    groups[1] = "00000" if groups[1] != "00000" else "11111"
    page.types_code(groups)
    page.clicks("This is the card")
    assert "2 – again" in page.texts()
    assert _says(page, "The code does not fit this file: look at group 2 again.")
    with Register.open(both.clerk) as register:
        assert not register.credential(f"card:{REGION}")
    page.types("Group 2", both.letter()[1])
    page.clicks("This is the card")
    assert page.says().startswith("The card is open")


def test_without_a_card_packages_leave_unencrypted_and_it_is_said(both: Both) -> None:
    office = both.founds()
    page = both.sends()
    assert not any(one.startswith(OPEN) for one in page.notices())
    page.clicks("I have no card yet")
    assert any(one.startswith(OPEN) for one in page.notices())
    both.asks(page)
    both.confirms(office, both.read_aloud())
    page.clicks("Open the answer…")
    assert page.has_button("Sign and save to a stick…")
    assert any(one.startswith(OPEN) for one in page.notices())
    assert page.has_button("Open the card…")
    both.at("office.taza-card")
    page.clicks("Open the card…")
    page.types_code(both.letter())
    page.clicks("This is the card")
    assert page.says().startswith("The card is open")
    assert not any(one.startswith(OPEN) for one in page.notices())


def test_a_card_of_elsewhere_is_refused_in_its_place(both: Both) -> None:
    other = both.folder / "other.taza-register"
    from taza_desktop.packages import card

    with Register.create(other, Office("region", "100000000", "Әлия")) as register:
        credentials.create_authority(register, PASSPHRASE)
        both.at("other.taza-card").write_bytes(card.make(register, PASSPHRASE))
    page = both.sends()
    page.clicks("Open the card…")
    assert _says(page, "This card is of an office that is not above yours")
    assert not page.has_button("This is the card")


def test_an_answer_to_another_request_is_refused_in_its_place(both: Both) -> None:
    office = both.founds()
    page = both.sends()
    page.clicks("I have no card yet")
    both.asks(page)
    both.confirms(office, both.read_aloud())
    page.clicks("Begin anew")
    both.asks(page)
    both.at("answer.pem")
    page.clicks("Open the answer…")
    assert _says(page, "This certificate was made for another request.")
    both.confirms(office, both.read_aloud())
    page.clicks("Open the answer…")
    assert page.says().startswith("You can sign now.")

"""A clerk signs and hands over; what must be mended stays behind and says why."""

from __future__ import annotations

from pathlib import Path

from taza_desktop.packages import credentials
from taza_desktop.packages.read import verify
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Sending, Sent
from tests.ui.offices.world import ALGA, FAR, GOOD, World

REQUEST = "Make the key and save the request…"
OPEN = "Packages leave unencrypted until the card is opened"


def _told(page: Sending) -> list[str]:
    """The notices about the package; that there is no card yet is told in all of these."""
    return [one for one in page.notices() if not one.startswith(OPEN)]


def test_what_goes_is_counted_before_anything_is_signed(world: World, open_window: Opener) -> None:
    world.enters(GOOD)
    page = Sending(open_window(world.clerk()))
    assert any(text.startswith("1 sheet · 3 cells · about ") for text in page.texts())
    assert any(text.startswith("6. ") for text in page.texts())
    assert not _told(page)


def test_with_nothing_entered_there_is_nothing_to_sign(world: World, open_window: Opener) -> None:
    page = Sending(open_window(world.clerk()))
    assert "Nothing to send yet" in page.texts()
    page.types("Passphrase of your key", PASSPHRASE)
    assert not page.button("Sign and save to a stick…").isEnabled()


def test_a_sheet_that_cannot_be_true_stays_behind_and_leads_to_its_cell(
    world: World, open_window: Opener
) -> None:
    world.enters({"planned": 100, "planted": 90, "survival": "140"})
    shell = open_window(world.clerk())
    page = Sending(shell)
    assert _told(page)[0].startswith("1 sheet stays behind")
    link = next(text for text in page.texts() if text.startswith("6 · Alga District: “Survival"))
    page.clicks(link)
    assert shell.window.current() == "form"


def test_an_open_question_goes_as_it_is(
    world: World, open_window: Opener, answers: Answers
) -> None:
    world.enters(FAR)
    page = Sending(open_window(world.clerk()))
    assert _told(page)[0].startswith("1 open question")
    answers.path = world.stick
    page.types("Passphrase of your key", PASSPHRASE)
    page.clicks("Sign and save to a stick…")
    assert list(world.stick.glob("*.taza"))


def test_the_package_lies_where_the_clerk_wanted_it(
    world: World, open_window: Opener, answers: Answers
) -> None:
    world.enters(GOOD)
    shell = open_window(world.clerk())
    page = Sending(shell)
    answers.path = world.stick
    page.types("Passphrase of your key", PASSPHRASE)
    page.clicks("Sign and save to a stick…")
    (package,) = world.stick.iterdir()
    assert package.name == f"{ALGA}-2024-1.taza"
    result = _told(page)[0]
    assert result.startswith("Package 1 is ready")
    assert str(package) in result
    with Register.open(world.region) as region:
        opened = verify(package, credentials.trust_pem(region))
    assert opened.signer.name == "Айгүл Серікова"
    assert opened.envelope.package_id in result
    assert any(package.name in said for said in Sent(shell).texts())


def test_a_wrong_passphrase_writes_nothing(
    world: World, open_window: Opener, answers: Answers
) -> None:
    world.enters(GOOD)
    page = Sending(open_window(world.clerk()))
    answers.path = world.stick
    page.types("Passphrase of your key", "something else")
    page.clicks("Sign and save to a stick…")
    assert "This is not the passphrase of the key. Type it again." in page.texts()
    assert not list(world.stick.iterdir())
    page.types("Passphrase of your key", PASSPHRASE)
    assert page.button("Sign and save to a stick…").isEnabled(), "the clerk can try again"


def test_the_folder_is_remembered(world: World, open_window: Opener, answers: Answers) -> None:
    world.enters(GOOD)
    page = Sending(open_window(world.clerk()))
    answers.path = world.stick
    page.types("Passphrase of your key", PASSPHRASE)
    page.clicks("Sign and save to a stick…")
    context = page.widget._context
    assert context.settings.folder == str(world.stick)


def test_a_request_that_cannot_be_saved_leaves_no_key(
    world: World, open_window: Opener, answers: Answers, tmp_path: Path
) -> None:
    fresh = tmp_path / "fresh.taza-register"
    Register.create(fresh, Office("clerk", "154200000", "Жаңа Маман")).close()
    page = Sending(open_window(fresh))
    page.clicks("I have no card yet")
    page.types("New passphrase", PASSPHRASE)
    page.types("The same once more", PASSPHRASE)
    answers.path = tmp_path / "no such folder" / "request.pem"
    page.clicks(REQUEST)
    assert any("is not there" in text for text in page.texts())
    with Register.open(fresh) as register:
        assert not register.credential("request")

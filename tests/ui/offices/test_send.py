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
from tests.ui.offices.world import ALGA, FAR, GOOD, World, key


def test_what_goes_is_counted_before_anything_is_signed(world: World, open_window: Opener) -> None:
    world.enters(GOOD)
    page = Sending(open_window(world.clerk()))
    assert any(text.startswith("1 sheet · 3 cells · about ") for text in page.texts())
    assert any(text.startswith("6. ") for text in page.texts())
    assert not page.notices()


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
    assert page.notices()[0].startswith("1 sheet stays behind")
    link = next(text for text in page.texts() if text.startswith("6 · Alga District: “Survival"))
    page.clicks(link)
    assert shell.window.current() == "form"


def test_an_open_question_goes_as_it_is(
    world: World, open_window: Opener, answers: Answers
) -> None:
    world.enters(FAR)
    page = Sending(open_window(world.clerk()))
    assert page.notices()[0].startswith("1 open question")
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
    result = page.notices()[0]
    assert result.startswith("Package 1 is ready")
    assert str(package) in result
    with Register.open(world.region) as region:
        opened = verify(package, credentials.trust_pem(region))
    assert opened.signer.name == "Айгүл Серікова"
    assert opened.envelope.package_id in result
    assert Sent(shell).lines()[0][-1] == str(package)


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


def test_a_new_clerk_makes_a_key_and_opens_the_answer(
    world: World, open_window: Opener, answers: Answers, tmp_path: Path
) -> None:
    fresh, territory = tmp_path / "fresh.taza-register", "154200000"
    with Register.create(fresh, Office("clerk", territory, "Жаңа Маман")) as register:
        register.set_cell(key(territory), "planted", 12)
    page = Sending(open_window(fresh))
    assert not page.has_button("Sign and save to a stick…")
    assert not page.button("Open the certificate…").isEnabled(), "there is no request yet"
    page.types("New passphrase", PASSPHRASE)
    page.types("The same once more", "other words")
    assert "The two lines differ." in page.texts()
    assert not page.button("Make the request…").isEnabled()
    page.types("The same once more", PASSPHRASE)
    answers.path = tmp_path / "request.pem"
    page.clicks("Make the request…")
    assert answers.asked[-1].endswith(f"{territory}-request.pem")
    answer = tmp_path / "answer.pem"
    with Register.open(world.region) as region:
        asked = answers.path.read_bytes()
        answer.write_bytes(credentials.certify(region, asked, territory, "Жаңа Маман", PASSPHRASE))
    answers.path = answer
    page.clicks("Open the certificate…")
    assert page.says().startswith("You can sign now.")
    assert any("Signed by Жаңа Маман" in text for text in page.texts())
    assert not page.has_button("Make the request anew…")


def test_a_request_that_cannot_be_saved_leaves_no_key(
    world: World, open_window: Opener, answers: Answers, tmp_path: Path
) -> None:
    fresh = tmp_path / "fresh.taza-register"
    Register.create(fresh, Office("clerk", "154200000", "Жаңа Маман")).close()
    page = Sending(open_window(fresh))
    page.types("New passphrase", PASSPHRASE)
    page.types("The same once more", PASSPHRASE)
    answers.path = tmp_path / "no such folder" / "request.pem"
    page.clicks("Make the request…")
    assert "is not there" in page.says()
    with Register.open(fresh) as register:
        assert not register.credential("request")

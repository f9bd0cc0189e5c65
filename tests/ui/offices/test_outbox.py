"""Every package that was made can be put onto a stick again, just as it was."""

from __future__ import annotations

from taza_desktop.merging.apply import apply
from taza_desktop.packages.answer import answer
from taza_desktop.packages.read import verify_for
from taza_desktop.packages.sealing import Identities
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing import accept
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Sent
from tests.ui.offices.world import ALGA, FAR, GOOD, ROUND, World, key


def test_packages_stand_there_latest_first(world: World, open_window: Opener) -> None:
    world.sends(cells=GOOD)
    world.sends(cells=FAR)
    page = Sent(open_window(world.clerk()))
    assert [line[0] for line in page.lines()] == ["2", "1"]
    assert page.lines()[0][1:3] == ["figures", "Aktobe Region"]
    assert any(text.startswith("6. ") for text in page.texts())


def test_a_copy_is_the_same_file_byte_for_byte(
    world: World, open_window: Opener, answers: Answers
) -> None:
    made = world.sends(cells=GOOD)
    before = made.path.read_bytes()
    made.path.unlink()
    page = Sent(open_window(world.clerk()))
    assert not page.button("Show in folder").isEnabled()
    answers.path = world.stick
    page.clicks("Copy to a stick…")
    assert made.path.read_bytes() == before
    assert str(made.path) in page.says()
    assert f"File: {made.path.name}" in page.texts()
    assert page.button("Show in folder").isEnabled()


def test_a_stick_that_is_gone_is_said(world: World, open_window: Opener, answers: Answers) -> None:
    world.sends(cells=GOOD)
    page = Sent(open_window(world.clerk()))
    answers.path = world.folder / "gone"
    page.clicks("Copy to a stick…")
    assert "is not there" in page.says()


def test_before_the_first_package_nothing_can_be_copied(world: World, open_window: Opener) -> None:
    page = Sent(open_window(world.clerk()))
    assert page.lines() == []
    assert not page.has_button("Copy to a stick…")


def test_a_receipt_is_shown_and_saved(world: World, open_window: Opener, answers: Answers) -> None:
    world.merges(world.sends(cells=GOOD).path)
    with Register.open(world.region) as region:
        accept(region, [key()])
        answered = answer(region, load_plan(), ROUND, ALGA, world.stick, PASSPHRASE)
    with Register.open(world.clerk()) as clerk:
        apply(
            clerk,
            verify_for(clerk, answered.path, identities=Identities(clerk, lambda: PASSPHRASE)),
        )
    page = Sent(open_window(world.clerk()))
    assert page.lines()[0][6] == "accepted"
    assert any("Received on" in text and "Ерлан Сапаров" in text for text in page.texts())
    answers.path = world.folder / "receipt.pdf"
    page.clicks("Save the receipt…")
    assert answers.path.read_bytes().startswith(b"%PDF")
    assert page.has_button("Print the receipt…")


def test_what_nobody_confirmed_has_no_receipt(world: World, open_window: Opener) -> None:
    world.sends(cells=GOOD)
    page = Sent(open_window(world.clerk()))
    assert page.lines()[0][6] == "made"
    assert not page.has_button("Save the receipt…")

"""What a coordinator decided reaches the clerk, and the receipt is kept."""

from __future__ import annotations

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing import accept, return_sheet, verdict
from taza_desktop.ui.answers_page import AnswersPage
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Part, Receiving, _front
from tests.ui.offices.world import ALGA, GOOD, MARTUK, World, key
from tests.ui.pages import Shell


class Answering(Part):
    def __init__(self, shell: Shell) -> None:
        super().__init__(_front(shell, "answers", AnswersPage), shell)


def _came(world: World) -> None:
    for territory in (ALGA, MARTUK):
        world.merges(world.sends(territory, GOOD).path)
    with Register.open(world.region) as region:
        accept(region, [key(ALGA)])
        return_sheet(region, key(MARTUK), {"planted": "By which act?"})


def test_every_office_that_waits_stands_in_the_list(world: World, open_window: Opener) -> None:
    _came(world)
    page = Answering(open_window(world.region))
    assert page.lines() == [
        ["Alga District", "1", "1", "–", "–", "never"],
        ["Martuk District", "1", "–", "1", "–", "never"],
    ]


def test_all_are_answered_in_one_go(world: World, open_window: Opener, answers: Answers) -> None:
    _came(world)
    page = Answering(open_window(world.region))
    page.types("Passphrase of your key", PASSPHRASE)
    answers.path = world.folder / "answers"
    page.clicks("Sign 2 answers…")
    assert page.says().startswith("2 answers lie here:")
    assert [line[1:5] for line in page.lines()] == [["–"] * 4] * 2
    assert page.has_button("Only to Alga District…"), "once more, when the file was lost"
    assert not page.has_button("Sign 0 answers…")
    assert len(list(answers.path.iterdir())) == 2


def test_the_clerk_opens_the_answer_like_any_package(
    world: World, open_window: Opener, answers: Answers
) -> None:
    _came(world)
    page = Answering(open_window(world.region))
    page.types("Passphrase of your key", PASSPHRASE)
    answers.path = world.folder / "answers"
    page.clicks("Sign 2 answers…")
    for territory in (ALGA, MARTUK):
        inbox = Receiving(open_window(world.clerk(territory))).drops(answers.path)
        inbox.types("Passphrase of your key", PASSPHRASE)
        inbox.clicks("Unlock and read")
        inbox.picks("Aktobe", "arrivals")  # the other file is not for this office
        inbox.clicks("Merge")
    with Register.open(world.clerk(ALGA)) as clerk:
        assert verdict(clerk, key(ALGA)).verdict == "accepted"
    with Register.open(world.clerk(MARTUK)) as clerk:
        assert verdict(clerk, key(MARTUK)).remarks == {"planted": "By which act?"}


def test_a_wrong_passphrase_answers_nobody(
    world: World, open_window: Opener, answers: Answers
) -> None:
    _came(world)
    page = Answering(open_window(world.region))
    page.types("Passphrase of your key", "not this one")
    answers.path = world.folder / "answers"
    page.clicks("Sign 2 answers…")
    assert "This is not the passphrase of the key. Type it again." in page.texts()
    assert [line[5] for line in page.lines()] == ["never", "never"]
    page.types("Passphrase of your key", PASSPHRASE)
    assert page.button("Sign 2 answers…").isEnabled(), "one can try again"


def test_colleagues_get_everything_in_one_package(
    world: World, open_window: Opener, answers: Answers
) -> None:
    _came(world)
    page = Answering(open_window(world.region))
    page.types("Passphrase of your key", PASSPHRASE)
    answers.path = world.folder / "colleagues"
    page.clicks("For colleagues of this office…")
    assert page.says().startswith("The package lies here:")
    with Register.open(world.region) as region:
        (package,) = region.packages("out")
        assert package.envelope.kind == "office"
        assert package.envelope.plan == load_plan().version

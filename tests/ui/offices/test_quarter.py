"""A whole quarter through the window: two clerks of one district and their coordinator."""

from __future__ import annotations

from pathlib import Path

from taza_desktop.packages import credentials
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Overseeing, Part, Receiving, Sending, Sent
from tests.ui.offices.test_answers import Answering
from tests.ui.offices.test_judging import Judged
from tests.ui.offices.world import ALGA, World, key
from tests.ui.pages import Shell, settle

SEND = "Sign and save to a stick…"


class Person:
    """Somebody at a PC: a register, and what is done in its window."""

    def __init__(self, path: Path, open_window: Opener, answers: Answers, stick: Path) -> None:
        self._path, self._open, self._answers = path, open_window, answers
        self._stick = stick
        stick.mkdir(exist_ok=True)

    def sits_down(self) -> Shell:
        return self._open(self._path)

    def enters(self, **cells: str) -> None:
        form = self.sits_down().form(6)
        for cell, text in cells.items():
            form.enters(cell, text)
        settle()

    def sends(self) -> Path:
        page = Sending(self.sits_down())
        page.types("Passphrase of your key", PASSPHRASE)
        return self._saves(page, SEND)

    def answers_all(self) -> Path:
        page = Answering(self.sits_down())
        page.types("Passphrase of your key", PASSPHRASE)
        return self._saves(page, "Sign 1 answer…")

    def merges(self, package: Path) -> Receiving:
        inbox = Receiving(self.sits_down()).drops(package)
        if inbox.has_button("Unlock and read"):
            inbox.types("Passphrase of your key", PASSPHRASE)
            inbox.clicks("Unlock and read")
        inbox.clicks("Merge")
        return inbox

    def _saves(self, page: Part, button: str) -> Path:
        before = set(self._stick.iterdir())
        self._answers.path = self._stick
        page.clicks(button)
        (made,) = set(self._stick.iterdir()) - before
        return made


def _second_clerk(world: World) -> Path:
    """A colleague in the same district, with a register and a certificate of his own."""
    path = world.folder / "colleague.taza-register"
    office = Office("clerk", ALGA, "Марат Оспанов")
    with Register.create(path, office) as clerk, Register.open(world.region) as region:
        asked = credentials.request(clerk, PASSPHRASE)
        credentials.enrol(clerk, credentials.certify(region, asked, ALGA, office.name, PASSPHRASE))
    return path


def test_a_quarter(world: World, open_window: Opener, answers: Answers) -> None:
    """Enter, export, merge, conflict, settle, return, answer, accept, lock, receipt, undo."""
    at = (open_window, answers)
    aigul = Person(world.clerk(), *at, world.folder / "stick 1")
    marat = Person(_second_clerk(world), *at, world.folder / "stick 2")
    erlan = Person(world.region, *at, world.folder / "stick 3")

    aigul.enters(planned="1000", planted="9000")
    marat.enters(planned="1000", planted="1040")
    first, second = aigul.sends(), marat.sends()
    erlan.merges(first)
    inbox = erlan.merges(second)
    assert inbox.tab_name(2) == "Conflicts (1)", "both entered what was planted"

    conflicts = inbox.tab(2)
    conflicts.clicks("9,000")
    conflicts.clicks("Settle")
    assert inbox.tab_name(2) == "Conflicts"

    judged = Judged(erlan.sits_down())
    judged.writes("Nine times the plan: by which act?", "Ctrl+M", "planted")
    judged.presses("Return (1)…", "By Friday")
    returned = erlan.answers_all()
    board = Overseeing(erlan.sits_down())
    assert "not opened" in board.tip("Alga District", 6)

    aigul.merges(returned)
    due = aigul.sits_down().due()
    assert due.state_of(6) == "returned"
    asked = Judged(aigul.sits_down())
    assert "Ерлан Сапаров asks: Nine times the plan: by which act?" in asked.note("planted")
    asked.writes("By decree 12 of 3 April", "Ctrl+R", "planted")
    assert "1 of 1 remarks answered" in "".join(asked.strip())

    erlan.merges(aigul.sends())
    judged = Judged(erlan.sits_down())
    assert "Answer: By decree 12 of 3 April" in judged.note("planted")
    assert "Opened on" in "".join(judged.strip())
    judged.clicks("Accept")
    accepted = erlan.answers_all()

    aigul.merges(accepted)
    locked = Judged(aigul.sits_down())
    assert locked.strip()[0] == "accepted"
    assert locked.is_locked("planted")
    outbox = Sent(aigul.sits_down())
    assert [line[6] for line in outbox.lines()] == ["accepted", "accepted"]
    answers.path = world.folder / "receipt.pdf"
    outbox.clicks("Save the receipt…")
    assert answers.path.exists()

    marat.merges(accepted)
    with Register.open(world.folder / "colleague.taza-register") as register:
        assert register.sheet(key()).cells["planted"] == 9000, "the colleague knows the figure too"

    inbox = Receiving(erlan.sits_down())
    inbox.takes_back("Марат Оспанов")
    with Register.open(world.region) as region:
        assert region.sheet(key()).cells["planted"] == 9000, "what was settled stays"
        taken = [one for one in region.packages("in") if not one.active]
    assert [one.signer.name for one in taken] == ["Марат Оспанов"]

"""The passphrase is asked for once, and the keys lock when nobody works."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from taza_desktop.packages import card
from taza_desktop.packages.session import IDLE
from taza_desktop.paths import user_path
from taza_desktop.register.register import Register
from taza_desktop.settings import Settings
from taza_desktop.ui.desk import Desk
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Receiving, Sending
from tests.ui.offices.test_answers import Answering
from tests.ui.offices.world import ALGA, GOOD, MARTUK, World
from tests.ui.pages import Shell, settle

FIELD = "Passphrase of your key"
WRONG = "This is not the passphrase of the key. Type it again."


def _hand_out_cards(world: World) -> None:
    """From now on the districts encrypt."""
    with Register.open(world.region) as region:
        made, code = card.make(region, PASSPHRASE), " ".join(card.digits(region))
    for territory in (ALGA, MARTUK):
        with Register.open(world.clerk(territory)) as clerk:
            card.take(clerk, made, code)


def _sealed(world: World) -> list[Path]:
    _hand_out_cards(world)
    return [world.sends(territory, GOOD).path for territory in (ALGA, MARTUK)]


def _unlocked(shell: Shell, world: World) -> Receiving:
    """The inbox with both packages read."""
    inbox = Receiving(shell).drops(*_sealed(world))
    inbox.types(FIELD, PASSPHRASE)
    inbox.clicks("Unlock and read")
    return inbox


def test_one_passphrase_reads_every_encrypted_package(world: World, open_window: Opener) -> None:
    inbox = Receiving(open_window(world.region)).drops(*_sealed(world))
    assert [line[1] for line in inbox.lines("arrivals")] == ["encrypted", "encrypted"]
    assert inbox.notices()[0].startswith("2 packages are encrypted for you")
    assert not inbox.button("Unlock and read").isEnabled(), "nothing is typed"
    inbox.types(FIELD, PASSPHRASE)
    inbox.clicks("Unlock and read")
    assert [line[1] for line in inbox.lines("arrivals")] == ["3 cells change", "3 cells change"]
    assert inbox.has_button("Merge")


def test_a_folder_is_searched_for_encrypted_packages_too(world: World, open_window: Opener) -> None:
    _sealed(world)
    (world.stick / "key.age").write_bytes(b"something else")
    inbox = Receiving(open_window(world.region)).drops(world.stick)
    assert len(inbox.lines("arrivals")) == 2


def test_a_wrong_passphrase_is_told_in_its_place_and_opens_nothing(
    world: World, open_window: Opener
) -> None:
    inbox = Receiving(open_window(world.region)).drops(*_sealed(world))
    inbox.types(FIELD, "other words")
    inbox.clicks("Unlock and read")
    assert WRONG in inbox.texts()
    assert [line[1] for line in inbox.lines("arrivals")] == ["encrypted", "encrypted"]
    assert not inbox.says(), "the sentence stands where one types"
    inbox.types(FIELD, PASSPHRASE)
    assert WRONG not in inbox.texts()


def test_what_is_unlocked_on_one_page_is_unlocked_on_all(
    world: World, open_window: Opener, answers: Answers
) -> None:
    shell = open_window(world.region)
    inbox = _unlocked(shell, world)
    inbox.clicks("Merge all 2 packages")
    page = Answering(shell)
    assert "Unlocked as Ерлан Сапаров" in page.texts()
    answers.path = world.folder / "answers"
    page.clicks("Sign 2 answers…")
    assert page.says().startswith("2 answers lie here:")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def passes(self, desk: Desk, minutes: float) -> None:
        """So much time later the window looks at the clock."""
        self.now += minutes * 60
        desk._context.session.look()
        settle()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    begin = Desk.__init__

    def with_clock(desk: Desk, *parts: object) -> None:
        begin(desk, *parts, clock=made)

    monkeypatch.setattr(Desk, "__init__", with_clock)
    return made


def test_idle_keys_lock_and_the_passphrase_is_asked_for_again(
    world: World, open_window: Opener, clock: Clock
) -> None:
    shell = open_window(world.region)
    inbox = _unlocked(shell, world)
    page = Answering(shell)
    clock.passes(shell.desk, IDLE - 1)
    assert shell.window.ui.lock.isVisible()
    clock.passes(shell.desk, 2)
    assert not shell.window.ui.lock.isVisible()
    assert not any(text.startswith("Unlocked") for text in page.texts())
    assert any(line.accessibleName() == FIELD for line in page.all(QLineEdit))
    assert len(inbox.page.new._with("good")) == 2, "what was read stays read"


def test_a_key_or_a_click_is_work(world: World, open_window: Opener, clock: Clock) -> None:
    shell = open_window(world.region)
    _unlocked(shell, world)
    clock.passes(shell.desk, IDLE - 1)
    QTest.keyClick(shell.window.windowHandle(), Qt.Key.Key_Shift)
    clock.passes(shell.desk, IDLE - 1)
    assert shell.window.ui.lock.isVisible()


def test_the_header_locks_at_once(world: World, open_window: Opener) -> None:
    shell = open_window(world.region)
    _unlocked(shell, world)
    QTest.mouseClick(shell.window.ui.lock, Qt.MouseButton.LeftButton)
    settle()
    assert not shell.window.ui.lock.isVisible()
    assert not shell.desk._context.session.name


def test_another_register_begins_locked(world: World, open_window: Opener) -> None:
    shell = open_window(world.region)
    _unlocked(shell, world)
    before = shell.desk._context.session
    shell.desk.open(world.clerk())
    settle()
    assert not before.name, "what was open is closed with its register"
    assert not shell.window.ui.lock.isVisible()


def test_closing_the_window_locks(world: World, open_window: Opener) -> None:
    shell = open_window(world.region)
    _unlocked(shell, world)
    session = shell.desk._context.session
    shell.window.close()
    assert session._session is not None
    assert session._session.is_locked()


def test_no_passphrase_is_written_anywhere(
    world: World, open_window: Opener, answers: Answers
) -> None:
    world.enters(GOOD)
    page = Sending(open_window(world.clerk()))
    answers.path = world.stick
    page.types(FIELD, PASSPHRASE)
    page.clicks("Sign and save to a stick…")
    assert PASSPHRASE not in repr(Settings.load())
    for file in user_path("settings.json").parent.rglob("*"):
        if file.is_file():
            assert PASSPHRASE.encode() not in file.read_bytes(), file
    assert all(not line.text() for line in page.widget.findChildren(QLineEdit))

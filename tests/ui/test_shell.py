"""The window around the pages: what is due, rounds, languages, looks, refusals."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, language
from taza_desktop.register.model import Office, Role
from taza_desktop.register.register import Register
from taza_desktop.settings import THEMES, Settings
from taza_desktop.ui.pages import pages_of
from taza_desktop.ui.theme import CONTRAST, DARK, LIGHT, Look, Tokens
from tests.ui.pages import KEY, Shell, settle


def test_the_window_opens_on_what_is_due(shell: Shell) -> None:
    assert shell.window.current() == "due"
    assert shell.window.windowTitle().startswith("Алға")
    rows = shell.due().rows()
    assert 6 in [row.key.measure for row in rows]
    assert all(row.key.round == KEY.round for row in rows)


def test_the_state_of_a_sheet_follows_what_was_entered(shell: Shell) -> None:
    assert shell.due().state_of(6) == "not_started"
    shell.form(6).enters("planned", "100")
    assert shell.due().state_of(6) == "draft"
    shell.form(6).enters("planted", "100")
    assert shell.due().state_of(6) == "ready"


def test_typing_narrows_in_any_language_and_by_number(shell: Shell) -> None:
    due = shell.due()
    everything = due.looks_for("")
    assert due.looks_for("зеленых насаждений") == [5, 6]
    assert due.looks_for("жасыл екпелерді түг") == [5]
    assert due.looks_for("6")[0] == 6
    assert set(due.looks_for("6")) <= {6, 60}
    assert due.looks_for("no such measure") == []
    assert due.looks_for("") == everything


def test_another_round_shows_other_sheets(shell: Shell) -> None:
    shell.form(6).enters("planted", "100")
    rounds = shell.find(QComboBox, "round")
    rounds.setCurrentIndex(rounds.findData("2025"))
    rounds.activated.emit(rounds.currentIndex())
    settle()
    assert shell.window.current() == "due"
    assert shell.due().state_of(6) == "not_started"
    assert Settings.load().round == "2025"


def test_the_language_changes_live_on_what_is_shown(shell: Shell) -> None:
    form = shell.form(6)
    title = form.page.head.findChildren(QLabel)
    assert any("Создание и содержание" in each.text() for each in title) is False
    shell.speaks("ru")
    assert language() == "ru"
    assert any("Создание и содержание" in each.text() for each in title)
    assert form.cell("planted")._label.text().startswith("Высажено саженцев")
    assert shell.window.ui.office.text() == "Алгинский район"
    shell.speaks("kk")
    assert form.cell("planted")._label.text().startswith("Отырғызылған көшет")
    assert shell.window.ui.office.text() == "Алға ауданы"
    assert Settings.load().language == "kk"


def test_a_value_being_typed_survives_a_change_of_language(shell: Shell) -> None:
    form = shell.form(6)
    form.line("planted").insert("12")
    shell.speaks("ru")
    assert form.shows("planted") == "12"
    form.page.leave()
    assert form.stored().cells == {"planted": 12}


def test_every_theme_and_text_size_is_in_force_at_once(shell: Shell, look: Look) -> None:
    small = QApplication.font().pointSizeF()
    for theme in THEMES:
        look.set_theme(theme)
    assert QApplication.palette().window().color().name() == CONTRAST.ground
    look.set_text_size(150)
    assert QApplication.font().pointSizeF() == small * 1.5
    look.set_theme("light")


def test_texts_can_be_read_on_their_grounds() -> None:
    for tokens in (LIGHT, DARK, CONTRAST):
        pairs = [("text", "ground"), ("muted", "surface"), ("on_accent", "accent")]
        pairs += [(name, f"{name}_soft") for name in ("stop", "warn", "ok", "info", "idle")]
        for text, ground in pairs:
            assert contrast(tokens, text, ground) >= 4.5, (text, ground)


def test_a_refusal_is_shown_calmly_with_its_code(shell: Shell) -> None:
    shell.window.refuse(Refusal("PKG-SIGNATURE", N_("The signature does not fit.")))
    bar = shell.window.ui.messages
    assert bar.isVisible()
    assert shell.message() == "The signature does not fit."
    assert bar.findChild(QLabel, "code").text() == "PKG-SIGNATURE"


def test_a_file_that_is_no_register_leaves_the_open_one_alone(shell: Shell, tmp_path: Path) -> None:
    strange = tmp_path / "letter.taza-register"
    strange.write_text("Dear colleagues", encoding="utf-8")
    shell.desk.open(strange)
    assert "letter" in shell.message()
    assert shell.due().rows()
    assert Settings.load().last_register() != strange


def test_nothing_is_cut_on_a_small_screen(shell: Shell) -> None:
    shell.form(6)
    for wanted in ("kk", "ru", "en"):
        shell.speaks(wanted)
        least = shell.window.minimumSizeHint()
        assert least.width() <= 1366 / 1.5, "1366 pixels at 150 %"
        assert least.height() <= 728 / 1.5


def test_pages_say_whose_they_are() -> None:
    assert [page.name for page in pages_of("clerk")] == ["due", "inbox", "send", "outbox", "keys"]
    assert pages_of("region")[0].name == "inbox"
    for role in get_args(Role):
        names = [page.name for page in pages_of(role)]
        assert len(set(names)) == len(names)


def contrast(tokens: Tokens, text: str, ground: str) -> float:
    """The contrast ratio of WCAG 2."""
    light, dark = sorted(
        (luminance(getattr(tokens, name)) for name in (text, ground)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_register_of_no_known_territory_is_refused(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "foreign.taza-register"
    Register.create(path, Office("clerk", "999999999", "Айгүл")).close()
    shell.desk.open(path)
    settle()
    assert "999999999" in shell.message()
    assert shell.window.windowTitle().startswith("Алға")

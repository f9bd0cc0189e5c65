"""One catalogue for the window, its Designer forms and Qt's own buttons."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from taza_desktop.i18n import set_language
from taza_desktop.ui import translation
from taza_desktop.ui.translation import GettextTranslator, Languages


@pytest.fixture
def translator(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> GettextTranslator:
    known = {"Cancel": "Бас тарту", "Start": "Бастау"}
    monkeypatch.setattr(translation, "gettext", lambda text: known.get(text, text))
    set_language("kk")
    return GettextTranslator()


def test_a_known_text_is_translated_whatever_its_context(translator: GettextTranslator) -> None:
    assert translator.translate("FirstStart", "Start") == "Бастау"
    assert translator.translate("QPlatformTheme", "Cancel") == "Бас тарту"


def test_the_mark_of_a_shortcut_does_not_hide_a_text(translator: GettextTranslator) -> None:
    assert translator.translate("QPlatformTheme", "&Cancel") == "Бас тарту"


def test_an_unknown_text_is_left_to_qt(translator: GettextTranslator) -> None:
    assert translator.translate("Any", "Never heard of") is None
    assert translator.isEmpty() is False


def test_the_language_of_the_source_needs_no_translation(translator: GettextTranslator) -> None:
    set_language("en")
    assert translator.translate("FirstStart", "Start") is None


def test_qts_dialogs_speak_with_qts_own_words(languages: Languages, qapp: QApplication) -> None:
    """«Name» is a person's in the window and a file's in Qt's dialog."""
    languages.use("ru")
    assert qapp.translate("QFileSystemModel", "Name") == "Имя"
    assert qapp.translate("QPlatformTheme", "Cancel") == "Отмена"
    languages.use("kk")
    assert qapp.translate("QPlatformTheme", "Cancel") == "Бас тарту"
    languages.use("en")
    assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"

"""The editor of each kind keeps the contract: shows a value, hands over what was typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from taza_desktop.i18n import Text, set_language
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Choice, Figure, KindName
from taza_desktop.ui.editor import ChoiceEditor, ChoicesEditor, Editor, LineEditor, LongTextEditor
from taza_desktop.ui.place_editor import PlaceEditor
from tests.ui.pages import settle, type_into

# A list to choose from is a popup, for which the offscreen plugin has no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)

CHOICES = (
    Choice("poplar", Text("Терек", "Тополь", "Poplar")),
    Choice("elm", Text("Қарағаш", "Карагач", "Elm")),
)
DISTRICT = "153200000"


def figure(kind: KindName) -> Figure:
    return Figure("asked", kind, Text("Сұрақ", "Вопрос", "Question"), choices=CHOICES)


class Heard:
    """Listens to an editor."""

    def __init__(self, editor: Editor) -> None:
        self.typed: list[str] = []
        self.decided: list[object] = []
        self.forward = 0
        editor.typed.connect(self.typed.append)
        editor.decided.connect(self.decided.append)
        editor.forward.connect(self._forward)

    def _forward(self) -> None:
        self.forward += 1


@pytest.fixture
def shelf(qapp: QApplication) -> Iterator[QWidget]:
    """A window to put editors in, so that the cursor can leave them."""
    made = QWidget()
    made.show()
    yield made
    made.close()
    made.deleteLater()
    settle()


def test_a_line_hands_over_what_was_typed_once(shelf: QWidget) -> None:
    editor = LineEditor(figure("count"), shelf)
    heard = Heard(editor)
    editor.put(1200)
    assert editor.line.text() == "1,200"
    editor.line.selectAll()
    type_into(editor.line, "63 500")
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    editor.commit()
    assert heard.typed == ["63 500"]
    assert heard.forward == 1


def test_a_value_that_comes_meanwhile_does_not_overwrite_typing(shelf: QWidget) -> None:
    editor = LineEditor(figure("text"), shelf)
    type_into(editor.line, "half a wor")
    editor.put("something else")
    assert editor.line.text() == "half a wor"


def test_numbers_stand_at_the_right_with_room_for_their_unit(shelf: QWidget) -> None:
    editor = LineEditor(figure("decimal"), shelf)
    editor.set_unit("ha")
    assert editor.line.alignment() & Qt.AlignmentFlag.AlignRight
    assert editor.line.textMargins().right() > 0
    editor.set_unit("")
    assert editor.line.textMargins().right() == 0


def test_a_long_text_keeps_its_lines_and_grows(shelf: QWidget) -> None:
    editor = LongTextEditor(figure("long_text"), shelf)
    heard = Heard(editor)
    low = editor.text.height()
    editor.put("one")
    editor.text.insertPlainText("\n".join("abcdefgh"))
    assert editor.text.height() > low
    editor.commit()
    editor.commit()
    assert len(heard.typed) == 1
    assert heard.typed[0].count("\n") == 7


def test_a_choice_is_decided_by_its_key_and_shown_in_the_language(shelf: QWidget) -> None:
    editor = ChoiceEditor(figure("choice"), shelf)
    heard = Heard(editor)
    editor.put("elm")
    assert editor.box.currentText() == "Elm"
    set_language("kk")
    editor.put("elm")
    assert editor.box.currentText() == "Қарағаш"
    editor.box.activated.emit(0)
    editor.box.activated.emit(1)
    assert heard.decided == [None, "poplar"]


def test_several_choices_are_a_list_of_keys(shelf: QWidget) -> None:
    editor = ChoicesEditor(figure("choices"), shelf)
    heard = Heard(editor)
    editor.put(["elm"])
    poplar, elm = editor.findChildren(QCheckBox)
    assert (poplar.isChecked(), elm.isChecked()) == (False, True)
    poplar.click()
    elm.click()
    poplar.click()
    assert heard.decided == [["poplar", "elm"], ["poplar"], None]


def test_a_place_is_found_by_letters_nearest_first(shelf: QWidget) -> None:
    editor = PlaceEditor(figure("place"), load_plan().territories, DISTRICT, shelf)
    heard = Heard(editor)
    type_into(editor.line, "Бестамак")
    completer = editor.line.completer()
    offered = completer.model().stringList()
    assert offered
    completer.activated.emit(offered[0])
    (code,) = heard.decided
    assert load_plan().territories.covers(DISTRICT, str(code))
    editor.put(str(code))
    assert editor.line.text() == offered[0]


def test_what_is_locked_cannot_be_changed(shelf: QWidget) -> None:
    line, choice = LineEditor(figure("text"), shelf), ChoiceEditor(figure("choice"), shelf)
    line.lock(True)
    choice.lock(True)
    type_into(line.line, "x")
    assert line.line.text() == ""
    assert not choice.box.isEnabled()

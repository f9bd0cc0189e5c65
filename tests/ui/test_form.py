"""A clerk enters a planting: saved at once, checked at once, kept over a restart."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from tests.ui.pages import KEY, Shell


def test_what_is_typed_is_in_the_file_before_the_next_cell(shell: Shell) -> None:
    form = shell.form(6).enters("planned", "63 500")
    assert form.stored().cells == {"planned": 63500}
    form.enters("planted", "63670")
    assert form.stored().cells == {"planned": 63500, "planted": 63670}
    assert form.shows("planted") == "63,670"
    assert shell.window.ui.saved.text().startswith("saved ")


def test_enter_goes_on_to_the_next_cell(shell: Shell) -> None:
    form = shell.form(6)
    assert form.cursor() == "planned"
    form.enters("planned", "5")
    assert form.cursor() == "planted"


def test_the_number_row_of_a_kazakh_keyboard_types_digits(shell: Shell) -> None:
    form = shell.form(6).enters("planted", "әі5")
    assert form.stored().cells == {"planted": 235}


def test_leaving_the_form_keeps_what_is_being_typed(shell: Shell) -> None:
    form = shell.form(6)
    form.line("planted").setFocus()
    form.line("planted").setText("")
    form.line("planted").insert("120")
    shell.window.go("due")
    with_sheet = shell.form(6)
    assert with_sheet.shows("planted") == "120"
    assert with_sheet.stored().cells == {"planted": 120}


def test_a_text_that_is_no_number_stays_and_is_not_stored(shell: Shell) -> None:
    form = shell.form(6).enters("planted", "120").enters("planted", "many")
    assert form.shows("planted") == "many"
    assert "many" in form.says_of("planted")
    assert form.cell("planted").editor.field.property("bad")
    assert form.stored().cells == {"planted": 120}
    assert any("many" in line for line in form.problems())
    shell.window.go("due")
    form = shell.form(6)
    assert form.shows("planted") == "many", "leaving the form must not drop what was typed"
    form.enters("planted", "130")
    assert form.says_of("planted") == ""
    assert form.stored().cells == {"planted": 130}


def test_a_problem_comes_leads_to_its_cell_and_goes(shell: Shell) -> None:
    form = shell.form(6).enters("planned", "100").enters("planted", "100418")
    told = form.draft.form.checks
    far = next(check for check in told if check.at == "planted" and check.level == "explain")
    before = form.problems()
    assert before, "planting far more than planned wants an explanation"
    form.enters("planted", "100")
    assert len(form.problems()) < len(before)
    form.enters("planted", "100418")
    form.cell("planned").focus()
    form.clicks_problem(
        next(line for line in form.problems() if line in {each.says.en for each in told})
    )
    assert form.cursor() == "planted", far.name


def test_a_missing_figure_is_named_and_a_click_leads_there(shell: Shell) -> None:
    form = shell.form(6)
    label = form.draft.form.figure("planted").label.en
    form.clicks_problem(label)
    assert form.cursor() == "planted"


def test_a_computed_figure_follows_and_cannot_be_typed(shell: Shell) -> None:
    form = shell.form(6).enters("planned", "200000").enters("planted", "176600")
    assert form.shows("fulfilment") == "88.3"
    assert form.line("fulfilment").isReadOnly()


def test_nought_and_not_applicable_are_one_key_each(shell: Shell) -> None:
    form = shell.form(6)
    form.cell("planted").focus()
    form.page.cell_actions.zero(form.cursor())
    assert form.stored().cells == {"planted": 0}
    form.draft.mark("planted", "na:", "no planting was planned")
    assert form.stored().marks("na:") == {"planted": "no planting was planned"}


def test_a_remark_answers_a_question(shell: Shell) -> None:
    form = shell.form(6).enters("planned", "100").enters("planted", "100418")
    open_ = [p for p in form.draft.review.problems if not p.answered]
    form.draft.mark("planted", "remark:", "the yearly action")
    form.draft._review()
    assert len([p for p in form.draft.review.problems if not p.answered]) < len(open_)
    assert "the yearly action" in form.cell("planted")._note.text()


def test_the_sentence_follows_until_it_is_edited(shell: Shell) -> None:
    form = shell.form(6).enters("planned", "200000").enters("planted", "176600")
    russian = shell.find(QPlainTextEdit, "sentence_ru")
    generated = russian.toPlainText()
    assert "176" in generated.replace("\u00a0", " ")
    russian.setPlainText("Посажено много.")
    russian.document().setModified(True)
    form.page.leave()
    assert form.stored().cells["sentence:ru"] == "Посажено много."
    form.enters("planted", "176601")
    assert russian.toPlainText() == "Посажено много."
    form.page.body._sentences._editors[1]._take_generated()
    assert "sentence:ru" not in form.stored().cells
    assert "176 601" in russian.toPlainText().replace("\u00a0", " ")


def test_the_history_of_a_cell_tells_who_and_what(shell: Shell) -> None:
    form = shell.form(6).enters("planted", "1").enters("planted", "2")
    from taza_desktop.register.register import Register

    with Register.open(form.draft.context.path) as register:
        changes = register.history(KEY, "planted")
    from taza_desktop.ui.history_dialog import HistoryModel

    model = HistoryModel(
        changes, form.draft.form.figure("planted"), form.draft.context.plan.territories
    )
    rows = [[model.index(row, at).data() for at in range(5)] for row in range(model.rowCount())]
    assert [row[1] for row in rows] == ["2", "1"]
    assert rows[0][2:] == ["Айгүл Серікова", "Alga District", "entered here"]
    model.deleteLater()


def test_what_was_entered_is_there_after_a_restart(shell: Shell) -> None:
    form = shell.form(6).enters("planted", "63670")
    path = form.draft.context.path
    shell.desk.open(path)
    assert shell.form(6).shows("planted") == "63,670"


def test_a_sheet_of_another_office_can_only_be_read(shell: Shell) -> None:
    shell.window.open_sheet(KEY._replace(territory="150000000"))
    from tests.ui.pages import Filling

    form = Filling(shell)
    assert form.draft.read_only
    assert form.line("planted").isReadOnly()


def test_alt_left_goes_back_to_the_list(shell: Shell) -> None:
    shell.form(6)
    assert shell.window.current() == "form"
    shell.window.go_back()
    assert shell.window.current() == "due"


def test_every_field_has_a_name_for_a_screen_reader(shell: Shell) -> None:
    form = shell.form(6)
    for name, cell in form.page.body.cells.items():
        assert cell.editor.field.accessibleName(), name
    for view in form.page.body.tables.values():
        assert view.accessibleName()
    assert form.page.problems.list.accessibleName()
    assert form.page.focusPolicy() == Qt.FocusPolicy.NoFocus

"""The office's own settings of its reports: letterhead, signature, font and page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from taza_desktop.i18n import N_, _
from taza_desktop.ui.widgets import button, column, label, row, show_text

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.ui.page import Context

WIDTH, LINES_HEIGHT = 880, 72
AROUND = 80  # pixels of a screen that the title of a window and the like take
Shown = Mapping[str, str | int | float | bool]


class Entry(NamedTuple):
    """A setting by its name in `reports.own_settings`, and what it is called in the window."""

    name: str
    says: str
    lines: bool = False


LETTER = (
    Entry("office.reference", N_("Reference number")),
    Entry("office.date", N_("Date, for example 30.01.2026")),
    Entry("office.letterhead.kk", N_("Letterhead in Kazakh"), lines=True),
    Entry("office.letterhead.ru", N_("Letterhead in Russian"), lines=True),
)
SIGNATURE = (
    Entry("office.position.kk", N_("Position of who signs, in Kazakh")),
    Entry("office.position.ru", N_("Position of who signs, in Russian")),
    Entry("office.signatory", N_("Name of who signs")),
    Entry("office.second_position.kk", N_("Second signature: position in Kazakh")),
    Entry("office.second_position.ru", N_("Second signature: position in Russian")),
    Entry("office.second_signatory", N_("Second signature: name")),
    Entry("office.executor", N_("Executor")),
    Entry("office.phone", N_("Telephone")),
)
PAGE = (
    Entry("font.family", N_("Font")),
    Entry("font.size", N_("Size of the text, points")),
    Entry("font.table_size", N_("Size in tables, points")),
    Entry("font.small_size", N_("Small print, points")),
    Entry("page.margin_left", N_("Left margin, mm")),
    Entry("page.margin_right", N_("Right margin, mm")),
    Entry("page.margin_top", N_("Top margin, mm")),
    Entry("page.margin_bottom", N_("Bottom margin, mm")),
)
LENGTH = (
    Entry("text.territories", N_("Territories with a line of their own")),
    Entry("text.entries", N_("Entries named in one row")),
    Entry("text.remarks", N_("Explanations in one row")),
    Entry("text.photos", N_("Photos of one measure")),
)
EMBLEM, DATE = "office.emblem", "office.date"


class SettingsDialog(QDialog):
    """Every setting with its value; what is emptied is again as the program ships it.

    Signals:
        wanted: the changed settings, as they were typed, by name; `accept` when they were kept,
            `refuse` with the reason when not.
    """

    wanted = Signal(object)

    def __init__(self, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings of the report"))
        self.setMinimumWidth(WIDTH)
        self._before = {name: _text(name, value) for name, value in shown.items()}
        self._fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._emblem = ""
        self._has_emblem = bool(shown[EMBLEM])
        self._emblem_says = label(role="muted")
        self._error = label(role="error", wrap=True)
        self._error.hide()
        self._lay_out()
        self._show_emblem()

    def refuse(self, reason: str) -> None:
        """Say why the settings were not kept."""
        show_text(self._error, reason)

    def _lay_out(self) -> None:
        pick, drop = button(_("Picture…"), "quiet"), button(_("No picture"), "quiet")
        pick.clicked.connect(self._pick)
        drop.clicked.connect(self._drop)
        letter = column(
            label(_("Letter"), "heading"),
            self._form(LETTER),
            row(self._emblem_says, 0, pick, drop),
            3,
            label(_("Signature"), "heading"),
            self._form(SIGNATURE),
            0,
        )
        page = column(
            label(_("Page"), "heading"),
            self._form(PAGE),
            3,
            label(_("Length"), "heading"),
            self._form(LENGTH),
            0,
        )
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Cancel)
        save = button(_("Save"), "primary")
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        save.setDefault(True)
        buttons.accepted.connect(self._ask)
        buttons.rejected.connect(self.reject)
        both = row(letter, page, gap=8)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        entries, scrolling = QWidget(), QScrollArea(widgetResizable=True)
        entries.setLayout(both)
        scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolling.setFrameShape(QFrame.Shape.NoFrame)
        scrolling.setWidget(entries)
        self.setLayout(column(scrolling, self._error, buttons, gap=4, margin=5))
        room = self.screen().availableSize().height() - AROUND
        self.resize(WIDTH, min(self.sizeHint().height() + entries.sizeHint().height(), room))

    def _form(self, entries: tuple[Entry, ...]) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for entry in entries:
            field = self._field(entry)
            field.setAccessibleName(_(entry.says))
            self._fields[entry.name] = field
            form.addRow(_(entry.says), field)
        return form

    def _field(self, entry: Entry) -> QLineEdit | QPlainTextEdit:
        text = self._before[entry.name]
        if not entry.lines:
            return QLineEdit(text)
        field = QPlainTextEdit(text)
        field.setFixedHeight(LINES_HEIGHT)
        field.setTabChangesFocus(True)
        return field

    def _ask(self) -> None:
        typed = {name: _typed(field) for name, field in self._fields.items()}
        changed = {name: text for name, text in typed.items() if text != self._before[name]}
        if self._emblem or bool(self._before[EMBLEM]) != self._has_emblem:
            changed[EMBLEM] = self._emblem
        self.wanted.emit(changed)

    def _pick(self) -> None:
        title, kinds = _("Picture of the letterhead"), "JPG, PNG (*.jpg *.jpeg *.png)"
        path, _kind = QFileDialog.getOpenFileName(self, title, "", kinds)
        if path:
            self._emblem, self._has_emblem = path, True
            self._show_emblem()

    def _drop(self) -> None:
        self._emblem, self._has_emblem = "", False
        self._show_emblem()

    def _show_emblem(self) -> None:
        says = _("Letterhead with a picture") if self._has_emblem else _("Letterhead: no picture")
        self._emblem_says.setText(says)


def edit_settings(
    parent: QWidget,
    context: Context,
    kept: Callable[[], None],
    refused: Callable[[Refusal], None],
) -> None:
    """Show the office's settings and keep what is changed in them; both in the worker."""
    from taza_desktop.reports import own_settings

    def show(shown: Shown) -> None:
        dialog = SettingsDialog(shown, parent)
        dialog.wanted.connect(lambda changed: keep(dialog, changed))
        dialog.accepted.connect(kept)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def keep(dialog: SettingsDialog, changed: dict[str, str]) -> None:
        context.worker.run(
            lambda register: own_settings.change(register, changed),
            lambda _kept: dialog.accept(),
            lambda refusal: dialog.refuse(refusal.text()),
            owner=dialog,
        )

    context.worker.run(
        lambda register: own_settings.shown(own_settings.read(register)),
        show,
        refused,
        owner=parent,
    )


def _text(name: str, value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if name == DATE and isinstance(value, str) and value:
        return ".".join(reversed(value.split("-")))  # as people write it
    return value if isinstance(value, str) else f"{value:g}"


def _typed(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

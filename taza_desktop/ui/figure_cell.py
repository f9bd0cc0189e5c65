"""One figure on the form: label, a large cell, unit, plan and last value, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QSizePolicy, QToolButton

from taza_desktop.errors import Refusal
from taza_desktop.i18n import _, language, ngettext
from taza_desktop.plan.kinds import parse, show
from taza_desktop.ui.attachment_editor import AttachmentEditor
from taza_desktop.ui.cell_actions import CellActions, keys_in_words
from taza_desktop.ui.editor import (
    ChoiceEditor,
    ChoicesEditor,
    Editor,
    LineEditor,
    LongTextEditor,
)
from taza_desktop.ui.place_editor import PlaceEditor
from taza_desktop.ui.widgets import column, describe, label, row, set_flag, show_text

if TYPE_CHECKING:
    from taza_desktop.plan.form import Figure
    from taza_desktop.plan.sheet import Value
    from taza_desktop.ui.draft import Draft

WIDE = ("long_text", "choices", "attachment", "link")  # take a whole row of the page
_UNIT_OF_KIND = {"percent": "%", "money": "₸"}


class FigureCell(QFrame):
    """A figure of the sheet; keeps itself up to date with the draft.

    Signals:
        forward: Enter was pressed; go on to the next cell.
    """

    forward = Signal()

    def __init__(self, figure: Figure, draft: Draft, actions: CellActions) -> None:
        super().__init__()
        self.figure = figure
        self._draft = draft
        self._actions = actions
        self.setObjectName(f"cell_{figure.name}")
        self._label = label(role="field", wrap=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._menu = QToolButton()
        self._menu.setText("⋯")
        self._menu.setProperty("role", "more")
        self._menu.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._menu.clicked.connect(self._open_menu)
        self.editor = _editor(figure, draft)
        self._beside = label(role="small", wrap=True)
        self._hint = label(role="small", wrap=True)
        self._error = label(role="error", wrap=True)
        self._note = label(role="note", wrap=True)
        self._place_parts()
        self._connect()
        self.retranslate()

    def focus(self) -> None:
        """Put the cursor into the cell, with its text selected."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        field = self.editor.field
        if isinstance(field, QLineEdit):
            field.selectAll()

    def retranslate(self) -> None:
        """Set every text anew in the language in force."""
        self._label.setText(f"{self.figure.label.to(language())}{' *' * self.figure.required}")
        self.editor.set_unit(unit_of(self.figure))
        self._hint.setText(self.figure.hint.to(language()) if self.figure.hint else "")
        self._hint.setVisible(self.figure.hint is not None)
        describe(self._menu, _("More about this cell"), keys_in_words())
        self.refresh()

    def refresh(self) -> None:
        """Show the value, what stands beside it, and what is wrong with it."""
        name, draft = self.figure.name, self._draft
        review = draft.review
        computed = review.computed if review else {}
        value = (computed if self.figure.computed else draft.sheet.cells).get(name)
        mistyped = draft.mistyped.get(name)
        if mistyped:
            self.editor.put_text(mistyped.text)
        else:
            self.editor.put(value)
        show_text(self._error, mistyped.says if mistyped else "")
        level = "stop" if mistyped else draft.level(name)
        set_flag(self.editor.field, "bad", level == "stop")
        set_flag(self.editor.field, "asks", level == "explain")
        show_text(self._beside, self._comparisons())
        show_text(self._note, self._notes())
        self.editor.lock(draft.read_only or bool(self.figure.computed))
        described = [
            self._label.text(),
            unit_of(self.figure),
            self._hint.text(),
            self._error.text(),
        ]
        describe(self.editor.field, ". ".join(filter(None, described)), self._hint.text())

    def label_height(self) -> int:
        """How high the label wants to be at its width."""
        return self._label.heightForWidth(self._label.width())

    def set_label_height(self, height: int) -> None:
        """Make room above the field, so that it stands level with its neighbour's."""
        self._label.setMinimumHeight(height)

    def _place_parts(self) -> None:
        top = row(self._label, self._menu, gap=1)
        top.setStretch(0, 1)
        top.setAlignment(self._menu, Qt.AlignmentFlag.AlignBottom)
        below = (self._error, self._note, self._beside, self._hint)
        self.setLayout(column(top, self.editor, *below, gap=1))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def _connect(self) -> None:
        self.editor.typed.connect(self._typed)
        self.editor.decided.connect(self._decided)
        self.editor.forward.connect(self.forward)
        field = self.editor.field
        if isinstance(field, QLineEdit):
            field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            field.customContextMenuRequested.connect(self._open_text_menu)

    def _typed(self, text: str) -> None:
        try:
            value = parse(self.figure, text, language())
        except Refusal as refusal:
            self._draft.mistype(self.figure.name, text, refusal.text())
            self.refresh()
        else:
            self._decided(value)

    def _decided(self, value: Value) -> None:
        self._draft.set_cell(self.figure.name, value)
        self.refresh()  # also when it is the same value, written otherwise

    def _comparisons(self) -> str:
        """The plan of this fact, what stood here in the previous round, what others report."""
        parts: list[str] = []
        if self.figure.of and (plan := self._draft.sheet.cells.get(self.figure.of)) is not None:
            shown = show(self._draft.form.figure(self.figure.of), plan, language())
            parts.append(_("plan {value}").format(value=shown))
        last = self._draft.last.cells.get(self.figure.name) if self._draft.last else None
        if last is not None:
            parts.append(_("last round {value}").format(value=show(self.figure, last, language())))
        return "  ·  ".join([*parts, *self._others()])

    def _others(self) -> list[str]:
        """For who judges the sheet: does this one stand out?"""
        said = self._draft.judging.said
        spread = said.spreads.get(self.figure.name) if said else None
        if spread is None:
            return []
        values = (spread.least, spread.middle, spread.most)
        least, middle, most = (show(self.figure, value, language()) for value in values)
        return [
            ngettext(
                "{count} other territory: {least} to {most}, half below {middle}",
                "{count} other territories: {least} to {most}, half below {middle}",
                spread.sheets,
            ).format(count=spread.sheets, least=least, middle=middle, most=most)
        ]

    def _notes(self) -> str:
        """The remarks and the reason pinned to the cell, and what was answered."""
        name = self.figure.name
        remark, reason = self._draft.marked(name, "remark:"), self._draft.marked(name, "na:")
        notes = [
            _("Remark: {text}").format(text=remark) if remark else "",
            _("Not applicable: {text}").format(text=reason) if reason else "",
        ]
        return "\n".join(filter(None, [*notes, *self._draft.judging.notes(name)]))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        self._actions.add_to(menu, self.figure.name)
        menu.exec(self._menu.mapToGlobal(QPoint(0, self._menu.height())))
        menu.deleteLater()

    def _open_text_menu(self, at: QPoint) -> None:
        field = self.editor.field
        if isinstance(field, QLineEdit):
            menu = field.createStandardContextMenu()
            menu.addSeparator()
            self._actions.add_to(menu, self.figure.name)
            menu.exec(field.mapToGlobal(at))
            menu.deleteLater()


def unit_of(figure: Figure) -> str:
    """The short name of a figure's unit in the language in force; empty when it has none."""
    from taza_desktop.plan.units import unit

    if figure.unit:
        return unit(figure.unit).short.to(language())
    return _UNIT_OF_KIND.get(figure.kind, "")


def _editor(figure: Figure, draft: Draft) -> Editor:
    """The editor of a figure's kind."""
    context = draft.context
    match figure.kind:
        case "place":
            return PlaceEditor(figure, context.plan.territories, draft.key.territory)
        case "attachment":
            return AttachmentEditor(figure, context)
        case "choice":
            return ChoiceEditor(figure)
        case "choices":
            return ChoicesEditor(figure)
        case "long_text":
            return LongTextEditor(figure)
        case _:
            return LineEditor(figure)

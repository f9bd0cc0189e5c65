"""The sentence that the report will print, live, in both its languages; it may be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from taza_desktop.i18n import NAMES, Language, _
from taza_desktop.ui.review import PRINTED
from taza_desktop.ui.widgets import button, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.ui.draft import Draft

_LINES = (2, 8)


class SentenceEditor(QWidget):
    """The sentence in one language."""

    def __init__(self, written: Language, draft: Draft) -> None:
        super().__init__()
        self._language: Language = written
        self._draft = draft
        self._name = label(NAMES[written], role="caption")
        self._state = label(role="note")
        self._again = button(role="link")
        self._again.clicked.connect(self._take_generated)
        self.text = QPlainTextEdit()
        self.text.setObjectName(f"sentence_{written}")
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._fit)
        self.setLayout(column(row(self._name, 2, self._state, self._again, 0), self.text, gap=1))
        self.refresh()

    def refresh(self) -> None:
        """Show what the report would print now; a text being edited is left alone."""
        edited = self._draft.sheet.cells.get(self._mark)
        self._state.setText(_("edited by hand") if edited else "")
        self._again.setText(_("Go back to the generated text"))
        self._again.setVisible(bool(edited) and not self._draft.read_only)
        self.text.setReadOnly(self._draft.read_only)
        self.text.setPlaceholderText(_("The sentence appears once the figures are there."))
        describe(
            self.text,
            _("Sentence of the report, {language}").format(language=NAMES[self._language]),
            "",
        )
        document = self.text.document()
        shown = edited if isinstance(edited, str) else self._generated()
        if not document.isModified() and shown != self.text.toPlainText():
            self.text.setPlainText(shown)
            document.setModified(False)

    def commit(self) -> None:
        """Keep what was edited; the generated text itself, or none at all, is not an edit."""
        document = self.text.document()
        if not document.isModified():
            return
        document.setModified(False)
        text = " ".join(self.text.toPlainText().split())
        by_hand = text and text != self._generated()
        self._draft.set_cell(self._mark, text if by_hand else None)
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Commit before the cursor leaves."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.commit()
        return super().eventFilter(watched, event)

    @property
    def _mark(self) -> str:
        return f"sentence:{self._language}"

    def _generated(self) -> str:
        review = self._draft.review
        return review.sentences[self._language] if review else ""

    def _take_generated(self) -> None:
        self.text.document().setModified(False)
        self._draft.set_cell(self._mark, None)
        self.refresh()

    def _fit(self) -> None:
        least, most = _LINES
        lines = max(least, min(most, self.text.document().size().toSize().height()))
        self.text.setFixedHeight(lines * self.text.fontMetrics().lineSpacing() + 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._fit()


class SentencePanel(QWidget):
    """The sentence in Kazakh and in Russian."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._title = label(role="heading")
        self._hint = label(role="small", wrap=True)
        self._editors = [SentenceEditor(written, draft) for written in PRINTED]
        self.setLayout(column(self._title, self._hint, *self._editors, gap=2, margin=0))
        draft.reviewed.connect(self.refresh)
        draft.cell_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the sentences in force."""
        self._title.setText(_("In the report"))
        self._hint.setText(_("This is printed. It follows the figures until you edit it by hand."))
        for editor in self._editors:
            editor.refresh()

    def commit(self) -> None:
        """Keep what is being edited."""
        for editor in self._editors:
            editor.commit()

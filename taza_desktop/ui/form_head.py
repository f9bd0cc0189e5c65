"""The head of a form: which measure, what the Ministry wants, how far the sheet has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from taza_desktop.i18n import _, language
from taza_desktop.ui.icons import icon
from taza_desktop.ui.widgets import button, card, column, describe, label, row, set_role, show_text
from taza_desktop.ui.wording import day

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Measure
    from taza_desktop.ui.draft import Draft


class FormHead(QFrame):
    """Back, number and title; the rest unfolds."""

    def __init__(self) -> None:
        super().__init__()
        self.back = button(role="quiet")
        self.back.setObjectName("back")
        self._number = label(role="chip")
        self._title = label(role="title", wrap=True)
        self._where = label(role="small")
        self._state = label(role="pill")
        self._wants = button(role="link")
        self._wants.setCheckable(True)
        self._wants.toggled.connect(self._unfold)
        self._details = label(wrap=True)
        self._well = card(column(self._details, margin=4), role="well")
        self._well.hide()
        titles = column(self._title, row(self._where, self._state, self._wants, 0), gap=1)
        top = row(self.back, self._number, titles, gap=3)
        top.setStretch(2, 1)
        for part in (self.back, self._number):
            top.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(top, self._well, gap=2))

    def show_sheet(self, draft: Draft) -> None:
        """Say which sheet it is."""
        plan, key = draft.context.plan, draft.key
        measure = plan.measures[key.measure]
        self.back.setIcon(icon("back"))
        describe(self.back, _("Back to the list (Alt+Left)"))
        self._number.setText(str(measure.number))
        self._title.setText(measure.title.to(language()))
        place = plan.territories[key.territory].name.to(language())
        due = measure.due(key.territory, draft.context.round)
        where = _("{place}  ·  due {date}") if due else place
        self._where.setText(where.format(place=place, date=due and day(due)))
        self._wants.setText(_("What the Ministry wants"))
        self._details.setText("\n".join(_wanted(measure)))
        self.show_state(draft)

    def show_state(self, draft: Draft) -> None:
        """Say whether the sheet could be sent."""
        if draft.read_only:
            show_text(self._state, "" if draft.judging.locked else _("only to be read"))
            set_role(self._state, "pill_idle")
            return
        review = draft.review
        ready = review is not None and not (
            review.missing or draft.mistyped or any(p.level == "stop" for p in review.problems)
        )
        begun = bool(draft.sheet.cells or any(draft.sheet.entries.values()))
        text = _("ready") if ready else _("draft") if begun else _("not started")
        show_text(self._state, text)
        set_role(self._state, "pill_ok" if ready else "pill_info" if begun else "pill_idle")

    def _unfold(self, open_: bool) -> None:
        self._well.setVisible(open_)


def _wanted(measure: Measure) -> list[str]:
    """What the plan says of a measure, line by line."""
    spoken = language()
    lines = [
        _("Form of completion: {text}").format(text=measure.completion_form.to(spoken)),
        _("Deadline: {text}").format(text=measure.deadline.to(spoken)),
        _("Executors: {text}").format(text=measure.executors.to(spoken)),
    ]
    if spoken in measure.unofficial:
        lines.append(_("Title and terms are our own translation, not an official one."))
    return lines

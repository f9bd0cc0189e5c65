"""The strip above a form that says how the sheet was judged, and where it is judged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QPushButton

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui.text_dialog import ask_text
from taza_desktop.ui.widgets import button, column, describe, label, row, set_role, show_text
from taza_desktop.ui.wording import day, moment

if TYPE_CHECKING:
    from taza_desktop.register.reviewing import Remark, Verdict
    from taza_desktop.ui.judging import Judging, Said

_LOOKS = {"accepted": "ok", "returned": "warn", "": "info"}


class VerdictBar(QFrame):
    """One sentence on the verdict; for an office above also the buttons to give one.

    Signals:
        next_wanted: the sheet that waits for a verdict after this one.
    """

    next_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._judging: Judging | None = None
        self.setProperty("role", "card")
        self.setObjectName("verdict")
        self._state = label(role="pill")
        self._says = label(role="strong", wrap=True)
        self._more = label(role="small", wrap=True)
        self.accept = self._button(self._accept)
        self.give_back = self._button(self._give_back)
        self.unlock = self._button(self._unlock)
        self.next = self._button(self._go_next)
        self.next.setShortcut(QKeySequence("Alt+Right"))
        words = column(self._says, self._more, gap=1)
        buttons = (self.accept, self.give_back, self.unlock, self.next)
        whole = row(self._state, words, *buttons, gap=3, margin=3)
        whole.setStretch(1, 1)
        for part in (self._state, *buttons):
            whole.setAlignment(part, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(whole)
        self.hide()

    def watch(self, judging: Judging) -> None:
        """Follow what is said about another sheet."""
        self._judging = judging
        judging.changed.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Show what stands, in the language in force."""
        judging = self._judging
        if judging is None or judging.said is None:
            return
        said = judging.said
        verdict = said.verdict.verdict
        self.setVisible(judging.judges or bool(verdict) or said.verdict.conflict)
        self._state.setText(_state(said.verdict))
        set_role(self._state, f"pill_{'stop' if said.verdict.conflict else _LOOKS[verdict]}")
        self._says.setText(_says(said))
        show_text(self._more, _more(judging, said))
        self._show_buttons(judging, said)

    def _show_buttons(self, judging: Judging, said: Said) -> None:
        stands = said.verdict.fresh and not said.verdict.conflict
        accepted = said.verdict.verdict == "accepted" and stands
        returned = said.verdict.verdict == "returned" and stands
        noted = len(said.remarks)
        give_back = _("Return again…") if returned else _("Return…")
        if noted and not returned:
            give_back = _("Return ({count})…").format(count=noted)
        for part, text, shown in (
            (self.accept, _("Accept"), not accepted),
            (self.give_back, give_back, not accepted),
            (self.unlock, _("Unlock…"), accepted),
            (self.next, _("Next"), said.next is not None),
        ):
            part.setText(text)
            describe(part, text)
            part.setVisible(judging.judges and shown)
        self.next.setToolTip(_("The next sheet that waits for a verdict (Alt+Right)"))
        set_role(self.accept, "" if noted or returned else "primary")
        set_role(self.give_back, "primary" if noted and not returned else "")

    def _accept(self) -> None:
        if self._judging is not None:
            self._judging.accept()

    def _give_back(self) -> None:
        judging = self._judging
        if judging is None or judging.said is None:
            return
        why = ngettext(
            "{count} remark goes along. Add what concerns the whole sheet, if anything.",
            "{count} remarks go along. Add what concerns the whole sheet, if anything.",
            len(judging.said.remarks),
        ).format(count=len(judging.said.remarks))
        if not judging.said.remarks:
            why = _("Say what has to be mended. For a single cell press Ctrl+M in it first.")
        reason = ask_text(self, _("Return"), _("The whole sheet"), why)
        if reason is not None:
            judging.send_back(reason)

    def _unlock(self) -> None:
        why = _("Say why the sheet may be changed again; the reason is kept.")
        reason = ask_text(self, _("Unlock"), _("The whole sheet"), why)
        if reason and self._judging is not None:
            self._judging.unlock(reason)

    def _go_next(self) -> None:
        if self._judging and self._judging.said and self._judging.said.next:
            self.next_wanted.emit(self._judging.said.next)

    def _button(self, slot: object) -> QPushButton:
        made = button()
        made.clicked.connect(slot)
        made.hide()
        return made


def _state(verdict: Verdict) -> str:
    if verdict.conflict:
        return _("two verdicts")
    if verdict.verdict == "accepted":
        return _("accepted") if verdict.fresh else _("changed since accepted")
    return _("returned") if verdict.verdict else _("not judged yet")


def _says(said: Said) -> str:
    """Who decided what, and when."""
    verdict = said.verdict
    if verdict.verdict == "accepted":
        return _("{name} accepted the sheet on {moment}.").format(
            name=verdict.by, moment=moment(verdict.at)
        )
    if verdict.verdict == "returned":
        return _("{name} returned the sheet on {moment}.").format(
            name=verdict.by, moment=moment(verdict.at)
        )
    if verdict.reason:
        return _("{name} unlocked the sheet on {moment}.").format(
            name=verdict.by, moment=moment(verdict.at)
        )
    return _("Nobody accepted or returned this sheet yet.")


def _more(judging: Judging, said: Said) -> str:
    """The reason, how far the remarks were answered, what to do next."""
    verdict = said.verdict
    parts = [_("Reason: {text}").format(text=verdict.reason)] if verdict.reason else []
    if verdict.verdict == "returned":
        parts.append(_answered(said.remarks))
        if judging.judges:
            parts.append(_opened(verdict.opened))
    elif verdict.verdict == "accepted" and judging.own:
        parts.append(_("It is locked. To change it, ask that office to unlock it and say why."))
    elif judging.judges and verdict.verdict == "accepted" and not verdict.fresh:
        parts.append(_("It was changed since. Look at it again."))
    elif judging.judges and not verdict.verdict:
        parts.append(_("Ctrl+M in a cell notes a remark for the clerk."))
    return "  ·  ".join(filter(None, parts))


def _answered(remarks: list[Remark]) -> str:
    if not remarks:
        return ""
    done = sum(remark.answered for remark in remarks)
    return _("{done} of {all} remarks answered").format(done=done, all=len(remarks))


def _opened(opened: date | None) -> str:
    if opened is None:
        return _("The clerk has not opened the return yet.")
    return _("Opened on {day}.").format(day=day(opened))

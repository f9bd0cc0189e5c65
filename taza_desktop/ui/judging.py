"""What was said about the sheet on the desk: verdict, remarks, answers; and saying it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from taza_desktop.i18n import _

if TYPE_CHECKING:
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.plan.spread import Spread
    from taza_desktop.register.register import Register
    from taza_desktop.register.reviewing import Remark, Verdict
    from taza_desktop.ui.page import Context

_AGAIN_AFTER = 60  # ms; several cells filled in a row are looked at once


class Said(NamedTuple):
    """What stands about a sheet, and what helps to judge it.

    `next` waits for a verdict after this one; `spreads` tell, by figure, what others report.
    """

    verdict: Verdict
    remarks: list[Remark]
    next: SheetKey | None = None
    spreads: Mapping[str, Spread] = MappingProxyType({})


class Judging(QObject):
    """The verdict about one sheet. An office above judges, the office itself answers.

    Attributes:
        said: None until it was read for the first time.
        judges: whether this office may accept and return the sheet.
        own: whether the sheet is this office's own.

    Signals:
        changed: `said` is another one.
        judged: a sentence about what has just been decided.
        refused: a Refusal.
    """

    changed = Signal()
    judged = Signal(str)
    refused = Signal(object)

    def __init__(self, context: Context, key: SheetKey, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.key = key
        self.said: Said | None = None
        self.own = key.territory == context.office.territory
        self.judges = not self.own
        self._look_again = QTimer(self, singleShot=True, interval=_AGAIN_AFTER)
        self._look_again.timeout.connect(self.load)

    @property
    def locked(self) -> bool:
        """Whether the sheet was accepted, so that nobody may change it."""
        return self.said is not None and self.said.verdict.verdict == "accepted"

    @property
    def returned(self) -> bool:
        """Whether the sheet was given back."""
        return self.said is not None and self.said.verdict.verdict == "returned"

    def load(self) -> None:
        """Read what stands; `changed` tells when it is there."""
        self._context.worker.run(self._read, self._take, owner=self)

    def sheet_changed(self) -> None:
        """A cell was changed: perhaps that answers a remark."""
        if self.returned:
            self._look_again.start()

    def remark_at(self, cell: str) -> Remark | None:
        """The remark on a cell ("" is the whole sheet)."""
        remarks = self.said.remarks if self.said else []
        return next((remark for remark in remarks if remark.address == cell), None)

    def waits(self, cell: str) -> bool:
        """Whether a remark on a cell still waits for an answer."""
        remark = self.remark_at(cell)
        return self.returned and remark is not None and not remark.answered

    def notes(self, cell: str) -> list[str]:
        """The remark on a cell and what was answered, as the person here reads it."""
        remark = self.remark_at(cell)
        if remark is None or self.said is None:
            return []
        by = self.said.verdict.by
        if self.judges:
            first = _("For the clerk: {text}").format(text=remark.text)
        else:
            first = _("{name} asks: {text}").format(name=by, text=remark.text)
        lines = [first]
        if remark.answer:
            lines.append(_("Answer: {text}").format(text=remark.answer))
        elif self.returned and remark.changed:
            lines.append(_("Changed since."))
        return lines

    def remark_on(self, cell: str, text: str) -> None:
        """Note what the clerk should mend in a cell; it goes out when the sheet is returned."""

        def job(register: Register) -> None:
            from taza_desktop.register.reviewing import remark_on

            remark_on(register, self.key, cell, text)

        self._do(job)

    def answer(self, cell: str, text: str) -> None:
        """Answer a remark in words."""

        def job(register: Register) -> None:
            from taza_desktop.register.reviewing import answer_remark

            answer_remark(register, self.key, cell, text)

        self._do(job)

    def accept(self) -> None:
        """Accept and lock the sheet."""

        def job(register: Register) -> None:
            from taza_desktop.register.reviewing import accept

            accept(register, [self.key])

        self._do(job, _("Accepted. The sheet is locked; the receipt goes out with the answers."))

    def send_back(self, reason: str) -> None:
        """Return the sheet with the remarks that were noted."""
        remarks = {remark.address: remark.text for remark in self.said.remarks} if self.said else {}

        def job(register: Register) -> None:
            from taza_desktop.register.reviewing import return_sheet

            return_sheet(register, self.key, remarks, reason)

        self._do(job, _("Returned. The return goes out with the answers."))

    def unlock(self, reason: str) -> None:
        """Lift the lock of an accepted sheet."""

        def job(register: Register) -> None:
            from taza_desktop.register.reviewing import unlock

            unlock(register, self.key, reason)

        self._do(job, _("Unlocked. The reason stands in the history of the sheet."))

    def _do(self, job: Callable[[Register], None], sentence: str = "") -> None:
        def done(_nothing: None) -> None:
            self.load()
            if sentence:
                self.judged.emit(sentence)

        self._context.worker.run(job, done, self.refused.emit, owner=self)

    def _read(self, register: Register) -> Said:
        from taza_desktop.plan.spread import spreads
        from taza_desktop.register.reviewing import mark_opened, noted_remarks, verdict
        from taza_desktop.register.reviewing_queue import next_to_judge

        if self.own:
            mark_opened(register, self.key, date.today())
        said = Said(verdict(register, self.key), noted_remarks(register, self.key))
        if self.own:
            return said
        plan, key = self._context.plan, self.key
        others = (
            sheet
            for sheet in register.sheets(key.round, key.measure)
            if sheet.key.territory not in (key.territory, self._context.office.territory)
        )
        return said._replace(
            next=next_to_judge(register, plan, key),
            spreads=spreads(plan.form(key.measure), others),
        )

    def _take(self, said: Said) -> None:
        if said != self.said:
            self.said = said
            self.changed.emit()

"""Composing the report in the worker: with progress, and stopped when it is not wanted any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, Language

if TYPE_CHECKING:
    from taza_desktop.register.register import Register
    from taza_desktop.reports.neutral import Report
    from taza_desktop.reports.options import Options
    from taza_desktop.ui.page import Context


class Composer(QObject):
    """One report at a time: asking for another one stops the one before.

    Signals:
        composed: the Report that was asked for last.
        refused: why there is none.
        told: (measures done, measures in all).
    """

    composed = Signal(object)
    refused = Signal(object)
    told = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = 0

    def ask(
        self,
        context: Context,
        spoken: tuple[Language, ...],
        measures: tuple[int, ...] | None,
        parts: Options,
    ) -> None:
        """Compose the report of the context's round; `measures` None for the whole plan."""
        self._wanted += 1
        this, tell = self._wanted, context.worker.to_main(self._tell)

        def hear(done: int, of: int) -> None:
            if this != self._wanted:
                raise Refusal("REPORT-STOPPED", N_("The report was not finished."))
            tell(this, done, of)

        def job(register: Register) -> Report:
            from taza_desktop.reports.content import compose

            plan, round_ = context.plan, context.round
            return compose(register, plan, round_, spoken, measures, told=hear, options=parts)

        def done(report: Report) -> None:
            if this == self._wanted:
                self.composed.emit(report)

        def failed(refusal: Refusal) -> None:
            if this == self._wanted:
                self.refused.emit(refusal)

        context.worker.run(job, done, failed, owner=self)

    def stop(self) -> None:
        """Nobody waits for it any more: the worker is free for others."""
        self._wanted += 1

    def _tell(self, this: int, done: int, of: int) -> None:
        if this == self._wanted:
            self.told.emit(done, of)

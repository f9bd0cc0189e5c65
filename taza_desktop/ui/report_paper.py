"""The report on paper and in a PDF, drawn page by page so that the window goes on answering."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from taza_desktop.errors import Refusal

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from taza_desktop.reports.neutral import Report


class Pieces(QObject):
    """Takes one piece of a long job after another whenever the window has nothing else to do.

    Signals:
        stepped: a piece was taken.
        done: all pieces were taken.
        refused: a Refusal; what was begun has been cleared away.
    """

    stepped = Signal()
    done = Signal()
    refused = Signal(object)

    def __init__(self, pieces: Iterator[int], parent: QObject) -> None:
        super().__init__(parent)
        self._pieces = pieces
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        """Begin; the object goes away by itself at the end."""
        self._timer.start()

    def stop(self) -> None:
        """The rest is not wanted any more."""
        self._end()

    def _next(self) -> None:
        try:
            next(self._pieces)
            self.stepped.emit()
        except StopIteration:
            self._end()
            self.done.emit()
        except Refusal as refusal:
            self._end()
            self.refused.emit(refusal)

    def _end(self) -> None:
        self._timer.stop()
        self.deleteLater()


def ask_printer(parent: QWidget, report: Report) -> QPrinter | None:
    """The printer that was chosen, set to the report's paper; None when none was."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from taza_desktop.ui.printing import page_layout

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(report.title)
    printer.setFullPage(True)
    printer.setPageLayout(page_layout(report.layout))
    dialog = QPrintDialog(printer, parent)
    chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if chosen else None

"""The report: its real pages, and from there to Word, Excel, PDF and the printer."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QScrollArea, QWidget

from taza_desktop.i18n import N_, _, language
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.report_composer import Composer
from taza_desktop.ui.report_figure import show_figure
from taza_desktop.ui.report_options import ReportOptions
from taza_desktop.ui.report_paper import Pieces, ask_printer
from taza_desktop.ui.report_preview import PageView
from taza_desktop.ui.report_settings import edit_settings
from taza_desktop.ui.widgets import button, card, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.reports.neutral import Provenance, Report
    from taza_desktop.ui.printing import Pages

PATIENCE = 350  # ms after the last tick before the report is composed anew
LISTED = 6  # reasons that the notice of a draft names


class Output(NamedTuple):
    """A kind of file that the worker writes the report to."""

    suffix: str
    says: str
    title: str
    kinds: str
    module: str  # below taza_desktop.reports; its `write` does it

    def write(self, report: Report, path: Path) -> Path:
        """Write the report. Refuses what the disk refuses."""
        import_module(f"taza_desktop.reports.{self.module}").write(report, path)
        return path


WORD = Output("docx", N_("Word"), N_("Save the report in Word"), "Word (*.docx)", "word")
EXCEL = Output("xlsx", N_("Excel"), N_("Save the figures in Excel"), "Excel (*.xlsx)", "excel")


class ReportPage(Page):
    """Options and buttons at the left, the pages at the right."""

    NAME = "report"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._report: Report | None = None
        self._pages: Pages | None = None
        self._growth: Pieces | None = None  # lays out the pages behind the first
        self._composer = Composer(self)
        self._soon = QTimer(self, singleShot=True, interval=PATIENCE)
        self._soon.timeout.connect(self._compose)
        self._title = label(role="title")
        self._options = ReportOptions()
        self._options.changed.connect(self._soon.start)
        self._notice = Notice("warning")
        self._busy = QProgressBar(textVisible=False)
        self._word, self._excel, self._pdf = button(role="primary"), button(), button()
        self._print, self._settings = button(), button(role="quiet")
        self._view = PageView()
        self._place, self._hint = label(role="small"), label(role="small")
        self._zoom = {steps: button(role="quiet") for steps in (-1, 0, 1)}
        self._lay_out()
        self._connect()
        self.retranslate()
        self._rest(False)

    def shown(self, context: Context) -> None:
        """Compose the report of the round as the register stands now."""
        self._context = context
        self._options.show_plan(context.plan, language())
        self._compose()

    def retranslate(self) -> None:
        """Set the texts anew; the report keeps its own language."""
        self._title.setText(_("Report"))
        self._options.retranslate()
        for one, output in ((self._word, WORD), (self._excel, EXCEL)):
            one.setText(_(output.says))
            describe(one, _(output.title))
        self._pdf.setText(_("PDF"))
        describe(self._pdf, _("Save the report as PDF"))
        self._print.setText(_("Print…"))
        describe(self._view, _("Pages of the report"))
        self._hint.setText(_("What is behind a figure: click it, or ← → and Enter"))
        for steps, says in ((-1, _("Smaller")), (0, _("Fit to width")), (1, _("Larger"))):
            describe(self._zoom[steps], says)
        self._zoom[0].setText(_("Fit to width"))
        self._zoom[-1].setText("−")
        self._zoom[1].setText("+")
        self._print.setIcon(icon("print"))
        self._settings.setText(_("Settings of the report…"))
        self._turned(*self._view.place())
        self._show_notice()

    def _lay_out(self) -> None:
        choices = QWidget()
        choices.setLayout(column(self._options, self._settings, self._notice, 0, gap=3))
        scrolling = QScrollArea(widgetResizable=True)
        scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolling.setWidget(choices)
        files = row(self._word, self._excel, self._pdf, gap=2)
        side = column(self._title, scrolling, self._busy, files, self._print, gap=3)
        side.setStretch(1, 1)
        tools = row(self._place, 0, self._hint, 0, *self._zoom.values(), gap=1)
        pages = column(tools, self._view, gap=1, margin=1)
        whole = row(side, card(pages, "well"), gap=5, margin=6)
        whole.setStretch(0, 2)
        whole.setStretch(1, 5)
        self.setLayout(whole)

    def leave(self) -> None:
        """Whoever comes next needs the worker more."""
        self._soon.stop()
        self._composer.stop()
        self._stop_growing()

    def _connect(self) -> None:
        self._composer.composed.connect(self._composed)
        self._composer.refused.connect(self._refuse)
        self._settings.clicked.connect(self._edit_settings)
        self._composer.told.connect(self._told)
        self._view.turned.connect(self._turned)
        self._view.asked.connect(self._show_figure)
        self._word.clicked.connect(lambda: self._save(WORD))
        self._excel.clicked.connect(lambda: self._save(EXCEL))
        self._pdf.clicked.connect(self._save_pdf)
        for steps, one in self._zoom.items():
            one.clicked.connect(lambda _checked=False, steps=steps: self._view.zoom(steps))
        self._print.clicked.connect(self._print_pages)

    def _compose(self) -> None:
        """Ask for the report; what is on the screen stays until it comes."""
        if self._context is not None:
            self._rest(False)
            chosen = self._options
            self._composer.ask(self._context, chosen.languages(), chosen.measures(), chosen.parts())

    def _composed(self, report: Report) -> None:
        from taza_desktop.ui.printing import Pages

        self._stop_growing()
        self._report, self._pages = report, Pages(report)
        self._view.show_pages(self._pages)
        self._growth = Pieces(self._pages.growing(), self)
        self._growth.stepped.connect(self._view.grown)
        self._growth.done.connect(self._stop_growing)
        self._growth.start()
        self._show_notice()
        self._rest(True)

    def _stop_growing(self) -> None:
        if self._growth is not None:
            self._growth.stop()
            self._growth = None

    def _edit_settings(self) -> None:
        if self._context is not None:
            edit_settings(self, self._context, self._compose, self._refuse)

    def _show_figure(self, printed: Provenance) -> None:
        if self._context is not None:
            show_figure(self, self._context, printed, self.refused.emit)

    def _told(self, done: int, of: int) -> None:
        self._busy.setRange(0, of)
        self._busy.setValue(done)

    def _show_notice(self) -> None:
        report = self._report
        if report is None or not report.draft:
            self._notice.hide()
            return
        named, more = report.notes[:LISTED], len(report.notes) - LISTED
        lines = [*named, _("… and {count} more").format(count=more)] if more > 0 else list(named)
        self._notice.say(_("This is a draft"), "\n".join(lines))

    def _save(self, output: Output) -> None:
        """Write a file in the worker."""
        path = self._ask(_(output.title), output.suffix, output.kinds)
        if path is None or self._report is None or self._context is None:
            return
        report = self._report
        self._rest(False)
        self._context.worker.run(
            lambda _register: output.write(report, path), self._written, self._refuse
        )

    def _save_pdf(self) -> None:
        path = self._ask(_("Save the report as PDF"), "pdf", "PDF (*.pdf)")
        if path is not None and self._pages is not None:
            from taza_desktop.ui.printing import writing_pdf

            self._run(writing_pdf(self._pages, path), path)

    def _print_pages(self) -> None:
        if self._report is None or self._pages is None:
            return
        printer = ask_printer(self, self._report)
        if printer is not None:
            from taza_desktop.ui.printing import painting

            self._run(painting(self._pages, printer), None)

    def _run(self, pieces: Iterator[int], path: Path | None) -> None:
        """Draw page after page while the window goes on answering."""
        self._rest(False)
        job = Pieces(pieces, self)
        job.done.connect(lambda: self._written(path))
        job.refused.connect(self._refuse)
        job.start()

    def _ask(self, title: str, suffix: str, kinds: str) -> Path | None:
        """Where to save; the name says territory, round and language."""
        if self._report is None or self._context is None:
            return None
        report = self._report
        spoken = "-".join(self._options.languages())
        name = f"{report.territory}-{report.round}-{spoken}.{suffix}"
        return choosing.ask_save(self, title, name, kinds, self._context.settings)

    def _written(self, path: Path | None) -> None:
        self._rest(True)
        if path is None:
            self.said.emit(_("The report was sent to the printer."), "done")
        else:
            self.said.emit(_("Saved: {path}").format(path=path), "done")

    def _refuse(self, refusal: Refusal) -> None:
        self._rest(self._report is not None)
        self.refused.emit(refusal)

    def _rest(self, ready: bool) -> None:
        """Ready for the next order, or busy with one."""
        self._busy.setVisible(not ready)
        self._busy.setRange(0, 0)
        for one in (self._word, self._excel, self._pdf, self._print):
            one.setEnabled(ready)

    def _turned(self, page: int, count: int) -> None:
        text = _("Page {page} of {count}").format(page=page, count=count) if count else ""
        self._place.setText(text)

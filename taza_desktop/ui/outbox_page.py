"""The outbox: every package that was made here, and the way to a fresh copy of its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, _, language
from taza_desktop.register.shelf import StoredPackage
from taza_desktop.reports.files import replacing
from taza_desktop.ui import choosing
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.outbox_card import PackageCard, Sent, round_name
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.report_paper import ask_printer
from taza_desktop.ui.widgets import column, describe, label, row
from taza_desktop.ui.wording import moment, size

if TYPE_CHECKING:
    from taza_desktop.register.register import Register
    from taza_desktop.reports.neutral import Report


COLUMNS: tuple[Column[Sent], ...] = (
    Column(N_("No."), lambda one: str(one.package.envelope.seq), 5, number=True),
    Column(N_("To"), Sent.kind, 20),
    Column(N_("Round"), lambda one: round_name(one.package), 22),
    Column(N_("Made"), lambda one: moment(one.package.at), 20),
    Column(N_("Sheets"), lambda one: str(len(one.receipt.sheets)), 9, number=True),
    Column(N_("Size"), lambda one: size(one.package.size), 11, number=True),
    Column(N_("State"), Sent.state, 16, Sent.token),
    Column(N_("File"), lambda one: one.path or _("in the register"), 22, grows=True),
)


def gather(register: Register, placed: dict[str, str]) -> list[Sent]:
    """What was sent, the latest first."""
    from taza_desktop.register.receipts import receipts

    return [
        Sent(receipt, placed.get(receipt.package.envelope.package_id, ""))
        for receipt in receipts(register, reversed(register.packages("out")))
    ]


def copy(register: Register, package: StoredPackage, folder: Path) -> Path:
    """Put the package's file into a folder again, as it was signed, encrypted as one leaves now.

    Refuses what the disk refuses.
    """
    from taza_desktop.packages.build import file_name
    from taza_desktop.packages.recipients import wrap

    said = package.envelope
    signed = register.container(said.package_id)
    name, data = wrap(register, said.audience, file_name(said), signed)
    with replacing(folder / name) as unfinished:
        unfinished.write_bytes(data)
    return folder / name


class OutboxPage(Page):
    """The list of packages; at the right what is in the chosen one and what to do with it."""

    NAME = "outbox"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._title, self._hint = label(role="title"), label(role="muted", wrap=True)
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "packages")
        self._detail = PackageCard()
        self._list.chosen.connect(self._detail.show_package)
        self._detail.copy.clicked.connect(self._copy)
        self._detail.folder.clicked.connect(self._show_folder)
        self._detail.receipt.clicked.connect(self._save_receipt)
        self._detail.print.clicked.connect(self._print_receipt)
        body = row(self._list, self._detail, gap=4)
        body.setStretch(0, 2)
        body.setStretch(1, 1)
        whole = column(column(self._title, self._hint, gap=1), body, gap=4, margin=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.retranslate()

    def shown(self, context: Context) -> None:
        """List what was sent so far."""
        self._context = context
        placed = dict(context.settings.placed)
        context.worker.run(lambda register: gather(register, placed), self._show)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(_("Outbox"))
        self._hint.setText(
            _("Packages that were made here. The register keeps each one as it was signed.")
        )
        describe(self._list, _("Packages made here"))
        self._list.say_when_empty(_("No package yet. “Send” makes the first one."))
        self._detail.retranslate(self._context.plan if self._context else None)

    def _show(self, sent: list[Sent]) -> None:
        if self._context is not None:
            self._detail.retranslate(self._context.plan)
        self._model.show(sent)
        self._list.choose(0)

    def _copy(self) -> None:
        """Write the chosen package's file to a stick again."""
        sent, context = self._list.current(), self._context
        if sent is None or context is None:
            return
        folder = choosing.ask_folder(self, _("Where should the copy go?"), context.settings)
        if folder is not None:
            context.worker.run(lambda register: copy(register, sent.package, folder), self._copied)

    def _copied(self, path: Path) -> None:
        sent, context = self._list.current(), self._context
        if sent is not None and context is not None:
            context.settings.placed[sent.package.envelope.package_id] = str(path)
            context.settings.save()
            self.said.emit(_("The package lies here: {path}").format(path=path), "done")
            self.shown(context)

    def _show_folder(self) -> None:
        sent = self._list.current()
        if sent is not None and sent.path:
            choosing.show_folder(Path(sent.path))

    def _compose(self) -> Report | None:
        """The receipt of the chosen package."""
        sent, context = self._list.current(), self._context
        if sent is None or context is None:
            return None
        from taza_desktop.reports.receipt import compose

        return compose(sent.receipt, context.plan, language())

    def _save_receipt(self) -> None:
        report, context = self._compose(), self._context
        if report is None or context is None:
            return
        name = f"{report.territory}-{report.round}-{_('receipt')}.pdf"
        title = _("Save the receipt")
        path = choosing.ask_save(self, title, name, "PDF (*.pdf)", context.settings)
        if path is None:
            return
        from taza_desktop.ui.printing import write_pdf

        try:
            write_pdf(report, path)  # one page; no need to make anybody wait for the worker
        except Refusal as refusal:
            self.refused.emit(refusal)
        else:
            self.said.emit(_("Saved: {path}").format(path=path), "done")

    def _print_receipt(self) -> None:
        report = self._compose()
        printer = ask_printer(self, report) if report else None
        if report is not None and printer is not None:
            from taza_desktop.ui.printing import paint_pages

            paint_pages(report, printer)
            self.said.emit(_("The receipt was sent to the printer."), "done")

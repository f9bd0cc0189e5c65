"""The outbox: every package that was made here, and the way to a fresh copy of its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, _, language
from taza_desktop.register.shelf import StoredPackage
from taza_desktop.reports.files import replacing
from taza_desktop.ui import choosing
from taza_desktop.ui.listing import Column, Index, Listing, ListingModel
from taza_desktop.ui.outbox_card import PackageCard, round_name
from taza_desktop.ui.outbox_way import Sent
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.report_paper import ask_printer
from taza_desktop.ui.widgets import button, column, describe, label, row
from taza_desktop.ui.wording import moment, size

if TYPE_CHECKING:
    from taza_desktop.exchange.jobs import Progress
    from taza_desktop.register.register import Register
    from taza_desktop.reports.neutral import Report
    from taza_desktop.ui.exchange_standing import Standing


COLUMNS: tuple[Column[Sent], ...] = (
    Column(N_("No."), lambda one: str(one.package.envelope.seq), 5, number=True),
    Column(N_("Contents"), Sent.kind, 13),
    Column(N_("To"), Sent.receiver, 19, spare=3),
    Column(N_("Round"), lambda one: round_name(one.package), 11, spare=2),
    Column(N_("Made"), lambda one: moment(one.package.at), 20, spare=1),
    Column(N_("Size"), lambda one: size(one.package.size), 10, number=True, spare=4),
    Column(N_("State"), Sent.state, 25, Sent.token, grows=True),
)
STATE = 6  # the column of COLUMNS that is written anew while something is being sent


class SentModel(ListingModel[Sent]):
    """The packages; the one that is being sent tells how far it is."""

    progress: Progress | None = None
    photos_wait = False

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As the columns say, but for how far the sending is."""
        if index.column() == STATE and role == Qt.ItemDataRole.DisplayRole:
            return self.items()[index.row()].state(self.progress, photos_wait=self.photos_wait)
        return super().data(index, role)

    def show_standing(self, progress: Progress | None, *, photos_wait: bool) -> None:
        """Another package is being sent, or it is further; photos wait, or do no more."""
        self.progress, self.photos_wait = progress, photos_wait
        if rows := self.rowCount():
            self.dataChanged.emit(self.index(0, STATE), self.index(rows - 1, STATE))


def gather(register: Register, placed: dict[str, str]) -> list[Sent]:
    """What was sent, the latest first."""
    from taza_desktop.exchange.outbox import parcels
    from taza_desktop.register.receipts import receipts

    known = {one.package.envelope.package_id: one for one in parcels(register)}
    said = receipts(register, reversed(register.packages("out")))
    ids = [one.package.envelope.package_id for one in said]
    return [
        Sent(receipt, known[one], placed.get(one, ""))
        for one, receipt in zip(ids, said, strict=True)
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
        self._log, self._all = button(), button()
        self._model = SentModel(COLUMNS, self)
        self._list = Listing(self._model, "packages")
        self._detail = PackageCard()
        self._list.chosen.connect(self._detail.show_package)
        self._log.clicked.connect(lambda: self._show_log(""))
        self._all.clicked.connect(self._send_all)
        self._detail.send.clicked.connect(self._send)
        self._detail.pause.clicked.connect(self._pause)
        self._detail.log.clicked.connect(self._show_log_of_one)
        self._detail.copy.clicked.connect(self._copy)
        self._detail.folder.clicked.connect(self._show_folder)
        self._detail.receipt.clicked.connect(self._save_receipt)
        self._detail.print.clicked.connect(self._print_receipt)
        self.setFocusProxy(self._list)
        body = row(self._list, self._detail, gap=4)
        body.setStretch(0, 9)
        body.setStretch(1, 4)
        head = row(column(self._title, self._hint, gap=1), self._log, self._all, gap=2)
        head.setStretch(0, 1)
        whole = column(head, body, gap=4, margin=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setTabOrder(self._list, self._log)  # the list is what one came for
        self.setTabOrder(self._log, self._all)
        self.retranslate()

    def shown(self, context: Context) -> None:
        """List what was sent so far."""
        if self._context is None or self._context.exchange is not context.exchange:
            context.exchange.changed.connect(self._read_again)
            context.exchange.stood.connect(self._stand)
        self._context = context
        self._stand(context.exchange.standing)
        placed = dict(context.settings.placed)
        context.worker.run(lambda register: gather(register, placed), self._show, owner=self)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(_("Outbox"))
        self._log.setText(_("What happened on the line"))
        self._all.setText(_("Send all that waits"))
        self._hint.setText(
            _("Packages that were made here. The register keeps each one as it was signed.")
        )
        describe(self._list, _("Packages made here"))
        self._list.say_when_empty(_("No package yet. “Send” makes the first one."))
        self._detail.retranslate(self._context.plan if self._context else None)

    def _show(self, sent: list[Sent]) -> None:
        if self._context is not None and self._detail.plan is not self._context.plan:
            self._detail.retranslate(self._context.plan)
        chosen, ids = self._list.current(), [one.package_id for one in sent]
        if chosen and ids == [one.package_id for one in self._model.items()]:
            self._model.renew(sent)
            self._detail.show_package(self._list.current())
            return
        self._model.show(sent)
        self._list.choose(
            ids.index(chosen.package_id) if chosen and chosen.package_id in ids else 0
        )

    def _read_again(self) -> None:
        if self._context is not None and self.isVisible():
            self.shown(self._context)

    def _stand(self, standing: Standing) -> None:
        """What can be sent, and how far the one is that is on its way."""
        if self._context is not None:
            detail = self._detail
            before = (detail.places, detail.photos_wait)
            detail.places = frozenset(standing.known.places)
            detail.photos_wait = standing.only_data
            if before != (detail.places, detail.photos_wait):
                detail.show_again()
            self._log.setVisible(bool(detail.places))
            self._all.setVisible(bool(detail.places and standing.known.waits))
        self._model.show_standing(standing.progress, photos_wait=standing.only_data)
        self._detail.show_progress(standing.progress)

    def _send(self) -> None:
        if (sent := self._list.current()) is not None and self._context is not None:
            self._context.exchange.send([sent.package_id])

    def _send_all(self) -> None:
        if self._context is not None:
            waits = self._context.exchange.standing.known.waits
            self._context.exchange.send([one.package_id for one in waits])

    def _pause(self) -> None:
        if (sent := self._list.current()) is not None and self._context is not None:
            self._context.exchange.pause(sent.package_id)

    def _show_log_of_one(self) -> None:
        if (sent := self._list.current()) is not None:
            self._show_log(sent.package_id)

    def _show_log(self, about: str) -> None:
        if self._context is not None:
            from taza_desktop.ui.exchange_log import ExchangeLog

            dialog = ExchangeLog(self._context, about, self)
            dialog.exec()
            dialog.deleteLater()

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
            if sent.at in ("waiting", "stopped"):
                context.exchange.hand_over(sent.package_id)
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

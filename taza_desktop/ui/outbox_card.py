"""One package that was made here: what is in it, and how far it has come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from taza_desktop.i18n import N_, _, gettext, language
from taza_desktop.plan.rounds import Round
from taza_desktop.ui.icons import icon
from taza_desktop.ui.outbox_way import Sent, WayView, meets_at, way
from taza_desktop.ui.widgets import button, column, label, row, set_role, show_text
from taza_desktop.ui.wording import moment, size

if TYPE_CHECKING:
    from taza_desktop.exchange.jobs import Progress
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.register.receipts import Receipt
    from taza_desktop.register.reviewing import Verdict
    from taza_desktop.register.shelf import StoredPackage

_VERDICTS = {"returned": N_("returned"), "accepted": N_("accepted")}


def round_name(package: StoredPackage) -> str:
    """The round of a package in the language in force."""
    return Round.parse(package.envelope.round).name(language())


class PackageCard(QFrame):
    """What is in one package, and its way.

    Attributes:
        send, pause, copy, folder, receipt, print, log: buttons, for the page to connect.
        places: the offices whose place of exchange is known.
        photos_wait: photos wait for another line now.
        plan: what the texts are taken from.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.places: frozenset[str] = frozenset()
        self.photos_wait = False
        self._sent: Sent | None = None
        self.plan: Plan | None = None
        self._progress: Progress | None = None
        self._name, self._state = label(role="heading", wrap=True), label(role="pill")
        self._facts, self._received = label(wrap=True), label(role="strong", wrap=True)
        self._way = WayView()
        self._contents = label(role="small", wrap=True)
        self._number = label(role="small", wrap=True)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.send, self.pause = button(role="primary"), button()
        self.copy, self.folder = button(), button()
        self.receipt, self.print = button(), button()
        self.log = button(role="link")
        head = row(self._name, self._state, 0)
        about = (self._contents, self._number, self.log, 0)
        buttons = (
            row(self.send, self.pause), row(self.copy, self.folder), row(self.receipt, self.print),
        )  # fmt: skip
        told, area = QWidget(), QScrollArea(widgetResizable=True)  # large text needs more room
        told.setLayout(column(head, self._facts, self._way, self._received, *about, gap=3))
        area.setWidget(told)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(area, *buttons, gap=3, margin=4))
        self.show_package(None)

    def show_package(self, sent: Sent | None) -> None:
        """Show another package, or none."""
        self._sent = sent
        self.setVisible(sent is not None)
        self.show_again()

    def show_progress(self, progress: Progress | None) -> None:
        """How far a package is that is being sent; of another one nothing is shown."""
        before, self._progress = self._is_sending(), progress
        self._way.show_progress(progress if self._is_sending() else None)
        if self._sent is not None:
            self._state.setText(self._sent.state(progress, photos_wait=self.photos_wait))
        if before != self._is_sending():
            self.show_again()

    def retranslate(self, plan: Plan | None) -> None:
        """Set the texts anew."""
        self.plan = plan
        self.send.setIcon(icon("send", "on_accent"))
        self.copy.setText(_("Copy to a stick…"))
        self.folder.setText(_("Show in folder"))
        self.folder.setIcon(icon("folder"))
        self.receipt.setText(_("Save the receipt…"))
        self.print.setText(_("Print the receipt…"))
        self.print.setIcon(icon("print"))
        self.log.setText(_("What happened to it on the way"))
        self.show_again()

    def show_again(self) -> None:
        """Show the same package as things stand now."""
        if self._sent is None or self.plan is None:
            return
        sent, plan = self._sent, self.plan
        package, receipt = sent.package, sent.receipt
        self._offer(sent)
        self._name.setText(_("Package {number}").format(number=package.envelope.seq))
        self._state.setText(sent.state(self._progress, photos_wait=self.photos_wait))
        set_role(self._state, f"pill_{sent.token()}")
        facts = (sent.kind(), round_name(package), size(package.size), package.signer.name)
        to = _("To: {office}").format(office=sent.receiver())
        self._facts.setText(f"{' · '.join(facts)}\n{to}")
        self._way.show_way(way(sent, sending=self._is_sending(), photos_wait=self.photos_wait))
        self._way.show_progress(self._progress if self._is_sending() else None)
        show_text(self._received, _received(receipt, plan))
        lines = [_line(key, said, plan) for key, said in receipt.sheets.items()]
        show_text(self._contents, "\n".join(lines))
        self._number.setText(_("Package number: {id}").format(id=package.envelope.package_id))

    def _offer(self, sent: Sent) -> None:
        """What can be done with it now."""
        waits_long = sent.at == "waiting" and bool(sent.parcel.code)
        costs = self.photos_wait and sent.are_photos
        go = _("Send photos now too") if costs else _("Send now")
        self.send.setText(_("Try again") if waits_long else go)
        self.pause.setText(_("Photos later") if sent.are_photos else _("Pause"))
        under_way = sent.at == "waiting" or self._is_sending()
        sendable = sent.at in ("made", "waiting", "stopped", "handed")
        can_go = self.plan is not None and meets_at(sent, self.plan) in self.places
        self.send.setVisible(can_go and sendable and not self._is_sending())
        self.pause.setVisible(can_go and under_way)
        self.folder.setEnabled(bool(sent.path) and Path(sent.path).exists())
        self.log.setVisible(bool(sent.parcel.size))
        for each in (self.receipt, self.print):
            each.setVisible(bool(sent.receipt.received))

    def _is_sending(self) -> bool:
        sent, progress = self._sent, self._progress
        return sent is not None and progress is not None and progress.package_id == sent.package_id


def _received(receipt: Receipt, plan: Plan) -> str:
    """Who confirmed that it arrived."""
    if not receipt.received:
        return ""
    person, office = receipt.by
    name = plan.territories[office].name
    says = _("Received on {moment}: {office}, {name}")
    return says.format(moment=moment(receipt.received), office=name, name=person)


def _line(key: SheetKey, said: Verdict, plan: Plan) -> str:
    """A sheet, and what was decided about it."""
    state = said.verdict if said.verdict and said.fresh else ""
    verdict = f" — {gettext(_VERDICTS[state])}" if state else ""
    return f"{key.measure}. {plan.measures[key.measure].title}{verdict}"

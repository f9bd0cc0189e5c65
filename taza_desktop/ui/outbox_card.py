"""One package that was made here: what is in it, and how far it has come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.i18n import N_, _, gettext, language
from taza_desktop.plan.rounds import Round
from taza_desktop.ui.icons import icon
from taza_desktop.ui.widgets import button, column, label, row, set_role, show_text
from taza_desktop.ui.wording import moment

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.register.receipts import Receipt
    from taza_desktop.register.reviewing import Verdict
    from taza_desktop.register.shelf import StoredPackage

_STATES = {
    "made": (N_("made"), "idle"),
    "received": (N_("received"), "info"),
    "returned": (N_("returned"), "warn"),
    "accepted": (N_("accepted"), "ok"),
}
_KINDS = {
    "submission": N_("the office above"),
    "attachments": N_("the office above"),
    "return": N_("an office below"),
    "receipt": N_("an office below"),
    "office": N_("colleagues"),
}


class Sent(NamedTuple):
    """A package that was made here, what was said of it, and its file if known."""

    receipt: Receipt
    path: str

    @property
    def package(self) -> StoredPackage:
        """The package itself."""
        return self.receipt.package

    def kind(self) -> str:
        """To whom it goes."""
        return gettext(_KINDS[self.package.envelope.kind])

    def state(self) -> str:
        """How far it has come; what goes down or to colleagues is not confirmed."""
        goes_up = self.package.envelope.kind == "submission"
        return gettext(_STATES[self.receipt.state if goes_up else "made"][0])

    def token(self) -> str:
        """The colour of the state."""
        goes_up = self.package.envelope.kind == "submission"
        return _STATES[self.receipt.state if goes_up else "made"][1]


def round_name(package: StoredPackage) -> str:
    """The round of a package in the language in force."""
    return Round.parse(package.envelope.round).name(language())


class PackageCard(QFrame):
    """What is in one package.

    Attributes:
        copy, folder, receipt, print: buttons, for the page to connect.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._sent: Sent | None = None
        self._plan: Plan | None = None
        self._name, self._state = label(role="heading", wrap=True), label(role="pill")
        self._facts, self._received = label(wrap=True), label(role="strong", wrap=True)
        self._contents = label(role="small", wrap=True)
        self._number = label(role="small", wrap=True)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy, self.folder = button(role="primary"), button()
        self.receipt, self.print = button(), button()
        head = row(self._name, self._state, 0)
        parts = (head, self._facts, self._received, self._contents, self._number, 0)
        buttons = (self.receipt, self.print, self.copy, self.folder)
        self.setLayout(column(*parts, *buttons, gap=3, margin=4))
        self.show_package(None)

    def show_package(self, sent: Sent | None) -> None:
        """Show another package, or none."""
        self._sent = sent
        self.setVisible(sent is not None)
        self.retranslate(self._plan)

    def retranslate(self, plan: Plan | None) -> None:
        """Set the texts anew."""
        self._plan = plan
        self.copy.setText(_("Copy to a stick…"))
        self.folder.setText(_("Show in folder"))
        self.folder.setIcon(icon("folder"))
        self.receipt.setText(_("Save the receipt…"))
        self.print.setText(_("Print the receipt…"))
        self.print.setIcon(icon("print"))
        if self._sent is not None and plan is not None:
            self._show(self._sent, plan)

    def _show(self, sent: Sent, plan: Plan) -> None:
        package, receipt = sent.package, sent.receipt
        self.folder.setEnabled(bool(sent.path) and Path(sent.path).exists())
        for each in (self.receipt, self.print):
            each.setVisible(bool(receipt.received))
        self._name.setText(_("Package {number}").format(number=package.envelope.seq))
        self._state.setText(sent.state())
        set_role(self._state, f"pill_{sent.token()}")
        facts = (round_name(package), moment(package.at), package.signer.name)
        self._facts.setText("\n".join(facts))
        show_text(self._received, _received(receipt, plan))
        lines = [_line(key, said, plan) for key, said in receipt.sheets.items()]
        self._contents.setText("\n".join(lines))
        self._number.setText(_("Package number: {id}").format(id=package.envelope.package_id))


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
    verdict = f" — {gettext(_STATES[state][0])}" if state else ""
    return f"{key.measure}. {plan.measures[key.measure].title}{verdict}"

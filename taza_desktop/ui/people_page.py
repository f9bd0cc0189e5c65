"""People: who may sign for which territory, confirmed and revoked by this office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.key_restore import RestoreCard
from taza_desktop.ui.listing import Listing, ListingModel
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.people_authority import AuthorityCard
from taza_desktop.ui.people_certify import CertifyCard
from taza_desktop.ui.people_list import COLUMNS, Person, ending
from taza_desktop.ui.people_office import Handed, OfficeCard
from taza_desktop.ui.people_revoke import RevokeCard
from taza_desktop.ui.side import Side
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import button, card, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.packages.credentials import Issued
    from taza_desktop.register.register import Register

WIDEST = 560
_UNKNOWN, _BEGIN, _PEOPLE = range(3)


class Office(NamedTuple):
    """Whom this office certified, what it handed out."""

    people: list[Issued]
    handed: Handed


def gather(register: Register) -> Office | None:
    """Both; None while it has no authority."""
    if not register.credential("authority"):
        return None
    from taza_desktop.exchange.card_place import is_handed_out
    from taza_desktop.packages.card import is_current
    from taza_desktop.packages.credentials import issued

    current = is_current(register)
    handed = Handed(register.id, current and is_handed_out(register))
    return Office(issued(register), handed)


class PeoplePage(Page):
    """The authority first; then the list of persons, and beside it what can be done."""

    NAME = "people"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._title, self._hint = label(role="title"), label(role="muted", wrap=True)
        self._authority, self._restore = AuthorityCard(), RestoreCard()
        self._unlock, self._ending = UnlockField(), Notice("warning")
        self._certify, self._office = CertifyCard(self._unlock), OfficeCard(self._unlock)
        self._revocation = RevokeCard(self._unlock)
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "persons")
        self._revoke = button(role="danger")
        self._steps = QStackedWidget()
        self._steps.addWidget(QWidget())  # until it is known which of the two
        self._steps.addWidget(Side(self._authority, self._restore, widest=WIDEST))
        self._steps.addWidget(self._people())
        whole = column(column(self._title, self._hint, gap=1), self._steps, gap=4, margin=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._connect()
        self._choose(None)
        self._leave_revocation()
        self.retranslate()

    def shown(self, context: Context) -> None:
        """List the persons, or begin with the authority."""
        if self._context is None or self._context.session is not context.session:
            self._leave_revocation()
        self._context = context
        for part in (self._authority, self._restore, self._certify):
            part.use(context)
        self._unlock.use(context.session)
        context.worker.run(gather, self._show)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(_("People"))
        self._hint.setText(_("Only packages that are signed by these people are accepted here."))
        describe(self._list, _("Persons who may sign"))
        self._list.say_when_empty(_("Nobody is confirmed yet. Open the request that a clerk sent."))
        self._revoke.setText(_("Revoke…"))
        for part in (self._authority, self._restore, self._certify, self._office, self._revocation):
            part.retranslate()
        self._unlock.retranslate()
        self._warn()

    def _people(self) -> QWidget:
        """The list at the left; the keys and the cards at the right."""
        table = column(self._ending, self._list, row(0, self._revoke), gap=3)
        table.setStretch(1, 1)
        self._keys: QFrame = card(column(self._unlock, margin=4))
        cards = Side(self._revocation, self._certify, self._office)
        side = column(self._keys, cards, gap=4)
        side.setStretch(1, 1)
        people = QWidget()
        body = row(table, side, gap=4)
        body.setStretch(0, 4)
        body.setStretch(1, 3)
        people.setLayout(body)
        return people

    def _connect(self) -> None:
        self._list.chosen.connect(self._choose)
        self._revoke.clicked.connect(self._ask_revocation)
        self._revocation.left.connect(self._leave_revocation)
        self._revocation.revoked.connect(self._revoked)
        self._authority.created.connect(self._created)
        self._authority.refused.connect(self.refused)
        self._restore.restored.connect(self._restored)
        self._certify.certified.connect(self._certified)
        self._office.said.connect(lambda sentence: self.said.emit(sentence, "done"))
        self._office.changed.connect(self._look_again)

    def _show(self, office: Office | None) -> None:
        self._steps.setCurrentIndex(_BEGIN if office is None else _PEOPLE)
        if self._context is not None and office is not None:
            plan = self._context.plan
            self._model.show([Person(plan, each) for each in reversed(office.people)])
            self._office.use(self._context, office.handed)
        self._warn()

    def _warn(self) -> None:
        """Whose certificate ends soon, while a renewal still needs no call."""
        soon = [each for each in self._model.items() if ending(each, self._model.items())]
        names = "\n".join(f"{each.issued.name} – {each.until()}" for each in soon)
        hint = _("Ask them for a renewal (“Keys”): it needs no call while the old one is valid.")
        heading = _("Certificates that end soon") if soon else ""
        self._ending.say(heading, f"{names}\n{hint}")

    def _choose(self, person: Person | None) -> None:
        self._revoke.setEnabled(person is not None and not person.issued.revoked)

    def _ask_revocation(self) -> None:
        person = self._list.current()
        if person is not None and self._context is not None:
            self._revocation.ask(self._context, person.issued)
            self._certify.hide()
            self._office.hide()
            self._revocation.show()

    def _leave_revocation(self) -> None:
        self._revocation.hide()
        self._certify.show()
        self._office.show()

    def _revoked(self) -> None:
        self._leave_revocation()
        self._again(_("Revoked. Now save the card again and send it to everybody."))

    def _created(self) -> None:
        self._again(_("The authority is created. Now hand out the letter and the card."))

    def _restored(self) -> None:
        self._again(_("The keys are restored."))

    def _certified(self, path: Path) -> None:
        self._again(_("The answer lies here: {path}. Send it back.").format(path=path))

    def _again(self, sentence: str) -> None:
        self.said.emit(sentence, "done")
        self._look_again()

    def _look_again(self) -> None:
        if self._context is not None:
            self.shown(self._context)

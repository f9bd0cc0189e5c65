"""People: who may sign for which territory, confirmed and revoked by this office."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from taza_desktop.i18n import N_, _
from taza_desktop.reports.files import replacing
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.people_authority import AuthorityCard
from taza_desktop.ui.people_certify import PEM, CertifyCard
from taza_desktop.ui.people_revoke import ask_revocation
from taza_desktop.ui.widgets import button, column, describe, label, row
from taza_desktop.ui.wording import day

if TYPE_CHECKING:
    from taza_desktop.packages.credentials import Issued
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.register import Register


class Person(NamedTuple):
    """A person who was certified, and the plan that names the territory."""

    plan: Plan
    issued: Issued

    def territory(self) -> str:
        """The name of the territory."""
        return str(self.plan.territories[self.issued.territory].name)

    def state(self) -> str:
        """Whether packages of this person are accepted."""
        if self.issued.revoked:
            return _("revoked")
        return _("valid") if self.valid() else _("expired")

    def valid(self) -> bool:
        """Whether the certificate can be used today."""
        return not self.issued.revoked and self.issued.until > datetime.now(UTC)


COLUMNS: tuple[Column[Person], ...] = (
    Column(N_("Name"), lambda one: one.issued.name, 30, grows=True),
    Column(N_("Signs for"), Person.territory, 28),
    Column(N_("Valid until"), lambda one: day(one.issued.until.date(), short=True), 16),
    Column(N_("State"), Person.state, 14, lambda one: "ok" if one.valid() else "stop"),
)


def persons(register: Register) -> list[Issued] | None:
    """Whom this office certified; None while it has no authority."""
    from taza_desktop.packages.credentials import issued

    return issued(register) if register.credential("authority") else None


class PeoplePage(Page):
    """The authority first; then the list of persons, and the card that confirms another one."""

    NAME = "people"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._title, self._hint = label(role="title"), label(role="muted", wrap=True)
        self._authority, self._certify = AuthorityCard(), CertifyCard()
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "persons")
        self._revoke, self._card = button(role="danger"), button()
        self._connect()
        tools = row(self._card, 0, self._revoke, gap=3)
        table = column(tools, self._list, gap=3)
        side = QScrollArea(widgetResizable=True)
        holder = QWidget()
        holder.setLayout(column(self._certify, 0))
        side.setWidget(holder)
        people = QWidget()
        body = row(table, side, gap=4)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        people.setLayout(body)
        begin = QWidget()
        begin.setLayout(column(self._authority, 0))
        self._steps = QStackedWidget()
        self._steps.addWidget(QWidget())  # until it is known which of the two
        self._steps.addWidget(begin)
        self._steps.addWidget(people)
        whole = column(column(self._title, self._hint, gap=1), self._steps, gap=4, margin=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._choose(None)
        self.retranslate()

    def shown(self, context: Context) -> None:
        """List the persons, or begin with the authority."""
        self._context = context
        self._authority.use(context)
        self._certify.use(context)
        context.worker.run(persons, self._show)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(_("People"))
        self._hint.setText(_("Only packages that are signed by these people are accepted here."))
        describe(self._list, _("Persons who may sign"))
        self._list.say_when_empty(_("Nobody is confirmed yet. Open the request that a clerk sent."))
        self._card.setText(_("Save the card of the office…"))
        self._card.setIcon(icon("person"))
        self._revoke.setText(_("Revoke…"))
        self._authority.retranslate()
        self._certify.retranslate()

    def _connect(self) -> None:
        self._list.chosen.connect(self._choose)
        self._card.clicked.connect(self._save_card)
        self._revoke.clicked.connect(self._ask_revocation)
        self._authority.created.connect(self._created)
        self._certify.certified.connect(self._certified)
        self._authority.refused.connect(self.refused)
        self._certify.refused.connect(self.refused)

    def _show(self, found: list[Issued] | None) -> None:
        self._steps.setCurrentIndex(1 if found is None else 2)
        if self._context is not None:
            plan = self._context.plan
            self._model.show([Person(plan, each) for each in reversed(found or [])])

    def _choose(self, person: Person | None) -> None:
        self._revoke.setEnabled(person is not None and not person.issued.revoked)

    def _created(self) -> None:
        self._again(_("The authority is created. Now save its card for the clerks."))

    def _certified(self, path: Path) -> None:
        self._again(_("The answer lies here: {path}. Send it back.").format(path=path))

    def _save_card(self) -> None:
        context = self._context
        if context is None:
            return
        name = f"{context.office.territory}-card.pem"
        path = choosing.ask_save(self, _("Save the card"), name, PEM, context.settings)
        if path is None:
            return

        def job(register: Register) -> Path:
            from taza_desktop.packages.credentials import trust_pem

            with replacing(path) as unfinished:
                unfinished.write_bytes(trust_pem(register))
            return path

        context.worker.run(job, self._saved)

    def _saved(self, path: Path) -> None:
        self.said.emit(_("Saved: {path}").format(path=path), "done")

    def _ask_revocation(self) -> None:
        person, context = self._list.current(), self._context
        if person is None or context is None:
            return
        secret = ask_revocation(self, person.issued.name)
        if secret is None:
            return

        def job(register: Register) -> None:
            from taza_desktop.packages.credentials import revoke

            revoke(register, person.issued.serial, datetime.now(UTC), secret)

        context.worker.run(job, self._revoked)

    def _revoked(self, _nothing: None) -> None:
        self._again(_("Revoked. Save the card again and hand it to the other coordinators."))

    def _again(self, sentence: str) -> None:
        self.said.emit(sentence, "done")
        if self._context is not None:
            self.shown(self._context)

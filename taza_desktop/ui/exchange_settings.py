"""Where packages meet, who may go there, and when: the dialog of the register menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QScrollArea, QWidget

from taza_desktop.errors import Refusal
from taza_desktop.exchange.checking import Report
from taza_desktop.exchange.faults import host_of
from taza_desktop.exchange.layout import Lane
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.i18n import _
from taza_desktop.ui.exchange_checks import Checks
from taza_desktop.ui.exchange_choices import Choices
from taza_desktop.ui.exchange_known import Told, forget, keep, note_test, told
from taza_desktop.ui.exchange_place_form import PlaceForm
from taza_desktop.ui.exchange_proxy_card import ProxyCard
from taza_desktop.ui.exchange_standing import to_mend
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.widgets import button, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.ui.page import Context

_LETTERS = 90
_TEST = 180  # pixels for the steps of a test
_SHARE = 0.92  # of the height of the screen
Wish = Literal["", "test", "save"]  # what the person waits for while a place is tried


class Typed(NamedTuple):
    """A place as it stands in the form, and who may use it."""

    where: Where
    credential: Credential | None


class ExchangeSettings(QDialog):
    """The place of the office above, for coordinators also their own; what is new is tried first.

    Attributes:
        checks: the test and its steps.
    """

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, use_card: bool = False
    ) -> None:
        """`use_card`: begin with the place that the card of the office above names."""
        super().__init__(parent)
        self._context = context
        self._use_card = use_card
        self._told: dict[str, Told] = {}
        self._office = ""
        self._wish: Wish = ""
        self._tried: Typed | None = None  # works, or is to be saved all the same
        self._mend, self._again = Notice("warning"), button(_("Try again"))
        self._whose, self._brought = QComboBox(), Notice("info")
        self._take = button(_("Use it"))
        self._proxy = ProxyCard(context.exchange.proxies)
        self._form, self.checks = PlaceForm(context.settings), Checks(context.exchange.proxies)
        self._choices = Choices(context.settings, tells_cost=context.exchange.tells_cost)
        self._refused = Notice("refused")
        self._forget, self._cancel = button(_("Forget the place")), button(_("Cancel"))
        self._save = button(_("Save"), "primary")
        self._lay_out()
        self._connect()
        plan = context.plan
        context.worker.run(lambda register: told(register, plan), self._show, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as what is in it, if the screen is."""
        width = self.fontMetrics().averageCharWidth() * _LETTERS
        room = round(self.screen().availableGeometry().height() * _SHARE)
        rest = self.sizeHint().height() - self._area.sizeHint().height()
        self.resize(width, min(room, self._content.heightForWidth(width) + rest + _TEST))
        super().showEvent(event)

    def done(self, result: int) -> None:
        """Nothing is tried any more when the dialog is gone."""
        self.checks.close_lines()
        super().done(result)

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Place of exchange"))
        exchange = self._context.exchange
        asks = bool(exchange.proxies.asking)  # then the question below says it all
        self._mend.say("" if asks else to_mend(exchange.standing) or "")
        self._mend.below.addLayout(row(self._again, 0))
        self._brought.below.addLayout(row(self._take, 0))
        describe(self._whose, _("Whose place"))
        hint = label(_about_secrets(), "small", wrap=True)
        buttons = row(self._forget, 0, self._cancel, self._save, gap=2)
        top = (self._mend, self._whose, self._brought, self._proxy)
        parts = (*top, self._form, self.checks, self._choices, hint, 0)
        self._content, self._area = content, area = QWidget(), QScrollArea(widgetResizable=True)
        content.setLayout(column(*parts, gap=4))
        area.setWidget(content)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(area, self._refused, buttons, gap=4, margin=5))

    def _connect(self) -> None:
        self._again.clicked.connect(self._try_again)
        self._whose.activated.connect(lambda at: self._show_office(self._whose.itemData(at)))
        self._take.clicked.connect(self._use_brought)
        for part in (self._form, self._proxy):
            part.edited.connect(self._edited)
        self._form.refused.connect(self._refuse)
        self.checks.wanted.connect(lambda: self._try("test"))
        self.checks.ended.connect(self._ended)
        self._context.exchange.proxies.known.connect(self._proxy_known)
        self._forget.clicked.connect(self._forget_place)
        self._cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self._save_place)

    def _show(self, known: list[Told]) -> None:
        """Whoever has offices below sees the own place first, unless that of the one above asks."""
        self._told = {one.office: one for one in known}
        for one in known:
            self._whose.addItem(self._title(one.office), one.office)
        self._whose.setVisible(len(known) > 1)
        at = self._first(known)
        self._whose.setCurrentIndex(at)
        self._show_office(known[at].office)
        if self._use_card:
            self._use_brought()

    def _first(self, known: list[Told]) -> int:
        """The place that a person has to look at."""
        fault = self._context.exchange.standing.fault
        host = fault.fields.get("host") if fault else None
        for at, one in enumerate(known):
            asks = one.where is not None and host_of(one.where.address) == host
            if asks or (self._use_card and one.brought is not None):
                return at
        return 0

    def _title(self, office: str) -> str:
        name = self._context.plan.territories[office].name
        if office == self._context.office.territory:
            return _("Our place, for the offices below: {office}").format(office=name)
        return _("The place of the office above: {office}").format(office=name)

    def _show_office(self, office: str) -> None:
        self._office, known = office, self._told[office]
        self._form.show_place(known.where or Where("webdav", ""), known.credential)
        self._edited()
        self._forget.setVisible(known.where is not None)
        if known.brought is None:
            self._brought.hide()
        else:
            says = _("The card of the office above names a place: {place}")
            self._brought.say(says.format(place=known.brought[0].label))

    def _use_brought(self) -> None:
        known = self._told[self._office]
        if known.brought is None:
            return
        where, credential = known.brought
        if credential is not None:
            self._told[self._office] = known._replace(where=where, credential=credential)
        self._form.show_place(where, credential or self._known_for(where))
        self._form.ask_who()
        self._edited()
        self._brought.hide()

    def _edited(self) -> None:
        """What was found out is about another place."""
        self._wish, self._tried = "", None
        self._save.setText(_("Save"))
        self._refused.hide()
        self.checks.forget()

    def _typed(self) -> Typed | None:
        """The place and who may use it; None when the reason is shown."""
        self._refused.hide()
        try:
            where = self._form.where()
        except Refusal as refusal:
            self._refuse(refusal)
            return None
        typed, known = self._form.credential(), self._known_for(where)
        if typed is None and known is not None and where.kind != "folder":
            typed = Credential(self._form.user(), known.secret)
        return Typed(where, Credential() if where.kind == "folder" else typed)

    def _known_for(self, where: Where) -> Credential | None:
        """Who may use it, as far as is known; no password goes to another server than its own."""
        known = self._told[self._office]
        same = known.where is not None and host_of(known.where.address) == host_of(where.address)
        return known.credential if same else None

    def _try(self, wish: Wish) -> None:
        typed = self._typed()
        if typed is None:
            return
        self._proxy.use_typed()
        self._wish, self._tried = wish, None
        if wish == "save":  # who cannot wait, or knows better, presses once more
            self._save.setText(_("Save all the same"))
            self._tried = typed
        own = self._context.office.territory
        lane = Lane(self._office, own, "up")
        self.checks.start(typed.where, typed.credential or Credential(), lane)

    def _ended(self, report: Report) -> None:
        """What works is saved, when that was wanted; else the person has the last word."""
        self._proxy.show_question()
        label, failed = self.checks.label, report.failed
        self._context.worker.run(lambda register: note_test(register, label, failed), owner=self)
        if not report.works:
            return
        wish, self._wish = self._wish, ""
        self._tried = self._typed()
        self._save.setText(_("Save"))
        if wish == "save":
            self._save_place()

    def _proxy_known(self) -> None:
        """The key store knew who may use the proxy: what failed for it is tried again."""
        if self._wish:
            self._try(self._wish)

    def _save_place(self) -> None:
        """Save what works, what is as it was, and what the person wants all the same."""
        typed = self._typed()
        if typed is None:
            return
        known = self._told[self._office]
        as_it_was = (known.where, known.credential) == typed
        if as_it_was:
            self._proxy.use_typed()
        elif typed != self._tried:
            self._try("save")
            return
        office = self._office
        self._choices.keep()
        self._context.worker.run(
            lambda register: keep(register, office, typed.where, typed.credential),
            self._saved,
            self._refuse,
            owner=self,
        )

    def _forget_place(self) -> None:
        office = self._office
        self._context.worker.run(
            lambda register: forget(register, office), self._saved, self._refuse, owner=self
        )

    def _try_again(self) -> None:
        """Nothing was typed; perhaps somebody mended it elsewhere."""
        self._proxy.use_typed()
        self._context.exchange.try_again()
        self.accept()

    def _saved(self, warning: Refusal | None) -> None:
        """The store of this PC may be missing; the password then lasts until the window closes."""
        self._context.exchange.settings_changed()
        if warning is None:
            self.accept()
            return
        self._refused.say(
            _("The place is saved. The password is kept until the program ends."), "", "warning"
        )
        self._cancel.setText(_("Close"))
        self._save.hide()
        self._forget.hide()

    def _refuse(self, refusal: Refusal) -> None:
        self._refused.say(refusal.text(), "", "refused")


def _about_secrets() -> str:
    return _(
        "The password is kept in the key store of this PC, never in the register. It is not sent"
        " to anybody but the place."
    )

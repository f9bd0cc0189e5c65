"""Where packages meet, who may go there, and when: the dialog of the register menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLayout, QScrollArea, QWidget

from taza_desktop.errors import Refusal
from taza_desktop.exchange.layout import Lane
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.i18n import N_, _, gettext
from taza_desktop.settings import PHOTOS_WAIT, PhotosWait
from taza_desktop.ui.exchange_checks import Checks
from taza_desktop.ui.exchange_place_form import PlaceForm
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.widgets import button, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

_PHOTOS: dict[PhotosWait, str] = {
    "metered": N_("photos wait while the line costs by size"),
    "always": N_("only figures go by themselves, photos when I send them"),
    "never": N_("photos go too, on every line"),
}
_LETTERS, _HEIGHT = 90, 640


class Told(NamedTuple):
    """What is known about the place of one office."""

    office: str
    where: Where | None
    credential: Credential | None
    brought: tuple[Where, Credential | None] | None  # by the card, when it is another one


class ExchangeSettings(QDialog):
    """The place of the office above, for coordinators also their own; test, then save.

    Attributes:
        checks: the test and its steps.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._told: dict[str, Told] = {}
        self._office = ""
        self._whose, self._brought = QComboBox(), Notice("info")
        self._take = button(_("Use it"))
        self._form, self.checks = PlaceForm(context.settings), Checks()
        self._how, self._photos = QComboBox(), QComboBox()
        self._refused = Notice("refused")
        self._forget, self._cancel = button(_("Forget the place")), button(_("Cancel"))
        self._save = button(_("Save"), "primary")
        self._lay_out()
        self._connect()
        plan = context.plan
        context.worker.run(lambda register: told(register, plan), self._show, owner=self)

    def done(self, result: int) -> None:
        """Nothing is tried any more when the dialog is gone."""
        self.checks.close_lines()
        super().done(result)

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Place of exchange"))
        self._brought.below.addLayout(row(self._take, 0))
        describe(self._whose, _("Whose place"))
        choices = {
            self._how: (_("Sending and fetching"), (_("by itself"), _("only when I press"))),
            self._photos: (_("Photos"), tuple(gettext(_PHOTOS[one]) for one in PHOTOS_WAIT)),
        }
        lines: list[QLayout] = []
        for box, (title, texts) in choices.items():
            box.addItems(texts)
            describe(box, title)
            lines.append(column(label(title, "field"), box, gap=1))
        settings = self._context.settings
        self._how.setCurrentIndex(settings.exchange_by_hand)
        self._photos.setCurrentIndex(PHOTOS_WAIT.index(settings.photos_wait))
        hint = label(_about_secrets(), "small", wrap=True)
        buttons = row(self._forget, 0, self._cancel, self._save, gap=2)
        parts = (self._whose, self._brought, self._form, self.checks, row(*lines, gap=4), hint, 0)
        content, area = QWidget(), QScrollArea(widgetResizable=True)
        content.setLayout(column(*parts, gap=4))
        area.setWidget(content)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(area, self._refused, buttons, gap=4, margin=5))
        self.resize(self.fontMetrics().averageCharWidth() * _LETTERS, _HEIGHT)

    def _connect(self) -> None:
        self._whose.activated.connect(lambda at: self._show_office(self._whose.itemData(at)))
        self._take.clicked.connect(self._use_brought)
        self._form.edited.connect(self.checks.forget)
        self._form.refused.connect(self._refuse)
        self.checks.wanted.connect(self._test)
        self._forget.clicked.connect(self._forget_place)
        self._cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self._save_place)

    def _show(self, known: list[Told]) -> None:
        """The office above first; whoever has offices below, sees the own one first."""
        self._told = {one.office: one for one in known}
        for one in known:
            self._whose.addItem(self._title(one.office), one.office)
        self._whose.setVisible(len(known) > 1)
        self._show_office(known[0].office)

    def _title(self, office: str) -> str:
        name = self._context.plan.territories[office].name
        if office == self._context.office.territory:
            return _("Our place, for the offices below: {office}").format(office=name)
        return _("The place of the office above: {office}").format(office=name)

    def _show_office(self, office: str) -> None:
        self._office, known = office, self._told[office]
        self._form.show_place(known.where or Where("webdav", ""), known.credential)
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
        self._told[self._office] = known._replace(credential=credential or known.credential)
        self._form.show_place(where, self._told[self._office].credential)
        self._brought.hide()

    def _typed(self) -> tuple[Where, Credential | None] | None:
        """The place and who may use it; None when the reason is shown."""
        self._refused.hide()
        try:
            where = self._form.where()
        except Refusal as refusal:
            self._refuse(refusal)
            return None
        typed, known = self._form.credential(), self._told[self._office].credential
        if typed is None and known is not None and where.kind != "folder":
            typed = Credential(self._form.user(), known.secret)
        return where, Credential() if where.kind == "folder" else typed

    def _test(self) -> None:
        typed = self._typed()
        if typed is None:
            return
        where, credential = typed
        own = self._context.office.territory
        self.checks.start(where, credential or Credential(), Lane(self._office, own, "up"))

    def _save_place(self) -> None:
        if (typed := self._typed()) is not None:
            office, (where, credential) = self._office, typed
            self._keep_choices()
            self._context.worker.run(
                lambda register: keep(register, office, where, credential),
                self._saved,
                self._refuse,
                owner=self,
            )

    def _forget_place(self) -> None:
        office = self._office
        self._context.worker.run(
            lambda register: forget(register, office), self._saved, self._refuse, owner=self
        )

    def _keep_choices(self) -> None:
        settings = self._context.settings
        settings.exchange_by_hand = bool(self._how.currentIndex())
        settings.photos_wait = PHOTOS_WAIT[self._photos.currentIndex()]
        settings.save()

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


def told(register: Register, plan: Plan) -> list[Told]:
    """What is known: of the own place first when there are offices below, then of the one above."""
    from taza_desktop.exchange.places import office_above

    own, above = register.office.territory, office_above(register, plan.territories)
    offices = [own] if register.office.role != "clerk" else []
    offices += [above] if above != own else []
    return [_told(register, office) for office in offices]


def keep(
    register: Register, office: str, where: Where, credential: Credential | None
) -> Refusal | None:
    """Save the place; returns what to tell when only memory has the password."""
    from taza_desktop.exchange import keystore
    from taza_desktop.exchange.places import put_place

    put_place(register, office, where)
    if credential is None or where.kind == "folder":
        return None
    return keystore.remember(where, credential)


def forget(register: Register, office: str) -> None:
    """Forget the place, and the password with it."""
    from taza_desktop.exchange import keystore
    from taza_desktop.exchange.places import place_of, put_place

    keystore.forget(place_of(register, office))
    put_place(register, office, None)


def _told(register: Register, office: str) -> Told:
    from taza_desktop.exchange import keystore
    from taza_desktop.exchange.place import parse_card
    from taza_desktop.exchange.places import places
    from taza_desktop.packages import card

    where, brought = places(register).get(office), None
    known = card.stored(register, office) if register.credential(f"card:{office}") else None
    if known is not None and known.place:
        try:
            brought = parse_card(known.place)
        except Refusal:
            brought = None  # of a kind that this version does not know
    if brought is not None and brought[0] == where:
        brought = None
    return Told(office, where, keystore.recall(where) if where else None, brought)

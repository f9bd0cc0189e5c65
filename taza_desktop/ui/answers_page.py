"""Answers: what the offices below are told – receipts, verdicts, remarks – and colleagues."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from taza_desktop.i18n import N_, _, language, ngettext
from taza_desktop.ui import choosing
from taza_desktop.ui.answers_sign import AnswerCard
from taza_desktop.ui.exchange_packing import put_on_the_way
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.widgets import column, describe, label, row
from taza_desktop.ui.wording import moment

if TYPE_CHECKING:
    from pathlib import Path

    from taza_desktop.errors import Refusal
    from taza_desktop.packages.answering import Waiting
    from taza_desktop.packages.build import Exported
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.register import Register


Pack = Callable[["Register", Callable[["Path"], "Exported"]], "Exported"]


class Office(NamedTuple):
    """An office below with what it was not told yet, and the plan that names it."""

    plan: Plan
    waiting: Waiting

    def name(self) -> str:
        """The name of its territory."""
        return str(self.plan.territories[self.waiting.office].name)

    def answered(self) -> str:
        """When it was answered last."""
        at = self.waiting.answered
        return moment(at) if at else _("never")


def _into(folder: Path) -> Pack:
    """What is signed goes into that folder."""
    return lambda _register, make: make(folder)


def _count(number: int) -> str:
    return str(number) if number else "–"


COLUMNS: tuple[Column[Office], ...] = (
    Column(N_("Office"), Office.name, 26, grows=True),
    Column(N_("Packages"), lambda one: _count(one.waiting.packages), 10, number=True),
    Column(N_("Accepted"), lambda one: _count(one.waiting.accepted), 10, number=True),
    Column(N_("Returned"), lambda one: _count(one.waiting.returned), 10, number=True),
    Column(N_("Unlocked"), lambda one: _count(one.waiting.reopened), 10, number=True),
    Column(N_("Answered last"), Office.answered, 20),
)


class AnswersPage(Page):
    """The offices at the left, the signature at the right; all are answered in one go."""

    NAME = "answers"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._title, self._hint = label(role="title"), label(role="muted", wrap=True)
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "offices")
        self._sign = AnswerCard()
        self._list.chosen.connect(self._show_chosen)
        self._sign.all_wanted.connect(self._answer_all)
        self._sign.one_wanted.connect(self._answer_one)
        self._sign.share_wanted.connect(self._share_all)
        body = row(self._list, column(self._sign, 0), gap=4)
        body.setStretch(0, 5)
        body.setStretch(1, 3)
        whole = column(column(self._title, self._hint, gap=1), body, gap=4, margin=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.retranslate()

    def shown(self, context: Context) -> None:
        """List the offices of this register's round."""
        if self._context is None or self._context.exchange is not context.exchange:
            context.exchange.stood.connect(self._stand)
        self._context = context
        self._sign.unlock.use(context.session)
        self._stand()

        def job(register: Register) -> list[Waiting]:
            from taza_desktop.packages.answering import offices_to_answer

            return offices_to_answer(register, context.plan, context.round)

        context.worker.run(job, self._show, owner=self)

    def _stand(self) -> None:
        if self._context is not None:
            own = self._context.office.territory
            self._sign.offer_line(self._context.exchange.knows_place(own))

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(_("Answers"))
        round_ = self._context.round.name(language()) if self._context else ""
        says = _("Receipts, verdicts and remarks for the offices below. {round}")
        self._hint.setText(says.format(round=round_))
        describe(self._list, _("Offices"))
        self._list.say_when_empty(_("Nobody below sent anything in this round yet."))
        self._sign.retranslate()

    def _show(self, waiting: list[Waiting]) -> None:
        if self._context is not None:
            plan = self._context.plan
            self._model.show([Office(plan, one) for one in waiting])
            self._list.choose(0)
            self._sign.show_waiting(len(self._waiting()))
            self.retranslate()

    def _show_chosen(self, office: Office | None) -> None:
        self._sign.show_chosen(office.name() if office else "")

    def _waiting(self) -> list[str]:
        return [one.waiting.office for one in self._model.items() if one.waiting.something]

    def _answer_all(self) -> None:
        self._answer(self._waiting())

    def _answer_one(self) -> None:
        if office := self._list.current():
            self._answer([office.waiting.office])

    def _answer(self, offices: list[str]) -> None:
        if self._sign.by_line:
            pack = put_on_the_way
        elif (folder := self._ask_folder(_("Where should the answers go?"))) is not None:
            pack = _into(folder)
        else:
            return
        if offices:
            self._sign.start(len(offices))
            self._answer_next(offices, pack, [])

    def _answer_next(self, offices: list[str], pack: Pack, done: list[Exported]) -> None:
        """One office after another, so that each can be seen and the window goes on."""
        context = self._context
        if context is None:
            return
        if not offices:
            self._answered(done)
            return
        office, *rest = offices

        def job(register: Register, ring: Keyring) -> Exported:
            from taza_desktop.packages.answer import answer

            said = (register, context.plan, context.round, office)
            return pack(register, lambda folder: answer(*said, folder, ring))

        def told(exported: Exported) -> None:
            self._remember(exported)
            self._sign.advance()
            QTimer.singleShot(0, self, lambda: self._answer_next(rest, pack, [*done, exported]))

        self._sign.unlock.run(job, told, self._refuse, self)

    def _answered(self, done: list[Exported]) -> None:
        self._sign.rest()
        if self._sign.by_line:
            self._go(done)
            return
        folder = done[-1].path.parent
        says = ngettext(
            "{count} answer lies here: {folder}", "{count} answers lie here: {folder}", len(done)
        )
        self._end(says.format(count=len(done), folder=folder))

    def _share_all(self) -> None:
        context = self._context
        if context is None:
            return
        if self._sign.by_line:
            pack = put_on_the_way
        elif (folder := self._ask_folder(_("Where should the package go?"))) is not None:
            pack = _into(folder)
        else:
            return

        def job(register: Register, ring: Keyring) -> Exported:
            from taza_desktop.packages.answer import share

            said = (register, context.plan, context.round)
            return pack(register, lambda folder: share(*said, folder, ring))

        def told(exported: Exported) -> None:
            self._remember(exported)
            self._sign.rest()
            if self._sign.by_line:
                self._go([exported])
                return
            self._end(_("The package lies here: {path}").format(path=exported.path))

        self._sign.start()
        self._sign.unlock.run(job, told, self._refuse, self)

    def _go(self, made: list[Exported]) -> None:
        """Let them go over the line."""
        if self._context is not None:
            self._context.exchange.send([one.package_id for one in made])
        says = ngettext(
            "{count} package is on its way. “Outbox” shows how far it is.",
            "{count} packages are on their way. “Outbox” shows how far they are.",
            len(made),
        )
        self._end(says.format(count=len(made)))

    def _end(self, sentence: str) -> None:
        self.said.emit(sentence, "done")
        self.changed.emit()
        if self._context is not None:
            self.shown(self._context)

    def _refuse(self, refusal: Refusal) -> None:
        """What was answered before stays; the rest waits."""
        self._sign.rest()
        if not self._sign.unlock.tells(refusal):
            self.refused.emit(refusal)
        if self._context is not None:
            self.shown(self._context)

    def _remember(self, exported: Exported) -> None:
        if self._context is not None and not self._sign.by_line:
            settings = self._context.settings
            settings.placed[exported.package_id] = str(exported.path)
            settings.save()

    def _ask_folder(self, title: str) -> Path | None:
        return choosing.ask_folder(self, title, self._context.settings) if self._context else None

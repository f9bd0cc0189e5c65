"""Merged packages, and the way back: each can be taken out again, also later."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from taza_desktop.i18n import N_, _, language, ngettext
from taza_desktop.plan.rounds import Round
from taza_desktop.register.shelf import StoredPackage
from taza_desktop.ui.icons import icon
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.text_dialog import ask_text
from taza_desktop.ui.widgets import button, column, describe, label, row
from taza_desktop.ui.wording import moment

if TYPE_CHECKING:
    from taza_desktop.merging.undo import Dependent, Undone
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context


class Merged(NamedTuple):
    """A package that was merged, and the plan that names its territory."""

    plan: Plan
    package: StoredPackage

    def sender(self) -> str:
        """Who signed it, for which territory."""
        signer = self.package.signer
        territory = self.plan.territories.get(signer.territory)
        return f"{territory.name if territory else signer.territory} — {signer.name}"

    def state(self) -> str:
        """Whether it stands."""
        return _("merged") if self.package.active else _("taken back")


COLUMNS: tuple[Column[Merged], ...] = (
    Column(N_("From"), Merged.sender, 40, grows=True),
    Column(N_("No."), lambda one: str(one.package.envelope.seq), 6, number=True),
    Column(N_("Round"), lambda one: Round.parse(one.package.envelope.round).name(language()), 26),
    Column(N_("Merged on"), lambda one: moment(one.package.at), 20),
    Column(N_("State"), Merged.state, 14, lambda one: "ok" if one.package.active else "muted"),
)


class MergedPackages(QWidget):
    """The list, latest first, with the buttons that take one back and merge it again.

    Signals:
        undone: (sentence) a package was taken back or merged again; the register's content is
            another one now.
    """

    undone = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "merged")
        self._hint = label(role="muted", wrap=True)
        self._undo = button(role="danger")
        self._again = button()
        self._list.chosen.connect(self._choose)
        self._undo.clicked.connect(self._look)
        self._again.clicked.connect(self._restore)
        tools = row(self._hint, self._again, self._undo, gap=3)
        tools.setStretch(0, 1)
        whole = column(tools, self._list, gap=3)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._choose(None)
        self.retranslate()

    def use(self, context: Context) -> None:
        """List what is merged in this register."""
        self._context = context
        context.worker.run(lambda register: register.packages("in"), self._show)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._hint.setText(
            _("A package can be taken back at any time. What others sent or typed stays.")
        )
        self._undo.setText(_("Take back"))
        self._undo.setIcon(icon("undo", "stop"))
        self._again.setText(_("Merge again"))
        describe(self._list, _("Merged packages"))
        self._list.say_when_empty(_("Nothing has been merged yet."))

    def _show(self, packages: list[StoredPackage]) -> None:
        if self._context is not None:
            plan = self._context.plan
            self._model.show([Merged(plan, package) for package in reversed(packages)])

    def _choose(self, merged: Merged | None) -> None:
        self._undo.setEnabled(merged is not None and merged.package.active)
        self._again.setVisible(merged is not None and not merged.package.active)

    def _look(self) -> None:
        """Find out what was built on the package before asking."""
        merged, context = self._list.current(), self._context
        if merged is None or context is None:
            return
        package_id = merged.package.envelope.package_id

        def job(register: Register) -> list[Dependent]:
            from taza_desktop.merging.undo import dependents

            return dependents(register, package_id)

        def found(depends: list[Dependent]) -> None:
            reason = self._ask(merged, depends)
            if reason is not None:
                self._take_back(package_id, reason)

        context.worker.run(job, found, owner=self)

    def _ask(self, merged: Merged, depends: list[Dependent]) -> str | None:
        """Why it is taken back, after saying what was built on it; None to leave it."""
        about = _("Take back package {number} of {name}?").format(
            number=merged.package.envelope.seq, name=merged.sender()
        )
        why = _("You may say why; the journal keeps it.")
        consequences = self._consequences(depends)
        return ask_text(self, _("Take back"), about, f"{consequences}\n{why}")

    def _consequences(self, depends: list[Dependent]) -> str:
        if not depends or self._context is None:
            return _("Nothing else was built on it. It can be merged again later.")
        territories = self._context.plan.territories
        sheets = [key for dependent in depends for key in dependent.sheets]
        names = sorted({f"{key.measure}. {territories[key.territory].name}" for key in sheets})
        says = ngettext(
            "Later work on {count} sheet was built on it and stays: {sheets}.",
            "Later work on {count} sheets was built on it and stays: {sheets}.",
            len(names),
        )
        return says.format(count=len(names), sheets=", ".join(names[:10]))

    def _take_back(self, package_id: str, reason: str) -> None:
        if self._context is None:
            return

        def job(register: Register) -> Undone:
            from taza_desktop.merging.undo import undo

            return undo(register, package_id, reason)

        self._context.worker.run(job, self._taken_back)

    def _restore(self) -> None:
        """Let a package that was taken back count again, whoever took it back."""
        merged, context = self._list.current(), self._context
        if merged is None or context is None:
            return
        said = merged.package.envelope

        def job(register: Register) -> None:
            register.restore(said.package_id)

        def done(_none: None) -> None:
            says = _("Package {number} of {name} counts again.")
            self.undone.emit(says.format(number=said.seq, name=merged.sender()))

        context.worker.run(job, done, owner=self)

    def _taken_back(self, undone: Undone) -> None:
        says = ngettext(
            "Package {number} is taken back: {count} cell shows what stood there before.",
            "Package {number} is taken back: {count} cells show what stood there before.",
            len(undone.changes),
        )
        number = undone.package.envelope.seq
        self.undone.emit(says.format(number=number, count=len(undone.changes)))

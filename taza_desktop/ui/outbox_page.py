"""The outbox: every package that was made here, and the way to a fresh copy of its file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.i18n import N_, _, language, ngettext
from taza_desktop.plan.rounds import Round
from taza_desktop.register.shelf import StoredPackage
from taza_desktop.reports.files import replacing
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.widgets import button, column, describe, label, row
from taza_desktop.ui.wording import moment, size

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.register import Register


class Sent(NamedTuple):
    """A package that was made here, its sheets counted by measure, and its file if known."""

    package: StoredPackage
    sheets: Counter[int]
    path: str


COLUMNS: tuple[Column[Sent], ...] = (
    Column(N_("No."), lambda one: str(one.package.envelope.seq), 5, number=True),
    Column(N_("Round"), lambda one: round_name(one.package), 26),
    Column(N_("Made"), lambda one: moment(one.package.at), 20),
    Column(N_("Sheets"), lambda one: str(one.sheets.total()), 9, number=True),
    Column(N_("Size"), lambda one: size(one.package.size), 11, number=True),
    Column(N_("File"), lambda one: one.path or _("in the register"), 30, grows=True),
)


def round_name(package: StoredPackage) -> str:
    """The round of a package in the language in force."""
    return Round.parse(package.envelope.round).name(language())


def gather(register: Register, placed: dict[str, str]) -> list[Sent]:
    """What was sent, the latest first."""
    return [
        Sent(package, _sheets(register, package), placed.get(package.envelope.package_id, ""))
        for package in reversed(register.packages("out"))
    ]


def copy(register: Register, package: StoredPackage, folder: Path) -> Path:
    """Put the package's file into a folder again, byte for byte as it was made.

    Refuses what the disk refuses.
    """
    from taza_desktop.packages.build import file_name

    path = folder / file_name(package.envelope)
    with replacing(path) as unfinished:
        unfinished.write_bytes(register.container(package.envelope.package_id))
    return path


def _sheets(register: Register, package: StoredPackage) -> Counter[int]:
    records = register.carried_records(package.envelope.package_id)
    return Counter(key.measure for key in {record.sheet for record in records})


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


class PackageCard(QFrame):
    """What is in one package.

    Attributes:
        copy, folder: buttons, for the page to connect.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._sent: Sent | None = None
        self._plan: Plan | None = None
        self._name = label(role="heading", wrap=True)
        self._facts = label(wrap=True)
        self._contents = label(role="small", wrap=True)
        self._number = label(role="small", wrap=True)
        self._number.setTextInteractionFlags(
            self._number.textInteractionFlags().TextSelectableByMouse
        )
        self.copy, self.folder = button(role="primary"), button()
        self.setLayout(
            column(
                self._name,
                self._facts,
                self._contents,
                self._number,
                0,
                self.copy,
                self.folder,
                gap=3,
                margin=4,
            )
        )
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
        if self._sent is None or plan is None:
            return
        package = self._sent.package
        there = bool(self._sent.path) and Path(self._sent.path).exists()
        self.folder.setEnabled(there)
        self._name.setText(_("Package {number}").format(number=package.envelope.seq))
        facts = (round_name(package), moment(package.at), package.signer.name)
        self._facts.setText("\n".join(facts))
        lines = [
            f"{number}. {plan.measures[number].title} — {_sheet_count(count)}"
            for number, count in sorted(self._sent.sheets.items())
        ]
        self._contents.setText("\n".join(lines))
        self._number.setText(_("Package number: {id}").format(id=package.envelope.package_id))


def _sheet_count(count: int) -> str:
    return ngettext("{count} sheet", "{count} sheets", count).format(count=count)

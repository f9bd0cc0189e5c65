"""The first start in three steps: language, where one works, which territory and who."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QSize, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QListWidgetItem, QPushButton, QWidget

from taza_desktop.i18n import LANGUAGES, N_, Language, _, gettext, language
from taza_desktop.settings import Settings
from taza_desktop.ui.generated.ui_first_start import Ui_FirstStart
from taza_desktop.ui.icons import icon, pixmap
from taza_desktop.ui.theme import colour
from taza_desktop.ui.translation import Languages
from taza_desktop.ui.widgets import calling
from taza_desktop.ui.worker import Nothing, Worker

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.plan.territories import Territories, Territory
    from taza_desktop.register.model import Role
    from taza_desktop.register.register import Register

SUFFIX = ".taza-register"
_LANGUAGE, _ROLE, _OFFICE, _WORK = range(4)
_ROLES: dict[Role, tuple[str, str]] = {
    "clerk": ("person", N_("Akimat of a district or city")),
    "region": ("region", N_("Akimat of a region")),
    "ministry": ("ministry", N_("Ministry")),
}
_LEVELS: dict[Role, tuple[str, ...]] = {
    "clerk": ("district", "city", "city_district"),
    "region": ("region",),
    "ministry": ("republic",),
}
_SHOWN = 60  # territories in the list at once
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"/\\|?*', "-"))


class FirstStart(QDialog):
    """Makes a register for this person, or the worked example.

    Attributes:
        path: the register to open once the dialog was accepted.
    """

    def __init__(
        self,
        settings: Settings,
        languages: Languages,
        worker_class: type[Worker[Any]] = Worker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._settings = settings
        self._languages = languages
        self._worker_class = worker_class
        self._worker: Worker[Any] | None = None
        self._role: Role = "clerk"
        self.ui = Ui_FirstStart()
        self.ui.setupUi(self)
        self._draw()
        self._connect()
        self._go(_ROLE if settings.language else _LANGUAGE)

    def make_example(self) -> None:
        """Build the worked example in a folder of its own, and open it."""
        from taza_desktop.ui import example

        folder = example.folder()
        self._go(_WORK)
        worker = self._work(Nothing)
        self.ui.work.setRange(0, 0)  # how long it takes depends on the machine's number of cores
        self.ui.workNow.setText(example.about())
        spoken = language()
        worker.run(lambda _nothing: example.make(folder, spoken), self._finish, self._refused)

    def reject(self) -> None:
        """Close, but not in the middle of making the example: half of one would stay."""
        if self.ui.steps.currentIndex() != _WORK:
            super().reject()

    def done(self, result: int) -> None:
        """Close; work under way is finished first, so that no half of it stays."""
        self._end_work()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts anew when the language changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "ui"):
            self.ui.retranslateUi(self)
            self._show_texts()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move in the list of territories while one goes on typing."""
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in arrows and self.ui.territory.hasFocus() and self.ui.found.count():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = (self.ui.found.currentRow() + step) % self.ui.found.count()
            self.ui.found.setCurrentRow(row)
            return
        super().keyPressEvent(event)

    def _connect(self) -> None:
        for code in LANGUAGES:
            cast("QPushButton", getattr(self.ui, code)).clicked.connect(
                calling(self._choose_language, code)
            )
        for role in _ROLES:
            cast("QPushButton", getattr(self.ui, role)).clicked.connect(
                calling(self._choose_role, role)
            )
        ui = self.ui
        ui.example.clicked.connect(self.make_example)
        ui.openExisting.clicked.connect(self._open_existing)
        ui.territory.textEdited.connect(self._search)
        ui.found.itemSelectionChanged.connect(self._chosen)
        ui.found.itemActivated.connect(lambda _item: ui.person.setFocus())
        ui.person.textChanged.connect(self._enable)
        ui.file.textChanged.connect(self._enable)
        ui.browse.clicked.connect(self._browse)
        ui.back.clicked.connect(lambda: self._go(ui.steps.currentIndex() - 1))
        ui.start.clicked.connect(self._create)

    def _choose_language(self, wanted: Language) -> None:
        self._settings.language = wanted
        self._settings.save()
        self._languages.use(wanted)
        self._go(_ROLE)

    def _choose_role(self, role: Role) -> None:
        self._role = role
        ministry = role == "ministry"
        for part in (self.ui.territoryLabel, self.ui.territory, self.ui.found):
            part.setVisible(not ministry)
        self.ui.territory.clear()
        self._search("")
        if ministry:
            self.ui.found.setCurrentRow(0)
        self._go(_OFFICE)
        (self.ui.person if ministry else self.ui.territory).setFocus()

    def _go(self, step: int) -> None:
        ui = self.ui
        ui.messages.hide()
        ui.steps.setCurrentIndex(step)
        ui.back.setVisible(step in (_ROLE, _OFFICE))
        ui.start.setVisible(step == _OFFICE)
        self._show_texts()
        self._enable()

    def _show_texts(self) -> None:
        step = self.ui.steps.currentIndex()
        self.setWindowTitle("Таза Қазақстан")
        self.ui.step.setText(
            _("Step {number} of 3").format(number=step + 1) if step < _WORK else ""
        )
        self.ui.officeTitle.setText(gettext(_ROLES[self._role][1]))
        if step == _OFFICE:
            self._search(self.ui.territory.text())

    def _search(self, typed: str) -> None:
        """Fill the list: with nothing typed all that a role can be, else what fits best."""
        chosen = self._territory()
        self.ui.found.clear()
        for territory in _territories(self._role, typed)[:_SHOWN]:
            item = QListWidgetItem(_name(territory), self.ui.found)
            item.setData(Qt.ItemDataRole.UserRole, territory.kato)
            if territory.kato == chosen:
                self.ui.found.setCurrentItem(item)
        if self.ui.found.count() == 1:
            self.ui.found.setCurrentRow(0)
        self._enable()

    def _territory(self) -> str:
        item = self.ui.found.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def _chosen(self) -> None:
        """A territory is marked: name the file after it, unless the person named it already."""
        if (kato := self._territory()) and not self.ui.file.isModified():
            name = _all()[kato].name.to(language()).translate(_NOT_IN_NAMES)
            self.ui.file.setText(str(_free(Path(_documents()) / f"{name}{SUFFIX}")))
        self._enable()

    def _enable(self) -> None:
        filled = self._territory() and self.ui.person.text().strip() and self.ui.file.text().strip()
        self.ui.start.setEnabled(bool(filled) and self._worker is None)

    def _browse(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self, self.ui.fileLabel.text(), self.ui.file.text(), f"*{SUFFIX}"
        )
        if chosen:
            self.ui.file.setText(str(Path(chosen).with_suffix(SUFFIX)))
            self.ui.file.setModified(True)

    def _open_existing(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, self.ui.openExisting.text(), _documents(), f"*{SUFFIX}"
        )
        if chosen:
            self._finish(Path(chosen))

    def _create(self) -> None:
        from taza_desktop.register.model import Office

        path = Path(self.ui.file.text().strip())
        office = Office(self._role, self._territory(), " ".join(self.ui.person.text().split()))
        worker = self._work(lambda: _create(path, office))
        worker.run(lambda _register: path, self._finish, self._refused)

    def _work(self, open_: Any) -> Worker[Any]:
        self._end_work()
        self._worker = self._worker_class(open_)
        self._enable()
        return self._worker

    def _end_work(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _finish(self, path: Path) -> None:
        self.path = path
        self.accept()

    def _refused(self, refusal: Refusal) -> None:
        self._end_work()
        if self.ui.steps.currentIndex() == _WORK:
            self._go(_ROLE)
        self.ui.messages.refuse(refusal)
        self._enable()

    def _draw(self) -> None:
        self.ui.brandMark.setPixmap(pixmap("app", colour("text"), 32, self.devicePixelRatioF()))
        for role, (drawing, _name) in _ROLES.items():
            choice: QPushButton = getattr(self.ui, role)
            choice.setIcon(icon(drawing, "accent", size=24))
            choice.setIconSize(QSize(24, 24))
        self.ui.example.setIcon(icon("example", "accent"))


def _create(path: Path, office: Any) -> Register:
    from taza_desktop.errors import environment_faults
    from taza_desktop.register.register import Register

    with environment_faults(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    return Register.create(path, office)


def _territories(role: Role, typed: str) -> list[Territory]:
    """The territories that such an office can have, best first, or all by name."""
    if typed.strip():
        found = _all().search(typed, limit=10 * _SHOWN, offices_only=True)
    else:
        from taza_desktop.plan.kazakh import sort_key

        found = sorted(_all(), key=lambda each: sort_key(each.name.to(language())))
    return [each for each in found if each.level in _LEVELS[role]]


def _name(territory: Territory) -> str:
    """The name, and the region since names repeat."""
    region = _all().region_of(territory.kato)
    name = territory.name.to(language())
    if region is None or region.kato == territory.kato:
        return name
    return f"{name} · {region.name.to(language())}"


def _all() -> Territories:
    from taza_desktop.plan.catalogue import load_plan

    return load_plan().territories


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _free(path: Path) -> Path:
    """The path, with a number when there is such a file already."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem} {number}")
        number += 1
    return free

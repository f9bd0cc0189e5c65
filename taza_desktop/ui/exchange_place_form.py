"""Typing what a place of exchange is, and who may use it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
)

from taza_desktop.errors import environment_faults
from taza_desktop.exchange.place import KINDS, Credential, Kind, Where
from taza_desktop.i18n import N_, _, gettext
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.widgets import button, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.settings import Settings

_KINDS: dict[Kind, str] = {
    "folder": N_("Folder"),
    "webdav": "WebDAV",
    "s3": "S3",
}
_HINTS: dict[Kind, str] = {
    "folder": N_("A connected network folder, or a stick that goes back and forth."),
    "webdav": N_("A shared folder, for example of Nextcloud; who runs it tells its address."),
    "s3": N_("A bucket, for example of Ceph or SeaweedFS; who runs it tells its address."),
}
_CLOUD: tuple[Kind, ...] = ("webdav", "s3")
_FIELDS: dict[str, tuple[Kind, ...]] = {
    "address": KINDS,
    "bucket": ("s3",),
    "region": ("s3",),
    "at": _CLOUD,
    "user": _CLOUD,
    "secret": _CLOUD,
}
_RARE = ("region", "at")  # shown when more is wanted
_TITLES: dict[str, tuple[str, str]] = {  # of a folder and WebDAV, of S3
    "address": (N_("Address"), N_("Address")),
    "bucket": ("", N_("Bucket")),
    "region": ("", N_("Region of the service")),
    "at": (N_("Folder that the address stands for"), N_("Folder that the address stands for")),
    "user": (N_("User name"), N_("Access key")),
    "secret": (N_("Password"), N_("Secret key")),
}


class PlaceForm(QFrame):
    """The kind of place, its address, user and password, an authority of one's own.

    Signals:
        edited: what is typed has changed.
        refused: (Refusal) a file of an authority could not be read.
    """

    edited = Signal()
    refused = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._settings = settings
        self._authority = ""
        self._kinds, self._choices = QButtonGroup(self), dict[Kind, QPushButton]()
        self._hint = label(role="small", wrap=True)
        self._lines = {name: QLineEdit() for name in _FIELDS}
        self._titles: dict[str, QLabel] = {name: label(role="field") for name in _FIELDS}
        self._lines["secret"].setEchoMode(QLineEdit.EchoMode.Password)
        self._choose, self._plain = button(), QCheckBox()
        self._warning = label(role="error", wrap=True)
        self._more = button(_("More"), "segment")
        self._more.setCheckable(True)
        self._vouched, self._add, self._drop = label(role="small", wrap=True), button(), button()
        self._lay_out()
        make_room(*self._choices.values(), self._more)
        self._connect()
        self.show_place(Where("webdav", ""), None)

    @property
    def kind(self) -> Kind:
        """Which kind is chosen."""
        return next(kind for kind, choice in self._choices.items() if choice.isChecked())

    def show_place(self, where: Where, credential: Credential | None) -> None:
        """Fill in a place; the password itself is not shown, only that it is known."""
        self._choices[where.kind].setChecked(True)
        said = cast("dict[str, str]", asdict(where))
        for name in ("address", "bucket", "region", "at"):
            self._lines[name].setText(said[name])
        self._lines["user"].setText(credential.user if credential else "")
        self._lines["secret"].clear()
        known = credential is not None and bool(credential.secret)
        self._lines["secret"].setPlaceholderText(_("known, stays as it is") if known else "")
        self._lines["address"].setCursorPosition(0)
        self._plain.setChecked(where.plain)
        self._more.setChecked(bool(where.at or where.authority))
        self._authority = where.authority
        self._show_kind()

    def where(self) -> Where:
        """The place as typed. Refuses EXC-PLACE, EXC-PLAIN."""
        typed = {
            name: line.text().strip()
            for name, line in self._lines.items()
            if name not in ("user", "secret") and self.kind in _FIELDS[name]
        }
        extra: dict[str, object] = {}
        if self.kind in _CLOUD:
            extra = {"plain": self._plain.isChecked(), "authority": self._authority}
        return Where.parse({"kind": self.kind, **typed, **extra})

    def credential(self) -> Credential | None:
        """Who may use it, when a password was typed."""
        secret = self._lines["secret"].text()
        known = bool(secret) and self.kind in _CLOUD
        return Credential(self._lines["user"].text().strip(), secret) if known else None

    def user(self) -> str:
        """The user name as it stands there."""
        return self._lines["user"].text().strip()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: what is chosen is bold, and has to fit all the same."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            make_room(*self._choices.values(), self._more)

    def ask_who(self) -> None:
        """Put the cursor where the person has to type next."""
        wanted = "secret" if self._lines["user"].text() else "user"
        self._lines[wanted].setFocus()

    def _lay_out(self) -> None:
        for kind in KINDS:
            choice = self._choices[kind] = button(gettext(_KINDS[kind]), "segment")
            choice.setCheckable(True)
            self._kinds.addButton(choice)
        fields = QFormLayout()
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(8)
        self._choose.setText(_("Choose…"))
        self._choose.setIcon(icon("folder"))
        for name, line in self._lines.items():
            beside = row(line, self._choose) if name == "address" else line
            self._titles[name].setMinimumHeight(line.sizeHint().height())  # in the middle of it
            fields.addRow(self._titles[name], beside)  # pyright: ignore[reportCallIssue, reportArgumentType]
        self._warning.setText(
            _("Whoever is on the way can read the password. Packages keep their signature.")
        )
        self._plain.setText(_("Allow a line without protection (only inside the own network)"))
        self._add.setText(_("Add the office's certificate authority…"))
        self._drop.setText(_("Take it away"))
        vouched = row(self._vouched, self._add, self._drop)
        vouched.setStretch(0, 1)
        head = row(*self._choices.values(), 0, self._more)
        self.setLayout(
            column(
                head, self._hint, fields, self._plain, self._warning, vouched,
                gap=3, margin=4,
            )
        )  # fmt: skip

    def _connect(self) -> None:
        self._kinds.buttonClicked.connect(self._show_kind)
        for line in self._lines.values():
            line.textEdited.connect(self.edited)
        self._lines["address"].textChanged.connect(self._show_kind)
        self._plain.toggled.connect(self._show_kind)
        self._more.toggled.connect(self._show_kind)
        self._choose.clicked.connect(self._ask_folder)
        self._add.clicked.connect(self._ask_authority)
        self._drop.clicked.connect(self._forget_authority)

    def _show_kind(self) -> None:
        kind = self.kind
        self._hint.setText(gettext(_HINTS[kind]))
        for name, line in self._lines.items():
            says = _TITLES[name][kind == "s3"]
            title = gettext(says) if says else ""
            self._titles[name].setText(title)
            describe(line, title)
            for part in (line, self._titles[name]):
                wanted = name not in _RARE or self._more.isChecked()
                part.setVisible(wanted and kind in _FIELDS[name])
        self._choose.setVisible(kind == "folder")
        cloud, more = kind in _CLOUD, self._more.isChecked()
        self._more.setVisible(cloud)
        plain = self._lines["address"].text().startswith("http:")
        self._plain.setVisible(cloud and plain)
        self._warning.setVisible(cloud and plain and self._plain.isChecked())
        says = _("An authority of the office is trusted too.") if self._authority else ""
        self._vouched.setText(says)
        self._vouched.setVisible(cloud and more)
        self._add.setVisible(cloud and more and not self._authority)
        self._drop.setVisible(cloud and more and bool(self._authority))
        self.edited.emit()

    def _ask_folder(self) -> None:
        title = _("Where do packages meet?")
        if (folder := choosing.ask_folder(self, title, self._settings)) is not None:
            self._lines["address"].setText(str(folder))

    def _ask_authority(self) -> None:
        kinds = _("Certificates ({patterns})").format(patterns="*.pem *.crt *.cer")
        title = _("The certificate authority of the office")
        path = choosing.ask_open(self, title, kinds, self._settings)
        if path is None:
            return
        from taza_desktop.errors import Refusal

        try:
            self._authority = read_authority(path)
        except Refusal as refusal:
            self.refused.emit(refusal)
        else:
            self._show_kind()

    def _forget_authority(self) -> None:
        self._authority = ""
        self._show_kind()


def make_room(*buttons: QPushButton) -> None:
    """Buttons of one width, chosen (bold) or not."""
    for each in buttons:
        each.ensurePolished()
        bold = QFont(each.font())
        bold.setBold(True)
        text, usual = each.text(), each.fontMetrics().horizontalAdvance(each.text())
        more = QFontMetrics(bold).horizontalAdvance(text) - usual
        each.setMinimumWidth(each.sizeHint().width() + max(0, more))


def read_authority(path: Path) -> str:
    """The certificates in a file, PEM or DER, as PEM. Refuses EXC-AUTHORITY."""
    from PySide6.QtCore import QByteArray
    from PySide6.QtNetwork import QSsl, QSslCertificate

    from taza_desktop.errors import Refusal

    with environment_faults(path):
        data = QByteArray(path.read_bytes())
    found = QSslCertificate.fromData(data, QSsl.EncodingFormat.Pem)
    found = found or QSslCertificate.fromData(data, QSsl.EncodingFormat.Der)
    if not found:
        raise Refusal(
            "EXC-AUTHORITY",
            N_("{file} holds no certificate. Ask the administrator for the authority's file."),
            file=path.name,
        )
    return "".join(bytes(one.toPem().data()).decode("ascii") for one in found)

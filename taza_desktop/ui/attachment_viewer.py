"""An attachment inside the window: a picture to look at, a document to save.

Whoever attached it is not trusted: what is shown was recognised by its content and drawn anew under
limits (docs/decisions/0005), and no other program is ever started with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.theme import colour
from taza_desktop.ui.widgets import button, column, describe, label, row, show_text
from taza_desktop.ui.wording import size as in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from taza_desktop.errors import Refusal
    from taza_desktop.register.pictures import AttachmentType
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

SMALLEST, AT_FIRST = QSize(240, 160), QSize(880, 640)
NARROWEST = 460
MOST = 4096  # pixels a side; the register draws pictures anew with fewer
_SAVED_AS = {
    "image/jpeg": ("jpg", "JPEG (*.jpg)"),
    "image/png": ("png", "PNG (*.png)"),
    "application/pdf": ("pdf", "PDF (*.pdf)"),
}
_RESERVED = '<>:"/\\|?*'  # what Windows takes in no name
_DEVICES = {"con", "prn", "aux", "nul", *(f"{it}{n}" for it in ("com", "lpt") for n in range(10))}


class Attached(NamedTuple):
    """An attachment as it is given out: what its bytes are, whatever its name says."""

    name: str
    type: AttachmentType
    data: bytes


class Canvas(QWidget):
    """A picture as large as there is room, never blown up."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = image
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Its own size, as far as a screen has room."""
        return self._image.size().boundedTo(AT_FIRST)

    def minimumSizeHint(self) -> QSize:
        """Below that nothing can be made out."""
        return SMALLEST

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle."""
        fitted = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(self.rect().topLeft(), fitted.boundedTo(self._image.size()))
        place.moveCenter(self.rect().center())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour("sunken"))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)


class AttachmentDialog(QDialog):
    """The picture, or what the document is called; it can be saved."""

    def __init__(self, shown: Attached, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown, self._context = shown, context
        self.setWindowTitle(_("Attachment"))
        self.setMinimumWidth(NARROWEST)
        self._said, self._error = label(role="muted", wrap=True), label(role="error", wrap=True)
        self._said.hide()
        self._error.hide()
        save, close = button(_("Save as…"), "primary"), button(_("Close"))
        save.setIcon(icon("stick", "on_accent"))
        save.clicked.connect(self._save)
        close.clicked.connect(self.reject)
        heading = label(shown.name, "heading", wrap=True)
        tail = row(0, save, close, gap=2)
        lines = (heading, self._content(), self._said, self._error, tail)
        self.setLayout(column(*lines, gap=3, margin=5))

    def _content(self) -> QWidget:
        shown = self._shown
        size = in_words(len(shown.data))
        if shown.type == "application/pdf":
            says = _(
                "A PDF document, {size}. The program keeps it as it came and never opens it. Save"
                " it, and open it only when you know who attached it."
            )
            return label(says.format(size=size), wrap=True)
        image = read_picture(shown.data, shown.type)
        if image is None:
            return label(_("The picture cannot be shown."), wrap=True)
        canvas = Canvas(image)
        says = _("Picture {name}, {width} × {height} pixels, {size}")
        about = says.format(name=shown.name, width=image.width(), height=image.height(), size=size)
        describe(canvas, about)
        return canvas

    def _save(self) -> None:
        """Write the file where the person wants it; never open it."""
        _suffix, kinds = _SAVED_AS[self._shown.type]
        name = file_name(self._shown)
        path = choosing.ask_save(
            self, _("Save the attachment"), name, kinds, self._context.settings
        )
        if path is None:
            return
        data = self._shown.data
        self._context.worker.run(
            lambda _register: _write(path, data), self._saved, self._refuse, owner=self
        )

    def _saved(self, path: Path) -> None:
        show_text(self._said, _("Saved: {path}").format(path=path))
        show_text(self._error, "")

    def _refuse(self, refusal: Refusal) -> None:
        show_text(self._said, "")
        show_text(self._error, refusal.text())


def open_attachment(parent: QWidget, context: Context, named: Mapping[str, object]) -> None:
    """Show the attachment that a cell names; what cannot be shown is said in the message bar."""

    def job(register: Register) -> Attached:
        from taza_desktop.register.pictures import recognise

        name = str(named["name"])
        data = register.attachment_to_show(str(named["sha256"]), name)
        return Attached(name, recognise(data, name), data)

    def show(shown: Attached) -> None:
        dialog = AttachmentDialog(shown, context, parent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    context.worker.run(job, show, owner=parent)


def read_picture(data: bytes, kind: AttachmentType) -> QImage | None:
    """The picture, decoded as what it is and as nothing else; None beyond `MOST` or when broken."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    reader = QImageReader(buffer, QByteArray(_SAVED_AS[kind][0].encode()))
    reader.setDecideFormatFromContent(False)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > MOST:
        return None
    image = reader.read()
    return None if image.isNull() else image


def file_name(shown: Attached) -> str:
    """Its name as a file may be called everywhere, ending as its content wants it."""
    suffix = _SAVED_AS[shown.type][0]
    kept = "".join(sign for sign in shown.name if sign.isprintable() and sign not in _RESERVED)
    stem, _dot, ending = kept.rpartition(".")
    right = ending.casefold() in (suffix, {"jpg": "jpeg"}.get(suffix, suffix))
    stem = (stem if right else kept).strip(" .")
    if not stem or stem.split(".")[0].casefold() in _DEVICES:
        stem = f"_{stem}"
    return f"{stem[:100]}.{suffix}"


def _write(path: Path, data: bytes) -> Path:
    from taza_desktop.reports.files import replacing

    with replacing(path) as unfinished:
        unfinished.write_bytes(data)
    return path

"""The drawings of `resources/icons`, in any colour and sharp on any screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImageReader, QPixmap

from taza_desktop.paths import data_path
from taza_desktop.ui.theme import colour


def icon(name: str, token: str = "text", checked: str = "", size: int = 20) -> QIcon:
    """The drawing in the colour of a token of the look in force.

    `checked` is the token for a button that is pressed in; `size` is where it will mostly be shown.
    """
    made = QIcon()
    ratio = _sharpest()
    made.addPixmap(pixmap(name, colour(token), size, ratio))
    if checked:
        pressed = pixmap(name, colour(checked), size, ratio)
        made.addPixmap(pressed, QIcon.Mode.Normal, QIcon.State.On)
    return made


def _sharpest() -> float:
    """The highest ratio of any screen; on the others the drawing is made smaller by Qt."""
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


@lru_cache(maxsize=256)
def _drawn(name: str, tint: str, pixels: int) -> QPixmap:
    drawing = QBuffer()
    drawing.setData(QByteArray(_source(name).replace("currentColor", tint).encode()))
    reader = QImageReader(drawing, QByteArray(b"svg"))
    reader.setScaledSize(QSize(pixels, pixels))
    return QPixmap.fromImage(reader.read())


def pixmap(name: str, tint: QColor, size: int, ratio: float) -> QPixmap:
    """The drawing as pixels, `size` device independent pixels wide on a screen of that ratio."""
    made = QPixmap(_drawn(name, tint.name(), round(size * ratio)))
    made.setDevicePixelRatio(ratio)
    return made


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return data_path("resources", "icons", f"{name}.svg").read_text(encoding="utf-8")

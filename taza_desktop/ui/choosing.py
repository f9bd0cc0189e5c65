"""Asking for files and folders: the dialogs start where the person was last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from taza_desktop.settings import Settings


def ask_save(parent: QWidget, title: str, name: str, kinds: str, settings: Settings) -> Path | None:
    """Where to write a file that is to be called `name`; None when none was chosen."""
    start = str(_start(settings) / name)
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, start, kinds)
    return _remember(chosen, settings)


def ask_open(parent: QWidget, title: str, kinds: str, settings: Settings) -> Path | None:
    """One file to read."""
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(_start(settings)), kinds)
    return _remember(chosen, settings)


def ask_open_many(parent: QWidget, title: str, kinds: str, settings: Settings) -> list[Path]:
    """Several files to read."""
    chosen, _kind = QFileDialog.getOpenFileNames(parent, title, str(_start(settings)), kinds)
    paths = [Path(path) for path in chosen]
    if paths:
        _remember(str(paths[0]), settings)
    return paths


def ask_folder(parent: QWidget, title: str, settings: Settings) -> Path | None:
    """A folder to write to or to read from, e.g. a stick."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(_start(settings)))
    if not chosen:
        return None
    settings.folder = chosen
    settings.save()
    return Path(chosen)


def show_folder(path: Path) -> None:
    """Open the folder of a file in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _start(settings: Settings) -> Path:
    last = Path(settings.folder) if settings.folder else Path.home()
    return last if last.is_dir() else Path.home()  # the stick may be gone


def _remember(chosen: str, settings: Settings) -> Path | None:
    if not chosen:
        return None
    settings.folder = str(Path(chosen).parent)
    settings.save()
    return Path(chosen)

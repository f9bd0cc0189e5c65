"""The worked example for the window: built once in a folder of its own, opened ever after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from taza_desktop.i18n import _

if TYPE_CHECKING:
    from taza_desktop.i18n import Language

_REGISTER = "ministry.taza-register"


def folder() -> Path:
    """Where the example lies; its name is the same in every language so that it is found again."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents)) / "Taza Qazaqstan 2024"


def registers(where: Path) -> list[Path]:
    """The example's registers, the Ministry's first; empty when the example was not made yet."""
    found = sorted((where / "registers").glob("*.taza-register"))
    if not (where / "registers" / _REGISTER).is_file():
        return []
    return sorted(found, key=lambda path: path.name != _REGISTER)


def make(where: Path, language: Language) -> Path:
    """Build the example unless it is there; returns the register to open. Slow.

    Raises Refusal DEMO-NOT-EMPTY when the folder holds other files, EnvironmentFault.
    """
    if not registers(where):
        from taza_desktop.demo.example import make as build

        build(where, language)
    return registers(where)[0]


def about() -> str:
    """What takes so long, in a sentence."""
    return _("Keys are made and packages are signed for every office; this takes about a minute.")

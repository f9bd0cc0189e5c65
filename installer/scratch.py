"""What the screens of `installer.screens` share: offices of the example, copies to change."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from taza_desktop.plan.rounds import Round

if TYPE_CHECKING:
    from installer.screens import Studio
    from taza_desktop.ui.window import Window

ROUND = Round.parse("2024")
DISTRICT, REGION, REPUBLIC = "391000000", "390000000", "000000000"
NEIGHBOUR = "393600000"


@contextmanager
def scratch(studio: Studio, *territories: str) -> Generator[Path]:
    """Copies of registers that a screen may change, and a folder."""
    kept = studio.registers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = {each: Path(shutil.copy(kept[each], folder)) for each in territories}
        studio.registers = {**kept, **copies}
        yield folder
        studio.registers = kept


def front(studio: Studio, window: Window, name: str) -> QWidget:
    """Bring a page to the front."""
    window.go(name)
    studio.settle()
    return window.page(name)

"""Pieces of a package that is being fetched, kept on the disk until the whole is there."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from taza_desktop.exchange.layout import part_name
from taza_desktop.exchange.parts import Part
from taza_desktop.paths import user_path

_KEPT = 30 * 24 * 3600.0  # seconds


class FolderShelf:
    """A folder of this user for one package; a piece that is damaged shows in the whole's hash."""

    def __init__(self, sha16: str) -> None:
        self._folder = user_path("exchange", sha16, "x").parent

    def load(self, part: Part) -> bytes | None:
        """A piece that was kept whole."""
        with suppress(OSError):
            data = (self._folder / part_name(*part)).read_bytes()
            return data if len(data) == part.size else None
        return None

    def keep(self, part: Part, data: bytes) -> None:
        """Keep a piece; a disk that refuses costs fetching it again."""
        path: Path = self._folder / part_name(*part)
        with suppress(OSError):
            path.write_bytes(data)

    @staticmethod
    def sweep(now: float) -> None:
        """Take away what was begun a month ago and never became whole."""
        with suppress(OSError):
            for folder in user_path("exchange", "x").parent.iterdir():
                if folder.stat().st_mtime < now - _KEPT:
                    shutil.rmtree(folder, ignore_errors=True)

    def clear(self) -> None:
        """The whole is where it belongs."""
        shutil.rmtree(self._folder, ignore_errors=True)

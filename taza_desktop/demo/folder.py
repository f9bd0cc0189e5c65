"""The folder of the example: an old example makes room, anything else is left alone."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import cast

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_

FOLDERS = ("registers", "packages", "reports", "trust")
_MARK = "taza-demo.json"
_BESIDE = ("", "-wal", "-shm")  # a register, and SQLite's files beside it while it is open


def make_room(folder: Path) -> None:
    """An empty folder with its four parts; what an earlier example made is taken away.

    Raises:
        Refusal: DEMO-NOT-EMPTY when there are files that no example made.
        EnvironmentFault: the folder cannot be used.
    """
    with environment_faults(folder):
        there = {path for path in folder.rglob("*") if not path.is_dir()}
        if strange := sorted(there - _made_before(folder, there)):
            raise Refusal(
                "DEMO-NOT-EMPTY",
                N_("{folder} holds other files ({file}). Name an empty or a new folder."),
                folder=folder,
                file=strange[0].name,
            )
        for path in there:
            path.unlink()
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        _write_mark(folder, None)


def leave_mark(folder: Path) -> None:
    """Note what was made, so that the next example may replace just that."""
    with environment_faults(folder):
        paths = (path for path in folder.rglob("*") if path.is_file())
        _write_mark(folder, sorted(path.relative_to(folder).as_posix() for path in paths))


def _write_mark(folder: Path, made: list[str] | None) -> None:
    """`None`: an example was begun here; if it was never finished, all in its parts is its own."""
    (folder / _MARK).write_text(json.dumps({"made": made}, indent=1), encoding="utf-8")


def _made_before(folder: Path, there: set[Path]) -> set[Path]:
    """The files that an earlier example made; none without its mark."""
    mark: object = None
    with suppress(OSError, ValueError):
        mark = json.loads((folder / _MARK).read_text(encoding="utf-8"))
    if not isinstance(mark, dict):
        return set()
    made = cast("dict[str, list[str] | None]", mark).get("made")
    if made is None:
        own = {path for path in there if path.relative_to(folder).parts[0] in FOLDERS}
    else:
        own = {folder / f"{name}{beside}" for name in made for beside in _BESIDE}
    return own | {folder / _MARK}

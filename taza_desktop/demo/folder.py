"""The folder of the example: an old example makes room, anything else is left alone."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import cast

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_

_MARK = "taza-demo.json"
_BESIDE = ("-wal", "-shm")  # SQLite's files beside a register that is open or was not closed well


def make_room(folder: Path) -> None:
    """An empty folder; what an earlier example made is taken away.

    Raises:
        Refusal: DEMO-NOT-EMPTY when there are files that no example made.
        EnvironmentFault: the folder cannot be used.
    """
    with environment_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        made = _made_before(folder)
        there = {path for path in folder.rglob("*") if not path.is_dir()}
        if strange := sorted(there - made):
            raise Refusal(
                "DEMO-NOT-EMPTY",
                N_("{folder} holds other files ({file}). Name an empty or a new folder."),
                folder=folder,
                file=strange[0].name,
            )
        for path in there:
            path.unlink()


def leave_mark(folder: Path) -> None:
    """Note what was made, so that the next example may replace just that."""
    made = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    with environment_faults(folder):
        (folder / _MARK).write_text(json.dumps({"made": made}, indent=1), encoding="utf-8")


def _made_before(folder: Path) -> set[Path]:
    stored: object = None
    with suppress(OSError, ValueError):
        stored = json.loads((folder / _MARK).read_text(encoding="utf-8"))
    made = cast("dict[str, list[str]]", stored).get("made", []) if isinstance(stored, dict) else []
    names = [f"{name}{beside}" for name in map(str, made) for beside in ("", *_BESIDE)]
    return {folder / name for name in (*names, *((_MARK,) if stored else ()))}

"""Where the program's own files lie: in the wheel, in a frozen app or in a checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_path(*parts: str) -> Path:
    """Path of a file shipped with the program: `data_path("resources", "plan", "plan.toml")`."""
    installed = _PACKAGE / "_data"
    root = installed if installed.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)


def user_path(*parts: str) -> Path:
    """Path of a file of this user on this PC (settings, logs); its folder is made if missing."""
    if override := os.environ.get("TAZA_HOME"):
        root = Path(override)
    elif sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", Path.home())) / "Taza"
    else:
        root = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "taza"
    path = root.joinpath(*parts)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path

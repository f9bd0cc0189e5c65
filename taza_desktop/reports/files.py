"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from taza_desktop.errors import environment_faults


@contextmanager
def replacing(path: Path) -> Generator[Path]:
    """Give a path to write to; it takes the place of `path` when all went well, else is removed.

    Raises:
        EnvironmentFault: disk full, no right to write, file open in another program.
    """
    unfinished = path.with_name(f".{path.name}.part")
    with environment_faults(path):
        try:
            unfinished.touch()  # libraries say less clearly what is wrong, and later
            yield unfinished
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)

"""What only its user may read: files of keys, and the memory of this process."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from taza_desktop.errors import environment_faults


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, readable by its user alone (0600 where there is POSIX).

    Refuses EnvironmentFault.
    """
    part = path.with_name(f".{path.name}.part")
    with environment_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def only_for_this_user() -> None:
    """Every file and folder made from now on is for its user alone: 0600 and 0700.

    A stick has no such rights, and Windows gives them by folder; there nothing changes.
    """
    os.umask(0o077)


def no_core_dumps() -> None:
    """Let no crash write the memory of this process, with its open keys, to the disk.

    Windows has no such limit; there an administrator turns crash dumps off (SECURITY.md).
    """
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):  # a hard limit below zero cannot be
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

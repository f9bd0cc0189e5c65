"""Composition root: the only place that knows both the window and the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from taza_desktop.packages.private import no_core_dumps, only_for_this_user

if TYPE_CHECKING:
    from taza_desktop.reports.neutral import Report


def main() -> int:
    """Open the window when nothing, or only a register, is named; run the command otherwise.

    Each loads only what it needs.
    """
    no_core_dumps()
    only_for_this_user()
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 1 and Path(arguments[0]).is_file()):
        from taza_desktop.ui.app import run as open_window

        return open_window(sys.argv)
    from taza_desktop.cli.app import run as run_command

    return run_command(arguments, _write_pdf)


def _write_pdf(report: Report, path: Path) -> None:
    """Print through Qt, which is loaded only now."""
    from taza_desktop.ui.printing import write_pdf

    write_pdf(report, path)


if __name__ == "__main__":
    sys.exit(main())

"""From starting the program to the painted list of what is due, beside a bare PySide6 window.

    python -m tests.bench.startup [REGISTER …]

Fresh processes take turns in one run; without a register two of the example are used. On a
display when there is one, else on Xvfb, else off screen.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
TURNS = 15
EXAMPLE = ("KZ-10-101000000-Semey-city", "KZ-43-Kyzylorda-Region")
HEAVY = (  # modules that no first paint needs; `_hashlib` brings OpenSSL
    "PIL", "_hashlib", "asn1crypto", "babel", "click", "cryptography", "docx", "keyring", "lxml",
    "openpyxl", "pyhanko", "pyrage", "sqlite_utils", "tomllib", "websocket",
)  # fmt: skip


class Start(NamedTuple):
    """One start: ms to the first paint, MB in memory then, heavy modules loaded by then."""

    milliseconds: float
    megabytes: float
    heavy: tuple[str, ...]


def start(name: str, *arguments: str, home: str) -> Start:
    """Start one of the two windows in a process of its own and wait for its first paint."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.first_paint", name, *arguments],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    told = json.loads(done.stdout)
    loaded = tuple(name for name in HEAVY if name in told["modules"])
    return Start((told["at"] - began) * 1000, told["megabytes"], loaded)


def environment(home: str) -> dict[str, str]:
    """As on the PC of a user: own settings, and Python keeps what it compiled."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "TAZA_HOME": home}


def report(name: str, starts: list[Start], bare: list[Start]) -> str:
    """Medians, and how many times those of the bare window."""
    took = statistics.median(each.milliseconds for each in starts)
    beside = took / statistics.median(each.milliseconds for each in bare)
    memory = statistics.median(each.megabytes for each in starts)
    heavy = ", ".join(starts[0].heavy) or "none"
    return f"{name:<34} {took:6.0f} ms   x {beside:4.2f}   {memory:5.1f} MB   heavy: {heavy}"


@contextmanager
def display() -> Generator[None]:
    """Something to paint on, for the processes started here."""
    if os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        yield
        return
    if not shutil.which("Xvfb"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        yield
        return
    reading, writing = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(writing)
        with os.fdopen(reading) as told:
            os.environ["DISPLAY"] = f":{told.readline().strip()}"
        yield
    finally:
        xvfb.terminate()
        xvfb.wait()


def registers(folder: Path) -> list[Path]:
    """Copies of the registers named on the command line, else of two of the example."""
    named = [Path(name) for name in sys.argv[1:]]
    if not named:
        example = ROOT / "build" / "demo"
        if not (example / "registers").is_dir():
            from taza_desktop.demo.example import make

            make(example, "kk")
        named = [example / "registers" / f"{name}.taza-register" for name in EXAMPLE]
    return [Path(shutil.copy(path, folder)) for path in named]


def main() -> None:
    """Take turns; the first turn only warms the disk."""
    with tempfile.TemporaryDirectory() as folder, display():
        works = {"bare PySide6": ("bare",)} | {
            path.stem: ("window", str(path)) for path in registers(Path(folder))
        }
        starts: dict[str, list[Start]] = {name: [] for name in works}
        for turn in range(TURNS + 1):
            for name, arguments in works.items():
                made = start(*arguments, home=folder)
                if turn:
                    starts[name].append(made)
        for name, made in starts.items():
            print(report(name, made, starts["bare PySide6"]))


if __name__ == "__main__":
    main()

"""Say in one line which system package is missing, before something fails less plainly.

Usage: prerequisites.py [venv] [qt] [window] [tests] [office] [servers]
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_MODULES = Path("/usr/lib/apache2/modules")
_PHP = "libapache2-mod-php php-cli php-" + " php-".join(
    ("curl", "gd", "intl", "mbstring", "sqlite3", "xml", "zip")
)
ALL = " ".join(sorted(set(PACKAGES.values())))


def missing_for_venv() -> str | None:
    """The package that `python3 -m venv` lacks."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return None
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def missing_for_qt() -> str | None:
    """The packages that Qt's widgets lack; read off the import's own complaint."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as fault:
        return _package_of(str(fault))
    return None


def missing_for_window() -> str | None:
    """The packages that Qt's plugin for X11 lacks."""
    qt = importlib.util.find_spec("PySide6")
    if qt is None or qt.origin is None:
        return ALL
    try:
        ctypes.CDLL(str(Path(qt.origin).parent / "Qt/plugins/platforms/libqxcb.so"))
    except OSError as fault:
        return _package_of(str(fault))
    return None


def _package_of(complaint: str) -> str:
    """The package of the one library that was named, and all of them when it is an unknown one."""
    return PACKAGES.get(complaint.split(":")[0].strip(), ALL)


def missing_for_tests() -> str | None:
    """The packages whose programs check ours from outside."""
    return _without(
        {
            "openssl": "openssl",
            "certtool": "gnutls-bin",
            "age": "age",
            "unzip": "unzip",
            "pdftotext": "poppler-utils",
            "apache2": "apache2-bin",
            "curl": "curl",
            "nginx": "nginx-light libnginx-mod-http-dav-ext",
        }
    )


def missing_for_servers() -> str | None:
    """The servers that only the thorough trials of exchange start; PHP for a Nextcloud."""
    programs = {
        "radosgw": "radosgw", "ceph-mon": "ceph-mon", "ceph-osd": "ceph-osd", "ceph": "ceph-common",
    }  # fmt: skip
    missing = [_without(programs)]
    if os.environ.get("TAZA_NEXTCLOUD") and not any(_MODULES.glob("libphp*.so")):
        missing.append(_PHP)
    return " ".join(filter(None, missing)) or None


def missing_for_office() -> str | None:
    """LibreOffice, which reads our Word files and workbooks as a ministry would."""
    parts = {"swriter": "libreoffice-writer-nogui", "scalc": "libreoffice-calc-nogui"}
    missing = [name for part, name in parts.items() if not _has_office(part)]
    return " ".join(missing) or None


def _has_office(part: str) -> bool:
    """Whether a part of LibreOffice is there: its library lies beside the program."""
    program = shutil.which("soffice")
    library = {"swriter": "libswlo.so", "scalc": "libsclo.so"}[part]
    return program is not None and (Path(program).resolve().parent / library).exists()


def _without(programs: dict[str, str]) -> str | None:
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))  # servers lie there
    return " ".join(it for one, it in programs.items() if not shutil.which(one, path=path)) or None


TRIALS = {
    "venv": missing_for_venv,
    "qt": missing_for_qt,
    "window": missing_for_window,
    "tests": missing_for_tests,
    "office": missing_for_office,
    "servers": missing_for_servers,
}


def main() -> int:
    """1 and the line to type when something is missing, else 0."""
    missing = " ".join(filter(None, (TRIALS[name]() for name in sys.argv[1:])))
    if not missing:
        return 0
    print(f"A system package is missing: sudo apt-get install {missing}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

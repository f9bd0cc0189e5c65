"""Every server that the exchange is tried on, and what it says of its version."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from tests.exchange import servers
from tests.exchange.clusters import replicated
from tests.exchange.clusters_ceph import ceph
from tests.exchange.clusters_nextcloud import nextcloud, unpacked
from tests.exchange.servers import Server

_NUMBER = re.compile(r"\d+(\.\d+)+")
_WEED = Path(sys.executable).with_name("weed")


@dataclass(frozen=True)
class Kind:
    """A server that can be started in a folder."""

    title: str
    start: Callable[[Path], AbstractContextManager[Server]]
    version: Callable[[], str]


def says(*command: str | Path) -> str:
    """The number in what a program says of its version."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    found = _NUMBER.search(done.stdout + done.stderr)
    return found[0] if found else "?"


KINDS = {
    "apache": Kind("Apache", servers.apache, lambda: says("/usr/sbin/apache2", "-v")),
    "nginx": Kind("nginx", servers.nginx, lambda: says("/usr/sbin/nginx", "-v")),
    "wsgidav": Kind("wsgidav", servers.wsgidav, lambda: version("wsgidav")),
    "seaweed": Kind("SeaweedFS", servers.seaweed, lambda: says(_WEED, "version")),
    "replicated": Kind("SeaweedFS ×2", replicated, lambda: says(_WEED, "version")),
}
if shutil.which("radosgw"):
    KINDS["ceph"] = Kind("Ceph RGW", ceph, lambda: says("ceph", "--version"))
if (_GIVEN := unpacked()) is not None:
    _READS = f"include '{_GIVEN}/version.php'; echo $OC_VersionString;"
    KINDS["nextcloud"] = Kind(
        "Nextcloud", partial(nextcloud, source=_GIVEN), partial(says, "php", "-r", _READS)
    )

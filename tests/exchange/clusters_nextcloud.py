"""A real Nextcloud under Apache, out of a folder where the person who tests has unpacked one.

TAZA_NEXTCLOUD is that folder, e.g. of nextcloud-32.0.1.tar.bz2; nothing in it is changed.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taza_desktop.exchange.place import Credential, Where
from tests.exchange.processes import free_ports, listens, running
from tests.exchange.servers import USER, Server, give_to_web

UNPACKED = "TAZA_NEXTCLOUD"
_MODULES = Path("/usr/lib/apache2/modules")
_NEEDED = "mpm_prefork authn_core authz_core dir env mime rewrite setenvif"
_CONFIG = """
    ServerRoot {folder}
    ServerName localhost
    PidFile {folder}/pid
    Listen 127.0.0.1:{port}
    ErrorLog {folder}/error.log
    {modules}
    TypesConfig /etc/mime.types
    StartServers 4
    MaxRequestWorkers 16
    KeepAliveTimeout 5
    DocumentRoot {unpacked}
    DirectoryIndex index.php
    AddHandler application/x-httpd-php .php
    SetEnv NEXTCLOUD_CONFIG_DIR {folder}/config
    <Directory {unpacked}>
        AllowOverride All
        Require all granted
    </Directory>
    {rights}
"""


def unpacked() -> Path | None:
    """The folder of a Nextcloud that was given; None when none was."""
    given = os.environ.get(UNPACKED, "")
    return Path(given).resolve() if given and (Path(given) / "occ").is_file() else None


@contextmanager
def nextcloud(folder: Path, source: Path) -> Iterator[Server]:
    """Nextcloud with SQLite and one user, who has an app password."""
    (port,) = free_ports(1)
    config = write_apache(folder, source, port)
    credential = install(folder, source)
    command: list[str | Path] = ["/usr/sbin/apache2", "-f", config, "-DFOREGROUND"]
    with running(command, folder, lambda: listens(port)) as process:
        where = Where("webdav", f"http://127.0.0.1:{port}/remote.php/dav/files/{USER}")
        files = folder / "data" / USER / "files"
        yield Server(
            "nextcloud", where, credential, port, files, process,
            later=lambda: forget_locks(folder, source),
        )  # fmt: skip


def write_apache(folder: Path, source: Path, port: int) -> Path:
    """Apache with PHP inside; as root it serves as another user."""
    php = next(_MODULES.glob("libphp*.so"))
    lines = [f"LoadModule {name}_module {_MODULES}/mod_{name}.so" for name in _NEEDED.split()]
    lines.append(f"LoadModule php_module {php}")
    rights = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    text = textwrap.dedent(_CONFIG).format(
        folder=folder, port=port, unpacked=source, modules="\n".join(lines), rights=rights
    )
    (folder / "apache.conf").write_text(text)
    for name in ("config", "data"):
        (folder / name).mkdir()
    (folder / "config" / "CAN_INSTALL").touch()
    if os.geteuid() == 0:
        give_to_web(folder)
    return folder / "apache.conf"


def install(folder: Path, source: Path) -> Credential:
    """Set it up as an administrator would; the credential of a district's user."""
    admin, person = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
    database = ("--database", "sqlite", "--data-dir", f"{folder}/data")
    occ(folder, source, "maintenance:install", *database, "--admin-pass", admin)
    occ(folder, source, "config:system:set", "trusted_domains", "1", "--value", "127.0.0.1")
    ttl = ("filelocking.ttl", "--type", "integer", "--value", "1")
    occ(folder, source, "config:system:set", *ttl)
    occ(folder, source, "user:add", "--password-from-env", USER, OC_PASS=person)
    said = occ(folder, source, "user:auth-tokens:add", "--password-from-env", USER, NC_PASS=person)
    return Credential(USER, said.split()[-1])


def forget_locks(folder: Path, source: Path) -> None:
    """What its scheduled jobs do every five minutes: locks that nobody holds any more are opened.

    A lock lasts an hour, here a second. A file that was being written when the server was killed
    stays locked until then.
    """
    time.sleep(2.0)
    named = ("--class", r"OCA\Files\BackgroundJob\CleanupFileLocks", "--output", "json")
    (job,) = json.loads(occ(folder, source, "background-job:list", *named))
    occ(folder, source, "background-job:execute", "--force-execute", str(job["id"]))


def occ(folder: Path, source: Path, *words: str, **env: str) -> str:
    """Nextcloud's own command, as the user who serves; what it said."""
    done = subprocess.run(
        ["php", str(source / "occ"), *words],
        cwd=folder,
        env={**os.environ, "NEXTCLOUD_CONFIG_DIR": f"{folder}/config", **env},
        user="www-data" if os.geteuid() == 0 else None,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"occ {words[0]}: {done.stdout}{done.stderr}"
    return done.stdout

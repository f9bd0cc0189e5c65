"""Real servers on loopback, each in a folder and on ports of its own, in a group of its own."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from taza_desktop.errors import Refusal
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.place_s3 import S3Place
from tests.exchange import guide
from tests.exchange.processes import Process, free_ports, listens, running

USER, SECRET = guide.KEEPER, "құпия-сөз-7"
KEY_ID, KEY_SECRET = "TAZADISTRICT103200000", "s3-secret-of-the-district"
BUCKET = "taza"


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    name: str
    where: Where
    credential: Credential
    port: int
    folder: Path  # its data, where that is a plain tree of files
    process: Process  # the one that clients talk to
    later: Callable[[], None] = lambda: None  # what it does by itself within an hour or two

    def at(self, port: int) -> Where:
        """The same place through another port, e.g. a bad line."""
        address = self.where.address.replace(f":{self.port}", f":{port}")
        return replace(self.where, address=address)


@contextmanager
def apache(folder: Path, *, tls: bool = False, more: str = "") -> Iterator[Server]:
    """Apache with mod_dav as docs/exchange.md sets it up, on a port of loopback.

    `more` is what an administrator may add behind it.
    """
    (port,) = free_ports(1)
    place = guide.apache_place(folder, SECRET, port, tls=tls)
    config = write_apache(folder, port, place, tls=tls, more=more)
    httpd = shutil.which("apache2") or "/usr/sbin/apache2"
    command: list[str | Path] = [httpd, "-f", config, "-DFOREGROUND"]
    with running(command, folder, lambda: listens(port)) as process:
        address = f"https://localhost:{port}/taza" if tls else f"http://127.0.0.1:{port}/taza"
        authority = (folder / "authority.pem").read_text() if tls else ""
        where = Where("webdav", address, authority=authority)
        yield Server("apache", where, Credential(USER, SECRET), port, folder / "taza", process)


def write_apache(
    folder: Path, port: int, place: Path, *, tls: bool = False, more: str = ""
) -> Path:
    """What a system's own configuration does, without any rights, around the guide's place."""
    (folder / "lock").mkdir()
    modules = "/usr/lib/apache2/modules"
    needed = "mpm_event alias macro authn_core authn_file authz_core authz_user auth_basic dav"
    names = [*needed.split(), "dav_fs", *(["ssl"] if tls else [])]
    lines = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in names)
    text = f"""
        ServerRoot {folder}
        ServerName localhost
        PidFile {folder}/pid
        Listen 127.0.0.1:{port}
        ErrorLog {folder}/error.log
        StartServers 1
        ThreadsPerChild 16
        MinSpareThreads 4
        MaxSpareThreads 16
        MaxRequestWorkers 16
        KeepAliveTimeout 5
        DocumentRoot {folder}/lock
        DavLockDB {folder}/lock/db
        Include {place}
    """
    config = folder / "apache.conf"
    config.write_text(lines + textwrap.dedent(text) + more)
    if os.geteuid() == 0:  # Apache serves as another user then, and that one must reach its files
        config.write_text(config.read_text() + "User www-data\nGroup www-data\n")
        give_to_web(folder)
    return config


def give_to_web(folder: Path) -> None:
    """Everything in the folder to the user that servers of the web run as."""
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "www-data", "www-data")


@contextmanager
def public_folder() -> Iterator[Path]:
    """A new folder that other users may enter, unlike pytest's."""
    with tempfile.TemporaryDirectory(prefix="taza-server-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def make_passwords(file: Path) -> None:
    """One user, as `htpasswd -s` writes it."""
    import base64
    import hashlib

    digest = base64.b64encode(hashlib.sha1(SECRET.encode()).digest()).decode()
    file.write_text(f"{USER}:{{SHA}}{digest}\n", encoding="utf-8")


@contextmanager
def seaweed(folder: Path, *, tls: bool = False) -> Iterator[Server]:
    """SeaweedFS in one process as docs/exchange.md sets it up, on ports of loopback."""
    ports = free_ports(8)
    s3 = ports[3]
    address = f"https://localhost:{s3}" if tls else f"http://127.0.0.1:{s3}"
    start = guide.seaweed_place(folder, SECRET, address, BUCKET, tls=tls)
    weed = Path(sys.executable).with_name("weed")
    guide.write_tool(folder / "bin" / "weed", f'exec {weed} "$@" {_weed_here(ports)}')
    authority = (folder / "authority.pem").read_text() if tls else ""
    where = Where("s3", address, BUCKET, authority=authority)
    credential = Credential(USER, SECRET)
    path = {"PATH": f"{folder}/bin:{os.environ['PATH']}"}
    with running(
        [start], folder, lambda: listens(s3) and makes_bucket(where, credential), path
    ) as process:
        yield Server("seaweedfs", where, credential, s3, folder / "data", process)


def _weed_here(ports: list[int]) -> str:
    """Options that come after the guide's and count instead of them: ports that nobody else has."""
    names = ("master", "volume", "filer", "s3")
    numbers = [f"-{name}.port={port}" for name, port in zip(names, ports, strict=False)]
    grpc = [f"-{name}.port.grpc={port}" for name, port in zip(names, ports[4:], strict=True)]
    small = ["-s3.ip.bind=127.0.0.1", "-master.volumeSizeLimitMB=64", "-volume.max=20"]
    return " ".join([*numbers, *grpc, *small])


def makes_bucket(where: Where, credential: Credential) -> bool:
    """Whether the service is up far enough to make the bucket and to take a file into it."""
    place = S3Place(where, credential, Line())
    with HttpDriver(where.authority) as driver, suppress(Refusal):
        driver.run(place.make_bucket())
        driver.run(place.publish("ready", b"ready"))
        return True
    return False


@contextmanager
def wsgidav(folder: Path) -> Iterator[Server]:
    """wsgidav under cheroot: writes a file in place, so one that broke off shows."""
    (port,) = free_ports(1)
    (folder / "taza").mkdir()
    config = {
        "host": "127.0.0.1",
        "port": port,
        "provider_mapping": {"/taza": str(folder / "taza")},
        "simple_dc": {"user_mapping": {"*": {USER: {"password": SECRET}}}},
        "http_authenticator": {
            "accept_basic": True, "accept_digest": False, "default_to_digest": False,
        },
        "verbose": 1,
        "dir_browser": {"enable": False},
        "property_manager": True,
        "lock_storage": True,
    }  # fmt: skip
    file = folder / "wsgidav.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    command: list[str | Path] = [
        Path(sys.executable).with_name("wsgidav"), "--config", file, "--server", "cheroot",
    ]  # fmt: skip
    with running(command, folder, lambda: listens(port)) as process:
        where = Where("webdav", f"http://127.0.0.1:{port}/taza")
        yield Server("wsgidav", where, Credential(USER, SECRET), port, folder / "taza", process)


@contextmanager
def nginx(folder: Path) -> Iterator[Server]:
    """nginx with dav-ext; it ignores the condition of a PUT."""
    (port,) = free_ports(1)
    (folder / "taza").mkdir()
    make_passwords(folder / "passwords")
    config = folder / "nginx.conf"
    user = "user www-data;" if os.geteuid() == 0 else ""
    temporary = "\n".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config.write_text(
        f"""{user}
load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 128; }}
http {{
    access_log off;
    {temporary}
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        client_max_body_size 300m;
        location /taza/ {{
            auth_basic taza;
            auth_basic_user_file {folder}/passwords;
            dav_methods PUT DELETE MKCOL COPY MOVE;
            dav_ext_methods PROPFIND OPTIONS;
            dav_access user:rw;
        }}
    }}
}}
"""
    )
    if user:
        give_to_web(folder)
    with running(
        ["/usr/sbin/nginx", "-c", config, "-p", folder], folder, lambda: listens(port)
    ) as process:
        where = Where("webdav", f"http://127.0.0.1:{port}/taza")
        yield Server("nginx", where, Credential(USER, SECRET), port, folder / "taza", process)

"""Real servers on loopback, each in a folder and on ports of its own, in a group of its own."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from taza_desktop.errors import Refusal
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.place_s3 import S3Place
from tests.exchange.processes import Process, free_ports, listens, running

USER, SECRET = "d103200000", "құпия-сөз-7"
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

    def at(self, port: int) -> Where:
        """The same place through another port, e.g. a bad line."""
        address = self.where.address.replace(f":{self.port}", f":{port}")
        return replace(self.where, address=address)


@contextmanager
def apache(folder: Path, extra: str = "") -> Iterator[Server]:
    """Apache with mod_dav, as docs/exchange describes it, on a port of loopback."""
    (port,) = free_ports(1)
    config = write_apache(folder, port, extra)
    httpd = shutil.which("apache2") or "/usr/sbin/apache2"
    command: list[str | Path] = [httpd, "-f", config, "-DFOREGROUND"]
    with running(command, folder, lambda: listens(port)) as process:
        where = Where("webdav", f"http://127.0.0.1:{port}/taza")
        yield Server("apache", where, Credential(USER, SECRET), port, folder / "taza", process)


def write_apache(folder: Path, port: int, extra: str = "") -> Path:
    """A configuration that needs no rights; the block in the middle is the documented one."""
    (folder / "taza").mkdir(parents=True)
    (folder / "lock").mkdir()
    modules = "/usr/lib/apache2/modules"
    needed = "mpm_event authn_core authn_file authz_core authz_user auth_basic dav dav_fs"
    lines = "\n".join(
        f"LoadModule {name}_module {modules}/mod_{name}.so" for name in needed.split()
    )
    make_passwords(folder / "passwords")
    text = f"""
        ServerRoot {folder}
        ServerName localhost
        PidFile {folder}/pid
        Listen 127.0.0.1:{port}
        ErrorLog {folder}/error.log
        {{modules}}
        StartServers 1
        ThreadsPerChild 16
        MinSpareThreads 4
        MaxSpareThreads 16
        MaxRequestWorkers 16
        KeepAliveTimeout 5
        DocumentRoot {folder}
        DavLockDB {folder}/lock/db
        <Directory {folder}/taza>
            Dav On
            AuthType Basic
            AuthName taza
            AuthUserFile {folder}/passwords
            Require valid-user
        </Directory>
        {{extra}}
    """
    config = folder / "apache.conf"
    config.write_text(textwrap.dedent(text).format(modules=lines, extra=extra))
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
def seaweed(folder: Path) -> Iterator[Server]:
    """SeaweedFS in one process, with one credential for the bucket."""
    master, volume, filer, s3, *grpc = free_ports(8)
    config = folder / "s3.json"
    key = {"accessKey": KEY_ID, "secretKey": KEY_SECRET}
    allowed = [f"{what}:{BUCKET}" for what in ("Read", "Write", "List", "Admin")]
    users = [{"name": USER, "credentials": [key], "actions": allowed}]
    config.write_text(json.dumps({"identities": users}))
    (folder / "data").mkdir()
    weed = Path(sys.executable).with_name("weed")
    command: list[str | Path] = [
        weed, "server", f"-dir={folder}/data", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        f"-master.port={master}", f"-master.port.grpc={grpc[0]}", "-master.telemetry=false",
        "-master.volumeSizeLimitMB=64", f"-volume.port={volume}", f"-volume.port.grpc={grpc[1]}",
        "-volume.max=20", "-filer", f"-filer.port={filer}", f"-filer.port.grpc={grpc[2]}",
        "-s3", f"-s3.port={s3}", f"-s3.port.grpc={grpc[3]}", f"-s3.config={config}",
        "-s3.port.iceberg=0", "-s3.port.lance=0",
    ]  # fmt: skip
    where = Where("s3", f"http://127.0.0.1:{s3}", BUCKET)
    credential = Credential(KEY_ID, KEY_SECRET)
    with running(
        command, folder, lambda: listens(s3) and makes_bucket(where, credential)
    ) as process:
        yield Server("seaweedfs", where, credential, s3, folder / "data", process)


def makes_bucket(where: Where, credential: Credential) -> bool:
    """Whether the service is up far enough to make the bucket and to take a file into it."""
    place = S3Place(where, credential, Line())
    with HttpDriver() as driver, suppress(Refusal):
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

"""Ceph with its gateway for S3: a monitor, one store in memory, the gateway; about four seconds."""

from __future__ import annotations

import os
import subprocess
import textwrap
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from taza_desktop.exchange.place import Credential, Where
from tests.exchange.processes import Process, free_ports, listens, running
from tests.exchange.servers import BUCKET, KEY_ID, KEY_SECRET, Server, makes_bucket

OWNER = "taza-region"  # the user whose bucket it is
_CAPS = {  # who may do what inside of the cluster
    "mon.": {"mon": "allow *"},
    "client.admin": {"mon": "allow *", "osd": "allow *"},
    "client.rgw": {"mon": "allow rw", "osd": "allow rwx"},
    "osd.0": {"mon": "allow profile osd", "osd": "allow *"},
}
_CONFIG = """
    [global]
    fsid = {fsid}
    mon host = {monitors}
    mon initial members = a
    public addr = 127.0.0.1
    cluster addr = 127.0.0.1
    run dir = {folder}
    admin socket = {folder}/$name.asok
    log file = {folder}/$name.log
    keyring = {folder}/keyring
    mon data = {folder}/mon
    osd data = {folder}/osd
    osd objectstore = memstore
    memstore device bytes = 4294967296
    mon allow pool size one = true
    mon max pg per osd = 1000
    osd pool default size = 1
    osd pool default min size = 1
    osd pool default pg num = 1
    osd pool default pgp num = 1
    osd pool default pg autoscale mode = off
    rgw rados pool pg num min = 1
    osd crush chooseleaf type = 0
    paxos propose interval = 0.05

    [client.rgw]
    rgw frontends = beast endpoint=127.0.0.1:{port}
"""


@contextmanager
def ceph(folder: Path) -> Iterator[Server]:
    """A cluster of one store; the credential is the one of the bucket's owner.

    The folder's path must be short: sockets lie in it, whose names may have 107 characters.
    """
    *monitor, port = free_ports(3)
    where = Where("s3", f"http://127.0.0.1:{port}", BUCKET)
    credential, store = Credential(KEY_ID, KEY_SECRET), str(uuid.uuid4())
    prepare_monitor(folder, monitor, port)
    with ExitStack() as stack:

        def daemon(answers: Callable[[], bool], *command: str) -> Process:
            home = folder / command[0]
            home.mkdir()
            return stack.enter_context(running([*command, "-f"], home, answers, _env(folder)))

        daemon(lambda: listens(monitor[0]), "ceph-mon", "-i", "a")
        ask(folder, "ceph", "osd", "new", store)
        ask(folder, "ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store)
        daemon(lambda: "1 up" in ask(folder, "ceph", "osd", "stat"), "ceph-osd", "-i", "0")
        make_user(folder, OWNER, credential)
        gateway = daemon(
            lambda: listens(port) and makes_bucket(where, credential), "radosgw", "-n", "client.rgw"
        )
        yield Server("ceph", where, credential, port, folder, gateway)


def prepare_monitor(folder: Path, ports: list[int], gateway: int) -> None:
    """The configuration, the keys of all daemons and the monitor's first map."""
    fsid, (v2, v1) = str(uuid.uuid4()), ports
    monitors = f"[v2:127.0.0.1:{v2},v1:127.0.0.1:{v1}]"
    config = _CONFIG.format(fsid=fsid, monitors=monitors, folder=folder, port=gateway)
    (folder / "ceph.conf").write_text(textwrap.dedent(config))
    (folder / "keyring").touch()
    for name, caps in _CAPS.items():
        words = [word for part, may in caps.items() for word in ("--cap", part, may)]
        ask(folder, "ceph-authtool", "keyring", "--gen-key", "-n", name, *words)
    for name in ("mon", "osd"):
        (folder / name).mkdir()
    ask(folder, "monmaptool", "--create", "--fsid", fsid, "--addv", "a", monitors, "monmap")
    ask(folder, "ceph-mon", "--mkfs", "-i", "a", "--monmap", "monmap", "-k", "keyring")


def make_user(folder: Path, name: str, credential: Credential) -> None:
    """A user of the gateway, with the keys that we choose."""
    keys = ("--access-key", credential.user, "--secret-key", credential.secret)
    ask(folder, "radosgw-admin", "user", "create", "--uid", name, "--display-name", name, *keys)


def ask(folder: Path, *command: str) -> str:
    """Run one of Ceph's own commands on the cluster of that folder; what it said."""
    env = {**os.environ, **_env(folder)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def _env(folder: Path) -> dict[str, str]:
    return {"CEPH_CONF": str(folder / "ceph.conf")}

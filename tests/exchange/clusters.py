"""SeaweedFS that keeps two copies: a master, three stores, the file service and the one for S3."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from taza_desktop.exchange.place import Credential, Where
from tests.exchange.processes import Process, free_ports, listens, running
from tests.exchange.servers import BUCKET, KEY_ID, KEY_SECRET, USER, Server, makes_bucket

STORES = 3
_COPIES = "001"  # SeaweedFS's word for one more copy, on another server of the same rack


@dataclass(frozen=True)
class Cluster(Server):
    """A server before several that store; any one of those may be lost."""

    stores: tuple[Process, ...] = ()


@contextmanager
def replicated(folder: Path) -> Iterator[Cluster]:
    """Six processes; every file lies on two of the three stores."""
    ports, inner = free_ports(3 + STORES), free_ports(3 + STORES)  # for people, for each other
    (master, filer, s3, *volumes), (master_in, filer_in, s3_in, *volumes_in) = ports, inner
    at_master, at_filer = f"127.0.0.1:{master}.{master_in}", f"127.0.0.1:{filer}.{filer_in}"
    where, credential = (
        Where("s3", f"http://127.0.0.1:{s3}", BUCKET),
        Credential(KEY_ID, KEY_SECRET),
    )
    with ExitStack() as stack:

        def weed(name: str, answers: Callable[[], bool], *words: str) -> Process:
            home = folder / name
            home.mkdir()
            command = [Path(sys.executable).with_name("weed"), *words]
            return stack.enter_context(running(command, home, answers))

        weed(
            "master",
            lambda: listens(master),
            "master",
            *_at(master, master_in),
            f"-mdir={folder}/master",
            f"-defaultReplication={_COPIES}",
            "-volumeSizeLimitMB=64",
            "-telemetry=false",
        )
        stores = [
            weed(
                f"store{number}",
                lambda port=port: listens(port),
                "volume",
                *_at(port, port_in),
                f"-dir={folder}/store{number}",
                f"-master={at_master}",
                "-max=40",
            )
            for number, (port, port_in) in enumerate(zip(volumes, volumes_in, strict=True))
        ]
        weed(
            "filer",
            lambda: listens(filer),
            "filer",
            *_at(filer, filer_in),
            f"-master={at_master}",
            f"-defaultReplicaPlacement={_COPIES}",
            f"-defaultStoreDir={folder}/filer",
        )
        gateway = weed(
            "s3",
            lambda: listens(s3) and makes_bucket(where, credential),
            "s3",
            f"-port={s3}",
            f"-port.grpc={s3_in}",
            "-ip.bind=127.0.0.1",
            f"-filer={at_filer}",
            f"-config={_users(folder)}",
            "-port.iceberg=0",
            "-port.lance=0",
        )
        yield Cluster(
            "seaweedfs, 2 copies", where, credential, s3, folder, gateway, stores=tuple(stores)
        )


def _at(port: int, inner: int) -> tuple[str, ...]:
    return f"-port={port}", f"-port.grpc={inner}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"


def _users(folder: Path) -> Path:
    """The file that says who may use the bucket."""
    key = {"accessKey": KEY_ID, "secretKey": KEY_SECRET}
    allowed = [f"{what}:{BUCKET}" for what in ("Read", "Write", "List", "Admin")]
    users = [{"name": USER, "credentials": [key], "actions": allowed}]
    (folder / "s3.json").write_text(json.dumps({"identities": users}))
    return folder / "s3.json"

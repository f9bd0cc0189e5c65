"""Whether packages that go and come ever hold the window: its loop at rest, then busy with them.

`python -m tests.bench.exchange_window [trial…] [--trace FILE]`. Each trial is a window of its own
on a register of its own; servers and lines are other processes. Fails when its own thread was
ever busy for longer than a frame, 16 ms, in one go; the rest of a gap is the machine's.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from compileall import compile_dir
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from taza_desktop.exchange.errands import Errands
from taza_desktop.exchange.layout import Lane
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.places import put_place
from taza_desktop.exchange.requests import Steps
from taza_desktop.exchange.session import Session
from taza_desktop.packages import keys
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.register import Register
from taza_desktop.ui.exchange_packing import put_on_the_way
from tests.bench.key_store import SAID
from tests.bench.loop_watch import share
from tests.exchange import servers
from tests.exchange.lines import remote_line
from tests.exchange.servers import Server
from tests.packages.kit import PASSPHRASE, Plain
from tests.ui.offices.world import ALGA, GOOD, REGION, ROUND, World, key, make_world

KB, MB = 1024, 1024 * 1024
FRAME = 16.0  # ms
PHOTO = 5 * MB
PLAN = load_plan()
CHILD = "tests.bench.exchange_window_child"
STARTS = {
    "WebDAV": servers.apache,
    "WebDAV, TLS": partial(servers.apache, tls=True),
    "S3": servers.seaweed,
}


@dataclass(frozen=True)
class Trial:
    """What there is to do for the window.

    Attributes:
        page: the one in front.
        make: puts it into the register and at the place.
        came: packages that have to come.
    """

    name: str
    place: str
    page: str
    make: Callable[[World, Server], None]
    came: int = 0
    does: dict[str, object] = field(default_factory=dict)


def with_photos(world: World, size: int) -> None:
    """The clerk queues a package with photos of that size, which do not shrink."""
    world.enters(GOOD)
    with Register.open(world.clerk()) as register:
        for number in range(max(1, size // PHOTO)):
            noise = random.Random(number).randbytes(min(size, PHOTO))
            held = register.attach(b"%PDF-1.4\n" + noise + b"\n%%EOF\n", "act.pdf")
            register.add_entry(key(), "plantings", {"place": ALGA, "planted": 1, "photo": held})
        _sign(register)


def _sign(register: Register) -> None:
    put_on_the_way(register, lambda folder: export(register, PLAN, ROUND, folder, PASSPHRASE))


def to_send(world: World, _server: Server, size: int) -> None:
    with_photos(world, size)


def to_fetch(world: World, server: Server, size: int) -> None:
    with_photos(world, size)
    _carry(world, server)


def many_to_fetch(world: World, server: Server, count: int) -> None:
    """As many packages of one clerk, each a little further."""
    for number in range(count):
        world.enters({**GOOD, "planted": 1000 + number})
        with Register.open(world.clerk()) as register:
            _sign(register)
    _carry(world, server)


def _carry(world: World, server: Server) -> None:
    """The clerk's packages to the place, before anything is measured."""
    with Register.open(world.clerk()) as register:
        put_place(register, REGION, server.where)
        session = Session(recall=lambda _: server.credential)
        with Errands(register, PLAN, session) as errands:
            refusals = [refusal for _load, refusal in errands.send()]
        assert not any(refusals), refusals


def to_list(world: World, server: Server, count: int) -> None:
    """So many packages that the region knows already."""
    lane = Lane(REGION, ALGA, "up")
    names = [f"{lane.folder}/2024/{at:06}-{at:016x}.taza" for at in range(1, count + 1)]
    if server.where.kind == "webdav":
        (folder := server.folder / f"{lane.folder}/2024").mkdir(parents=True)
        for name in names:
            (folder / name.rpartition("/")[2]).write_bytes(b"x")
        servers.give_to_web(server.folder)
    else:
        session = Session(recall=lambda _: server.credential)
        with Register.open(world.region) as register:
            errands = Errands(register, PLAN, session)
            place = session.place(server.where)
            errands._run(server.where, _put_all(place, names))
            errands.close()
    with Register.open(world.region) as register, register.transaction():
        rows = [(name, at) for at, name in enumerate(names, 1)]
        register.db.executemany(
            "INSERT INTO arrivals (path, size, state, package, signer, serial, seq, at, code, text,"
            " data) VALUES (?, 1, 'merged', '', '', '', ?, '', '', '', x'')",
            rows,
        )


def _put_all(place: object, names: list[str]) -> Steps[None]:
    """Tiny files under these names, several abreast."""
    waiting = [place.put(name, b"x") for name in names]  # pyright: ignore
    flying = [waiting.pop() for _ in range(6)]
    finished = yield flying
    left = len(names) - 1
    while left:
        assert finished.response.good, finished.response
        finished = yield ([waiting.pop()] if waiting else [])
        left -= 1


TRIALS = (
    Trial("send 5 MB", "WebDAV", "outbox", partial(to_send, size=5 * MB)),
    Trial("send 5 MB", "WebDAV, TLS", "outbox", partial(to_send, size=5 * MB)),
    Trial("send 5 MB", "S3", "outbox", partial(to_send, size=5 * MB)),
    Trial(
        "send 5 MB, breaks every 100 KB", "WebDAV", "outbox", partial(to_send, size=5 * MB),
        does={"drop_every": 100 * KB},
    ),
    Trial("send 50 MB", "WebDAV", "outbox", partial(to_send, size=50 * MB)),
    Trial("send 50 MB", "S3", "outbox", partial(to_send, size=50 * MB)),
    Trial("fetch 5 MB", "WebDAV", "board", partial(to_fetch, size=5 * MB), came=1),
    Trial("fetch 5 MB", "S3", "board", partial(to_fetch, size=5 * MB), came=1),
    Trial("fetch 50 MB", "WebDAV", "board", partial(to_fetch, size=50 * MB), came=1),
    Trial("fetch 50 MB", "S3", "board", partial(to_fetch, size=50 * MB), came=1),
    Trial("list 3,000 names", "WebDAV", "board", partial(to_list, count=3_000)),
    Trial("list 10,000 names", "S3", "board", partial(to_list, count=10_000)),
    Trial("40 packages arrive", "WebDAV", "board", partial(many_to_fetch, count=40), came=40),
)  # fmt: skip


def run(trial: Trial, trace: str) -> bool:
    """One trial, as a line of the table; whether the frame was kept."""
    with ExitStack() as stack:
        folder = stack.enter_context(servers.public_folder())
        server = stack.enter_context(STARTS[trial.place](folder))
        own = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        world = make_world(own)
        trial.make(world, server)
        where = server.where
        if trial.does:
            line = stack.enter_context(remote_line(server.port, **trial.does))
            where = server.at(line.port)
        register = world.clerk() if trial.page == "outbox" else world.region
        told = watched(trial, register, where, server, own, trace)
    return _tell(trial, told)


def watched(
    trial: Trial, register: Path, where: Where, server: Server, own: Path, trace: str
) -> dict[str, list[list[float]]]:
    """What the window in its own process went through."""
    who = server.credential
    env = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "TAZA_HOME": str(own / "home"),
        "PYTHON_KEYRING_BACKEND": "tests.bench.key_store.Store",
        SAID: json.dumps([who.user, who.secret]),
    }
    words = [str(register), trial.page, REGION, where.to_json(), str(trial.came)]
    ran = subprocess.run(
        [sys.executable, "-m", CHILD, *words, *([trace] if trace else [])],
        capture_output=True, text=True, env=env, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout.splitlines()[-1])


def _tell(trial: Trial, told: dict[str, list[list[float]]]) -> bool:
    cells = [f"{trial.name}, {trial.place}"]
    for what in ("rest", "busy"):
        for values in told[what]:
            cells += [f"{share(values, 0.999):.1f}", f"{max(values):.1f}"]
    kept = max(told["busy"][1]) <= FRAME and not told["faults"]
    cells.append("kept" if kept else f"NOT KEPT {told['faults'] or ''}")
    print("| " + " | ".join(cells) + " |", flush=True)
    return kept


def main() -> int:
    """A table; 1 when the window was held by any trial."""
    compile_dir("taza_desktop", quiet=2)  # as an installed program is
    keys.Age = Plain  # what scrypt costs on purpose is not what is measured
    words = sys.argv[1:]
    trace = words.pop(words.index("--trace") + 1) if "--trace" in words else ""
    wanted = [word for word in words if not word.startswith("--")]
    print("| | at rest: gap 99.9 % | largest | own work 99.9 % | largest", end="")
    print(" | busy: gap 99.9 % | largest | own work 99.9 % | largest | |\n|" + "---|" * 10)
    kept = [
        run(trial, trace)
        for trial in TRIALS
        if not wanted or any(word in f"{trial.name}, {trial.place}" for word in wanted)
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())

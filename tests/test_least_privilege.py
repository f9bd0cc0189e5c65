"""The program takes no more than it needs: no network, no shell, no code out of data."""

from __future__ import annotations

import ast
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import Sample, new_sample

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for path in sorted((ROOT / "taza_desktop").rglob("*.py"))
    if "generated" not in path.relative_to(ROOT).parts
]
CALLS = {"eval", "exec", "compile", "__import__", "execfile", "input", "breakpoint"}
OF_OS = {
    "system",
    "popen",
    "startfile",
    "execv",
    "execve",
    "execvp",
    "spawnv",
    "posix_spawn",
    "fork",
}
MODULES = {"pickle", "marshal", "shelve", "dill", "subprocess", "pty", "ctypes", "code", "yaml"}
NETWORK = {
    "socket", "ssl", "http", "urllib", "ftplib", "smtplib", "socketserver", "asyncio", "webbrowser",
    "websocket", "requests", "httpx", "aiohttp", "boto3",
}  # fmt: skip
MAY = {  # module of ours: what it needs of those, and for what
    "packages/ncalayer.py": {
        "ssl",
        "urllib",
        "websocket",
    },  # the other program on this PC, when asked
    # where packages meet, when somebody named a place: addresses, and the line itself
    "exchange/connections.py": {"http", "ssl", "urllib"},
    "exchange/conversation.py": {"http", "socket", "ssl", "urllib"},
    **{
        f"exchange/{name}.py": {"urllib"}
        for name in (
            "driver_folder",
            "faults",
            "place",
            "place_http",
            "place_s3",
            "place_webdav",
            "signing",
        )
    },
    "packages/signature.py": {"asyncio"},  # pyHanko's calls want a loop; nothing is connected
}


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules that a source imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def called(tree: ast.AST) -> Iterator[str]:
    """The names that a source calls: `eval`, `os.system`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                yield f"{node.func.value.id}.{node.func.attr}"


def beyond(path: Path) -> set[str]:
    """What a source calls or imports and has no leave for."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    forbidden = CALLS | {f"os.{name}" for name in OF_OS}
    allowed = MAY.get(path.relative_to(ROOT / "taza_desktop").as_posix(), set[str]())
    return (forbidden & set(called(tree))) | ((MODULES | NETWORK) & set(imported(tree))) - allowed


def test_no_source_runs_text_as_code_starts_a_program_or_reaches_for_the_network() -> None:
    assert len(SOURCES) > 100
    assert {path.name: found for path in SOURCES if (found := beyond(path))} == {}


def test_no_leave_is_given_for_nothing() -> None:
    for name, allowed in MAY.items():
        tree = ast.parse((ROOT / "taza_desktop" / name).read_text(encoding="utf-8"))
        assert allowed <= set(imported(tree))


WATCHED = """
import sys
seen = []
def watch(event, arguments):
    if event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto",
                 "urllib.Request", "http.client.connect", "subprocess.Popen", "os.system",
                 "os.exec", "os.posix_spawn", "os.startfile", "webbrowser.open"}:
        seen.append([event, repr(arguments)[:200]])
sys.addaudithook(watch)
"""
VERIFY = """
import json
from pathlib import Path
from taza_desktop.packages import read
from tests.packages.kit import one_form
folder = Path(sys.argv[1])
read.verify(folder / "x.taza", (folder / "trust.pem").read_bytes(), one_form())
print(json.dumps({"seen": seen}))
"""
START = """
import json, os, runpy
from tests.bench import first_paint
def tell():
    mapped = Path("/proc/self/maps").read_text()
    print(json.dumps({"seen": seen, "qt": "Qt6Network" in mapped}), flush=True)
    os._exit(0)
first_paint.tell = tell
from pathlib import Path
first_paint.window(sys.argv[1])
"""
CONNECT = """
import json, socket
try:
    socket.create_connection(("127.0.0.1", 9), 0.1)
except OSError:
    pass
print(json.dumps({"seen": seen}))
"""


def watched(program: str, *arguments: Path) -> dict[str, object]:
    """What a program says that ran under watch."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + program, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=120,
    )
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return said


@pytest.fixture(scope="module")
def sample() -> Sample:
    return new_sample()


def test_the_watch_sees_a_connection() -> None:
    assert watched(CONNECT)["seen"]


def test_reading_a_package_asks_nobody(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "x.taza").write_bytes(sample.good())
    (tmp_path / "trust.pem").write_bytes(sample.authority.trust)
    assert watched(VERIFY, tmp_path) == {"seen": []}


def test_a_start_of_the_window_asks_nobody(tmp_path: Path) -> None:
    file = tmp_path / "one.taza-register"
    Register.create(file, Office("clerk", "103200000", "Айгүл")).close()
    assert watched(START, file) == {"seen": [], "qt": False}


def test_what_the_program_writes_is_for_its_user_alone(tmp_path: Path) -> None:
    file, folder = tmp_path / "own" / "one.taza-register", tmp_path / "own"
    folder.mkdir(mode=0o755)
    whose = ("--role", "region", "--territory", "100000000", "--name", "Ерлан")
    for command in (
        ("register", "new", str(file), *whose),
        ("request", str(file), "--out", str(folder / "asked.pem")),
        (
            "report",
            str(file),
            "--round",
            "2024",
            "--lang",
            "kk",
            "--format",
            "docx",
            "--out",
            str(folder / "x.docx"),
        ),
    ):
        subprocess.run(
            [sys.executable, "-m", "taza_desktop", *command],
            cwd=ROOT,
            umask=0o022,
            check=True,
            env={
                **os.environ,
                "TAZA_PASSPHRASE": "құпия сөз ұзын",
                "TAZA_HOME": str(folder / "home"),
            },
        )
    made = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in made} >= {".taza-register", ".pem", ".docx"}
    assert {oct(stat.S_IMODE(path.stat().st_mode)) for path in made} == {"0o600"}

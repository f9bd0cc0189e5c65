"""The administrators' guide as the tests use it: its blocks of commands, by name.

A block is named in a comment before its fence, `<!-- run: name -->`; one that cannot be run here
says why instead, `<!-- not run: reason -->`.
"""

from __future__ import annotations

import os
import pwd
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDES = {
    lang: ROOT / "docs" / name
    for lang, name in (("en", "exchange.md"), ("kk", "exchange.kk.md"), ("ru", "exchange.ru.md"))
}
REGION, DISTRICTS = "550000000", ("551000000", "553200000")
KEEPER = "keeper"
_PATIENCE = 600.0  # seconds; a Nextcloud on a busy machine takes minutes
_PLAIN = {"SEAWEED_TLS": ""}
_FENCED = re.compile(r"(?:<!-- (run|not run): ([^\n]*) -->\n)?```(\w*)\n(.*?)^```$", re.S | re.M)
_VALUE = r"""(?m)^{name}=("[^"]*"|\S+)"""


@dataclass(frozen=True)
class Block:
    """Commands or an answer between two fences; `name` is the reason when it is not run."""

    runs: bool
    name: str
    language: str
    text: str


def blocks(lang: str = "en") -> list[Block]:
    """Every fenced block of a guide, in order."""
    text = GUIDES[lang].read_text(encoding="utf-8")
    found = _FENCED.finditer(text)
    return [Block(one[1] == "run", one[2] or "", one[3], one[4]) for one in found]


def commands(*names: str) -> str:
    """The text of the blocks with these names, one after another."""
    known = {one.name: one.text for one in blocks() if one.runs}
    return "\n".join(known[name] for name in names)


def filled(name: str, values: Mapping[str, object]) -> str:
    """A block of values as an administrator would have filled it in; each value is named there."""
    text = commands(name)
    for key, value in values.items():
        text, count = re.subn(
            _VALUE.format(name=key), lambda _, k=key, v=value: f"{k}={shlex.quote(str(v))}", text
        )
        assert count == 1, f"{key} stands {count} times in {name}"
    return text


def run(script: str, folder: Path, more: Mapping[str, str] | None = None) -> str:
    """Run commands of the guide in one shell; returns what they print.

    `taza-desktop` is this program; `folder/bin` may hold other stand-ins.
    """
    tools = folder / "bin"
    tools.mkdir(exist_ok=True)
    write_tool(tools / "taza-desktop", f'exec {shlex.quote(sys.executable)} -m taza_desktop "$@"')
    paths = (str(tools), str(ROOT), os.environ.get("PYTHONPATH", ""))
    env = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "TAZA_LANG": "en"}
    env |= {"PYTHONPATH": os.pathsep.join(filter(None, paths[1:])), **(more or {})}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder, env=env, capture_output=True, text=True, timeout=_PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    return done.stdout


def write_tool(file: Path, script: str) -> None:
    """A command of the tests' own that stands before the system's."""
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def apache_place(folder: Path, secret: str, port: int, *, tls: bool = False) -> Path:
    """Folders and files that the guide makes for Apache; returns what Apache has to include."""
    make_offices(folder, secret)
    (folder / "sites-available").mkdir()
    filling = {"PLACE": folder / "taza", "CONF": folder, "WEB": web_user(), "PORT": port}
    script = values(folder) + filled("apache-values", filling)
    names = ["passwords", "apache-folders", "apache-passwords", "apache-place"]
    run(script + commands(*names, *(["certificate", "apache-site"] if tls else [])), folder)
    return folder / ("sites-available/taza.conf" if tls else "taza-place.conf")


def seaweed_place(
    folder: Path, secret: str, address: str, bucket: str, *, tls: bool = False
) -> Path:
    """What the guide makes for SeaweedFS; returns the script that starts it."""
    make_offices(folder, secret)
    filling = {"DATA": folder / "data", "BUCKET": bucket, "S3": address}
    script = values(folder) + filled("seaweed-values", filling if tls else {**filling, **_PLAIN})
    names = ["passwords", "seaweed-rights", "seaweed-users", "seaweed-start"]
    run(script + commands(*(["certificate"] if tls else []), *names), folder)
    return folder / "taza-seaweed"


def make_offices(folder: Path, secret: str) -> None:
    """The lists of the guide for a small region; the keeper has the password of the tests."""
    (folder / f"below-{REGION}").write_text("".join(f"{code}\n" for code in DISTRICTS))
    (folder / "secrets").mkdir(mode=0o700)
    (folder / "secrets" / KEEPER).write_text(secret, encoding="utf-8")
    (folder / "secrets" / KEEPER).chmod(0o600)


def web_user() -> str:
    """As whom a server of the web works here: never as root."""
    return "www-data" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def values(folder: Path) -> str:
    """The values that every part of the guide needs, and the folder to be in."""
    return filled("values", {"REGION": REGION, "HOST": "localhost", "WORK": folder}) + (
        f"cd {shlex.quote(str(folder))}\n"
    )


def table(name: str, lang: str) -> list[list[str]]:
    """The rows of a table that a comment before it names, `<!-- table: name -->`."""
    text = GUIDES[lang].read_text(encoding="utf-8")
    _head, _line, *rows = text.split(f"<!-- table: {name} -->\n")[1].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]

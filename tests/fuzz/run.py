"""All targets in turns for some minutes: `python -m tests.fuzz.run --minutes 10 [TARGET…]`.

Inputs that reach new code stay in build/fuzz/corpus and are taken up again the next time; what
made a target fail lies in build/fuzz/findings. `--keep` puts the fewest inputs that cover the same
into tests/fuzz/corpus, a line of base64 each; `make test` runs them. A finding is put there by
hand, as a file with a telling name in the folder of its target.
"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.targets import CORPUS, TARGETS, kept, seeds

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "fuzz"
MOST = 24_000  # bytes that are kept of one target, the shortest inputs first
OPTIONS = ("-max_len=65536", "-timeout=20", "-rss_limit_mb=3000", "-print_final_stats=1")


class Done(NamedTuple):
    """What became of one target."""

    name: str
    executions: int
    covered: int
    findings: list[Path]


def fuzz(name: str, seconds: int) -> Done:
    """Run a target for so long, or until something escapes."""
    corpus, findings = WORK / "corpus" / name, WORK / "findings" / name
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in (*seeds(name), *kept(name)):
        (corpus / sha256(seed).hexdigest()[:16]).write_bytes(seed)
    said = _libfuzzer(name, f"-max_total_time={seconds}", f"-artifact_prefix={findings}/", corpus)
    (WORK / f"{name}.log").write_text(said, encoding="utf-8")
    ran = re.search(r"number_of_executed_units: (\d+)|Done (\d+) runs", said)
    covered = re.findall(r"cov: (\d+)", said)
    return Done(
        name,
        int(next(filter(None, ran.groups()))) if ran else 0,
        int(covered[-1]) if covered else 0,
        sorted(findings.iterdir()),
    )


def keep(name: str) -> None:
    """Replace the kept inputs by the fewest small ones that reach the same code."""
    chosen = WORK / "chosen" / name
    shutil.rmtree(chosen, ignore_errors=True)
    chosen.mkdir(parents=True)
    _libfuzzer(name, "-merge=1", chosen, WORK / "corpus" / name)
    found = sorted((one.read_bytes() for one in chosen.iterdir()), key=len)
    sums = accumulate(map(len, found))
    lines = [
        b64encode(one).decode() for one, so_far in zip(found, sums, strict=True) if so_far <= MOST
    ]
    (CORPUS / f"{name}.b64").write_text("\n".join([*sorted(lines), ""]), encoding="ascii")


def _libfuzzer(name: str, *arguments: str | Path) -> str:
    """Run it as a program of its own, for merging starts itself again by its first argument."""
    program = WORK / f"fuzz-{name}"
    python = shlex.join([sys.executable, "-W", "ignore", "-m", "tests.fuzz.one", name])
    program.write_text(f'#!/bin/sh\nexec {python} "$0" "$@"\n', encoding="utf-8")
    program.chmod(0o700)
    command = [str(program), *OPTIONS, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def main() -> int:
    """1 when something was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--keep", action="store_true")
    asked.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    given = asked.parse_args()
    names = given.targets or list(TARGETS)
    if strange := set(names) - TARGETS.keys():
        asked.error(f"no such target: {', '.join(sorted(strange))}")
    found = 0
    for name in names:
        done = fuzz(name, max(1, round(given.minutes * 60 / len(names))))
        found += len(done.findings)
        print(f"{name:12} {done.executions:10,} runs, {done.covered:6,} edges", flush=True)
        for finding in done.findings:
            print(f"             found: {finding}", flush=True)
        if given.keep:
            keep(name)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

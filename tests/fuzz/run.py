"""All targets in turns for some minutes: `python -m tests.fuzz.run --minutes 10 [TARGET…]`.

Inputs that reach new code stay in build/fuzz/corpus and are taken up again the next time; what
made a target fail lies in build/fuzz/findings. `--keep` copies the fewest inputs that cover the
same into tests/fuzz/corpus, which `make test` runs.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.targets import TARGETS, seeds

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "fuzz"
KEPT = Path(__file__).parent / "corpus"
LARGEST = 4096  # bytes of an input that is kept
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
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    more = [KEPT / name] if (KEPT / name).is_dir() else []
    said = _libfuzzer(
        name, f"-max_total_time={seconds}", f"-artifact_prefix={findings}/", corpus, *more
    )
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
    (KEPT / name).mkdir(parents=True, exist_ok=True)
    chosen = WORK / "chosen" / name
    chosen.mkdir(parents=True, exist_ok=True)
    _libfuzzer(name, "-merge=1", chosen, WORK / "corpus" / name, KEPT / name)
    for old in (KEPT / name).glob("[0-9a-f]*"):
        old.unlink()
    for one in sorted(chosen.iterdir()):
        if one.stat().st_size <= LARGEST and not one.name.startswith("seed-"):
            (KEPT / name / one.name[:12]).write_bytes(one.read_bytes())


def _libfuzzer(name: str, *arguments: str | Path) -> str:
    command = [sys.executable, "-m", "tests.fuzz.one", name, *OPTIONS, *map(str, arguments)]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True)
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

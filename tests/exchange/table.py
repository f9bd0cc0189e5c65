"""The table of servers and faults, measured: docs/exchange-trials.md.

Usage: python -m tests.exchange.table FILE [SERVER …]

What was measured is kept in build/exchange-trials.json, so that one server may be measured again.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from tests.exchange.clusters_all import KINDS, Kind
from tests.exchange.servers import public_folder
from tests.exchange.trials import LONG, STORES, TRIALS, Outcome, run_trial, trials_of

KEPT = Path("build/exchange-trials.json")
Row = dict[str, Outcome]  # by the name of the trial
_HEAD = """\
# Exchange on real servers · Алмасу сынақтары · Испытания обмена

One package goes over a bad line to a real server; somebody else reads it back. Then it is counted
what is **lost** (cannot be read) and what is **doubled** (is seen twice).
Пакет жоғалмайды, екі рет көрінбейді. · Пакет не теряется и не виден дважды.

Measured by `make exchange-table` on {day}, all servers on loopback: {versions}.

Each cell: lost / doubled · bytes sent ÷ size · seconds of sending, on a PC with {cores} processors
that had other work too. With 3 KB the heads of the requests, and the first making of folders, weigh
as much as the package. Two PCs send twice the size by intention. A package that has not arrived
after 15 minutes counts as lost.

"""
_NOTES = """
## What the rows mean

* *breaks every …*: the connection is reset after so many bytes; *all connections*: they are counted
  together and break together.
* *answers are lost*: the server has done it, the answer is cut off; *never come*: nothing is cut
  off either, and the program waits until its patience ends (0.9 s here, 15 s as shipped; with
  Nextcloud 3 s).
* *black hole*: everything is swallowed. *half open*: what is under way is never answered and never
  closed, on either side; new connections work.
* *killed at half*: the program ends without a word and begins anew, with no memory but what lies
  at the place.
* *server killed*: `SIGKILL` to all of its processes while a part arrives, then started again. For
  Ceph this is the gateway. *stores killed*: one of the three that hold two copies of everything,
  for two seconds, then another one.
* *300 ms* and *64 kbit/s* run with the patience that is shipped.

## What was learned

* Nextcloud locks a name while it is written. A server that was killed leaves the lock behind, for
  an hour, until its scheduled jobs open it (`filelocking.ttl`; a second in this table). Parts of a
  package then go under other names at once; a part that had arrived whole can be read after that
  hour. So the scheduled jobs of a Nextcloud must run.
* Nextcloud takes a tenth of a second and more for every request, however small. Small packages lose
  more at the first breaks, as several parts are under way at once; a line that breaks often costs
  much more time there than elsewhere. Nothing is lost by that: a first try of 5 MB with a break
  every 100 KB had not arrived after 400 seconds (4 MB of it lay there); with 15 minutes it did.
* Nothing is asked of a server that one of these does not give: no conditional PUT, no lock, no
  multipart upload.
"""


def measure(kind: Kind) -> Row:
    """All trials on one server."""
    with public_folder() as folder, kind.start(folder) as server:
        row: Row = {}
        for trial in trials_of(server):
            row[trial.name] = outcome = run_trial(server, trial)
            print(f"{kind.title}: {trial.name}: {cell(outcome)}", flush=True)
        return row


def cell(outcome: Outcome | None) -> str:
    """One cell of the table; what cannot happen to a server is a dash."""
    if outcome is None:
        return "–"
    return f"{outcome.lost} / {outcome.doubled} · {outcome.ratio:.2f} · {outcome.seconds:.1f} s"


def write(rows: dict[str, Row]) -> str:
    """The page."""
    titles = [KINDS[name].title for name in rows]
    versions = " · ".join(f"{KINDS[name].title} {KINDS[name].version()}" for name in rows)
    lines = [f"| | {' | '.join(titles)} |", "|---|" + "---|" * len(rows)]
    for trial in (*TRIALS, *LONG, *STORES):
        cells = " | ".join(cell(row.get(trial.name)) for row in rows.values())
        lines.append(f"| {trial.name} | {cells} |")
    lost, doubled = losses(rows)
    trials = sum(len(row) for row in rows.values())
    total = f"\n{trials} trials on {len(rows)} servers: **lost {lost}, doubled {doubled}**.\n"
    head = _HEAD.format(day=date.today().isoformat(), versions=versions, cores=os.cpu_count())
    return head + "\n".join(lines) + "\n" + total + _NOTES


def losses(rows: dict[str, Row]) -> tuple[int, int]:
    """Packages that were lost, packages that were doubled."""
    outcomes = [outcome for row in rows.values() for outcome in row.values()]
    return sum(one.lost for one in outcomes), sum(one.doubled for one in outcomes)


def kept() -> dict[str, Row]:
    """What was measured before, of servers that are here."""
    said = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    return {
        name: {trial: Outcome(**outcome) for trial, outcome in said[name].items()}
        for name in KINDS
        if name in said
    }


def main() -> int:
    """1 when anything was lost or doubled."""
    file, *asked = sys.argv[1:]
    rows = kept() if asked else {}
    rows |= {name: measure(KINDS[name]) for name in asked or KINDS}
    rows = {name: rows[name] for name in KINDS if name in rows}
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(
        json.dumps({n: {t: asdict(one) for t, one in row.items()} for n, row in rows.items()})
    )
    Path(file).write_text(write(rows), encoding="utf-8")
    return int(losses(rows) != (0, 0))


if __name__ == "__main__":
    sys.exit(main())

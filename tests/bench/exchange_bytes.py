"""What a figure costs on the line: bytes of packages without photos ÷ the cells that they carry.

`python -m tests.bench.exchange_bytes [FOLDER]`: the demo (made anew, or as it lies in FOLDER), and
the whole round of one district, its forms filled in by machine. A package costs about 3 KB whatever
is in it: signature, certificate, manifest, description, zip. So an average says as much about how
few figures there are as about the format; both are told. Fails when the round costs more than
`MOST` a figure, or when that takes more than `ENOUGH` figures.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from taza_desktop.demo import example
from taza_desktop.packages import container, credentials
from taza_desktop.packages.write import export
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import Plain, cheap, enrolled
from tests.plan.examples import DISTRICT, PLAN, REGION, examples

MOST = 40  # bytes a figure
ENOUGH = 100  # figures of a package, from which on it costs no more than that
ROUND = Round.parse("2024")
TABLES = (container.RECORDS, container.PACKAGES)


class Cost(NamedTuple):
    """One package or several: all bytes, those of the packed rows, the cells in them."""

    whole: int
    rows: int
    figures: int

    @property
    def fixed(self) -> int:
        """Everything but the rows."""
        return self.whole - self.rows


def cost(path: Path) -> Cost:
    """What a package on the disk costs."""
    data = path.read_bytes()
    box = container.Container(data, path.name)
    packed = sum(box.entries[name].packed for name in TABLES if name in box.entries)
    header, *rows = (json.loads(line) for line in box.read(container.RECORDS).splitlines())
    cells = {cell for row in rows for cell in _cells(dict(zip(header, row, strict=True)))}
    return Cost(len(data), packed, len(cells))


def _cells(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The figures that a revision wrote; marks beside them, and what it blanked, are none."""
    for name, value in row["changes"].items():
        if ":" not in name and value is not None:
            yield row["record"], name


def of_demo(folder: Path) -> list[Cost]:
    """Every submission of the demo, which has no photos."""
    if not folder.exists():
        example.make(folder, "kk", Plain())
    found = [cost(path) for path in sorted((folder / "packages").glob("*.taza"))]
    assert found, f"no package in {folder}"
    return found


def whole_round(folder: Path) -> Cost:
    """The round of a district with the forms that a machine can fill in without a mistake."""
    secret = cheap()
    with (
        Register.create(folder / "region", Office("region", REGION, "Ерлан Қасымұлы")) as region,
        Register.create(folder / "clerk", Office("clerk", DISTRICT, "Айгүл Сейітқызы")) as clerk,
    ):
        credentials.create_authority(region, secret)
        enrolled(clerk, region, secret)
        for sheet in _sheets():
            clerk.put_sheet(sheet)
        return cost(export(clerk, PLAN, ROUND, folder, secret, attachments=False).path)


def _sheets() -> Iterator[Sheet]:
    """The first example of each form, as if this district had filled it in for this round."""
    for measure in PLAN.form_numbers():
        sheet = examples(measure)[0]
        yield Sheet(SheetKey(measure, DISTRICT, ROUND.code), sheet.cells, sheet.entries)


def _tell(name: str, costs: Sequence[Cost]) -> float:
    """A line of the table; returns from how many figures on a package costs no more than MOST."""
    whole, rows, figures = (sum(column) for column in zip(*costs, strict=True))
    fixed = (whole - rows) / len(costs)
    more = rows / figures
    enough = fixed / (MOST - more) if more < MOST else float("inf")
    cells = (
        name, len(costs), f"{whole:,}", f"{figures:,}", f"{whole / figures:.1f}",
        f"{fixed:,.0f}", f"{more:.1f}", f"{enough:.0f}",
    )  # fmt: skip
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    return enough


def main() -> int:
    """A table; 1 when a whole round costs too much."""
    print("| | packages | bytes | figures | bytes a figure | fixed bytes a package", end="")
    print(f" | rows, bytes a figure | at most {MOST} from so many figures |\n|" + "---|" * 8)
    with tempfile.TemporaryDirectory() as own:
        demo = of_demo(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(own) / "demo")
        _tell("the demo", demo)
        _tell("its package with most figures", [max(demo, key=lambda one: one.figures)])
        district = whole_round(Path(own))
        enough = _tell("a district's whole round", [district])
    kept = district.whole <= MOST * district.figures and enough <= ENOUGH
    print(
        f"asked: {MOST} for a whole round, from {ENOUGH} figures on: {'' if kept else 'NOT '}kept"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

"""Commands that tell what happened: packages in and out, and every value that a cell had."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import (
    FILE,
    Call,
    RoundType,
    json_option,
    pass_call,
    plain,
    round_option,
)
from taza_desktop.cli.review import measure_option, territory_option
from taza_desktop.merging.journal import Event
from taza_desktop.merging.journal import journal as happened
from taza_desktop.merging.withdrawals import withdrawal
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_cells import review_of
from taza_desktop.register.shelf import StoredPackage


@click.command()
@click.argument("file", type=FILE)
@click.option("--round", "round_", type=RoundType(), help="Only this round.")
@click.option("--packages", is_flag=True, help="The packages themselves, those passed on too.")
@json_option
@pass_call
def journal(call: Call, file: Path, round_: Round | None, packages: bool) -> None:
    """What happened, the latest first: sent, merged, undone, merged again, settled, accepted,
    returned, unlocked, answered; by whom and why."""
    if packages:
        _list_packages(call, file, round_)
        return
    with Register.open(file) as register:
        events = happened(register, round_.code if round_ else None)
    call.listed([_event(one) for one in events], _told)


def _list_packages(call: Call, file: Path, round_: Round | None) -> None:
    """Every package that came, went or was passed on, the earliest first, and what was undone."""
    with Register.open(file) as register:
        found = [*register.packages(), *register.packages("via")]
        rows = [
            _package(register, one)
            for one in sorted(found, key=lambda one: one.at)
            if round_ is None or one.envelope.round == round_.code
        ]
    call.listed(rows, _line)


@click.command()
@click.argument("file", type=FILE)
@round_option
@territory_option
@measure_option
@click.option("--entry", default="", help="Id of a row; without it a cell of the sheet.")
@click.option("--review", "of_review", is_flag=True, help="A cell of what is said about the sheet.")
@click.argument("cell")
@json_option
@pass_call
def history(
    call: Call,
    file: Path,
    round_: Round,
    territory: str,
    measure: int,
    entry: str,
    of_review: bool,
    cell: str,
) -> None:
    """Every value that a cell ever had, the latest first: who, when, from which package.

    `verified` is own (entered here), checked (the signature of its package was checked here) or
    told (by the word of the package `told_by`); what no longer `counts` was taken back.
    """
    key = SheetKey(measure, load_plan().territories[territory].kato, round_.code)
    with Register.open(file) as register:
        record = review_of(key).id.hex() if of_review else entry
        found = register.history(key, cell, record)
    rows: list[dict[str, object]] = [{**one._asdict(), "verified": one.verified} for one in found]
    call.listed(rows, lambda row: f"{row['made']} {row['author']}: {row['value']}")


def _event(event: Event) -> dict[str, object]:
    return {**event._asdict(), "sheet": event.sheet._asdict() if event.sheet else None}


def _told(row: dict[str, object]) -> str:
    told = (row[name] for name in ("at", "deed", "who", "package", "cell", "reason"))
    return " ".join(str(one) for one in told if one)


def _package(register: Register, package: StoredPackage) -> dict[str, object]:
    said, signer = package.envelope, package.signer
    taken_back = withdrawal(register, package.record)
    return {
        "at": package.at,
        "direction": package.direction,
        "kind": said.kind,
        "package_id": said.package_id,
        "name": signer.name,
        "territory": said.territory,
        "audience": said.audience,
        "round": said.round,
        "seq": said.seq,
        "made": said.created,
        "size": package.size,
        "stands": package.active,
        "withdrawn": plain(taken_back._asdict()) if taken_back else None,
    }


def _line(row: dict[str, object]) -> str:
    undone = "" if row["stands"] else " ×"
    told = (row[name] for name in ("at", "direction", "kind", "territory", "seq", "name"))
    return " ".join(map(str, told)) + f" {row['package_id']}{undone}"

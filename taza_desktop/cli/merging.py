"""Commands that take packages in and take them back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call, plain
from taza_desktop.i18n import _
from taza_desktop.merging.apply import apply
from taza_desktop.merging.preview import CellChange, Preview
from taza_desktop.merging.undo import undo as take_back
from taza_desktop.packages.read import verify_for
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.register import Register


class _OnlyLooking(Exception):
    """Rolls a dry run back."""


@click.command()
@click.argument("file", type=FILE)
@click.argument("packages", metavar="PACKAGE...", type=FILE, nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@click.option("--again", is_flag=True, help="Also what was taken back: it stands again.")
@json_option
@pass_call
def merge(call: Call, file: Path, packages: tuple[Path, ...], dry_run: bool, again: bool) -> None:
    """Verify and merge packages of any kind: all of them, or none when one is refused."""
    plan = load_plan()
    merged: list[Preview] = []
    with Register.open(file) as register:
        opened = [verify_for(register, package, plan) for package in packages]
        with suppress(_OnlyLooking), register.transaction():
            merged += [apply(register, one, again=again) for one in opened]
            if dry_run:
                raise _OnlyLooking
    rows = [_row(one) for one in merged]
    call.done({"dry_run": dry_run, "packages": rows}, *map(_line, merged))


@click.command()
@click.argument("file", type=FILE)
@click.argument("package_id")
@click.option("--reason", default="", help="Travels with it to colleagues and upward.")
@json_option
@pass_call
def undo(call: Call, file: Path, package_id: str, reason: str) -> None:
    """Take a merged package back: what stays is what the others alone would have given."""
    with Register.open(file) as register:
        undone = take_back(register, package_id, reason)
    outcome: dict[str, object] = {
        "package_id": package_id,
        "changes": [_change(one) for one in undone.changes],
        "dependents": [
            {"package_id": one.package_id, "sheets": [key._asdict() for key in one.sheets]}
            for one in undone.dependents
        ],
    }
    said = _("{package} is taken back; cells that changed: {count}.")
    call.done(outcome, said.format(package=package_id, count=len(undone.changes)))


def _row(merged: Preview) -> dict[str, object]:
    return {
        "package_id": merged.package.package_id,
        "name": merged.signer.name,
        "territory": merged.package.territory,
        "round": merged.package.round,
        "kind": merged.package.kind,
        "already": merged.already,
        "withdrawn": plain(merged.withdrawn._asdict()) if merged.withdrawn else None,
        "silent": plain(merged.silent),
        "counts": plain(merged.counts),
        "changes": [_change(one) for one in merged.changes],
        "warnings": [{"code": one.code, "message": one.text()} for one in merged.warnings],
    }


def _change(change: CellChange) -> dict[str, object]:
    return {**change._asdict(), "sheet": change.sheet._asdict()}


def _line(merged: Preview) -> str:
    counted = ", ".join(f"{outcome} {count}" for outcome, count in merged.counts.items() if count)
    warned = "".join(f"\n  {one.code}: {one.text()}" for one in merged.warnings)
    return f"{merged.package.package_id} {merged.signer.name}: {counted}{warned}"

"""Commands that write a package and look into one."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import (
    FILE,
    FOLDER,
    Call,
    json_option,
    pass_call,
    passphrase,
    passphrase_option,
    round_option,
)
from taza_desktop.packages.write import export as write_package
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register


@click.command()
@click.argument("file", type=FILE)
@round_option
@click.option("--out", type=FOLDER, required=True, help="Folder for the package.")
@passphrase_option
@json_option
@pass_call
def export(call: Call, file: Path, round_: Round, out: Path, passphrase_file: Path | None) -> None:
    """Write the signed package of a round."""
    secret = passphrase(passphrase_file)
    with Register.open(file) as register:
        made = write_package(register, load_plan(), round_, out, secret)
    outcome: dict[str, object] = {
        "path": str(made.path),
        "package_id": made.package_id,
        "seq": made.seq,
        "size": made.size,
        "counts": made.counts,
    }
    call.done(outcome, str(made.path), made.package_id)

"""Commands that write packages for offices below and for colleagues."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import (
    FILE,
    Call,
    json_option,
    pass_call,
    passphrase,
    passphrase_option,
    round_option,
)
from taza_desktop.cli.packages import folder_option, written
from taza_desktop.packages.answer import answer as write_answer
from taza_desktop.packages.answer import share as write_shared
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register


@click.command()
@click.argument("file", type=FILE)
@round_option
@click.option("--territory", metavar="KATO", required=True, help="The office that is answered.")
@folder_option
@passphrase_option
@json_option
@pass_call
def answer(
    call: Call,
    file: Path,
    round_: Round,
    territory: str,
    out: Path,
    passphrase_file: Path | None,
) -> None:
    """Write what an office below is told: receipts, and what was accepted and returned."""
    secret, plan = passphrase(passphrase_file), load_plan()
    with Register.open(file) as register:
        kato = plan.territories[territory].kato
        made = write_answer(register, plan, round_, kato, out, secret)
    written(call, made)


@click.command()
@click.argument("file", type=FILE)
@round_option
@folder_option
@passphrase_option
@json_option
@pass_call
def share(call: Call, file: Path, round_: Round, out: Path, passphrase_file: Path | None) -> None:
    """Write a package for colleagues of the same office: all that this register has of a round."""
    secret = passphrase(passphrase_file)
    with Register.open(file) as register:
        made = write_shared(register, load_plan(), round_, out, secret)
    written(call, made)

"""Commands for the keys of a register: copies of them, another passphrase."""

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
    read_file,
)
from taza_desktop.i18n import _
from taza_desktop.packages import backup as backups
from taza_desktop.packages import passphrase as passphrases
from taza_desktop.packages import private
from taza_desktop.register.register import Register


@click.group()
def key() -> None:
    """The keys of a register; they never leave it unlocked."""


@key.command()
@click.argument("file", type=FILE)
@click.option("--out", type=FILE, required=True, help="File to write, best on a stick.")
@json_option
@pass_call
def backup(call: Call, file: Path, out: Path) -> None:
    """Write a backup of the keys; it opens with the passphrase of today."""
    with Register.open(file) as register:
        private.write(out, backups.backup(register))
    call.done({"path": str(out)}, str(out))


@key.command()
@click.argument("file", type=FILE)
@click.argument("backup", type=FILE)
@passphrase_option
@json_option
@pass_call
def restore(call: Call, file: Path, backup: Path, passphrase_file: Path | None) -> None:
    """Put the keys of a backup into a register of the same office."""
    secret = passphrase(passphrase_file)
    kept = read_file(backup)
    with Register.open(file) as register:
        put = backups.restore(register, kept, secret)
    call.done({"restored": put}, ", ".join(put))


@key.command("passphrase")
@click.argument("file", type=FILE)
@click.option(
    "--new-passphrase-file",
    "new_file",
    type=FILE,
    required=True,
    help="File that holds the new one.",
)
@passphrase_option
@json_option
@pass_call
def change(call: Call, file: Path, new_file: Path, passphrase_file: Path | None) -> None:
    """Lock the keys with another passphrase; backups made before keep the old one."""
    old, new = passphrase(passphrase_file), passphrase(new_file)
    with Register.open(file) as register:
        others = passphrases.change(register, old, new)
    told = [_("Locked with a passphrase of their own: {names}").format(names=", ".join(others))]
    call.done({"others": others}, _("The passphrase is changed."), *(told if others else []))

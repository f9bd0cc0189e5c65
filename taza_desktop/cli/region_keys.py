"""Commands for the day when the authority's PC, its coordinator or its key is gone."""

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
    read_file,
    write_file,
)
from taza_desktop.i18n import _
from taza_desktop.packages import backup as backups
from taza_desktop.packages import card as cards
from taza_desktop.packages import code, credentials, letter, private
from taza_desktop.register.register import Register


@click.command()
@click.argument("file", type=FILE)
@click.option("--out", type=FOLDER, required=True, help="Folder for the two backups.")
@json_option
@pass_call
def backup(call: Call, file: Path, out: Path) -> None:
    """Write two backups of the keys: one for the safe, one for the deputy."""
    with Register.open(file) as register:
        written = write_backups(register, out)
    call.done({"files": written}, *written, keeping())


@click.command()
@click.argument("file", type=FILE)
@click.argument("backup", type=FILE)
@click.option("--card", type=FILE, help="The newest card that went out: what it revoked stays so.")
@passphrase_option
@json_option
@pass_call
def restore(
    call: Call, file: Path, backup: Path, card: Path | None, passphrase_file: Path | None
) -> None:
    """Put the keys of a backup into a register of the office; a deputy signs under the own name."""
    secret = passphrase(passphrase_file)
    kept = read_file(backup)
    newest = read_file(card) if card else None
    with Register.open(file) as register, register.transaction():
        put = backups.restore(register, kept, secret)
        if newest is not None:
            cards.take(register, newest)
        said = code.say(cards.digits(register))
    call.done({"restored": put, "code": said}, ", ".join(put), said)


@click.command()
@click.argument("file", type=FILE)
@click.option("--out", type=FOLDER, required=True, help="Folder for the answers and the code.")
@passphrase_option
@json_option
@pass_call
def replace(call: Call, file: Path, out: Path, passphrase_file: Path | None) -> None:
    """Make a new authority in the place of a lost or stolen one, and certify the same keys."""
    secret = passphrase(passphrase_file)
    with Register.open(file) as register:
        answers = credentials.replace_authority(register, secret)
        written = [*write_backups(register, out), write_letter(register, out)]
        said = code.say(cards.digits(register))
    for number, one in enumerate(answers, start=1):
        path = out / f"{one.territory}-{number}-certificate.pem"
        write_file(path, one.bundle)
        written.append(str(path))
    told = _("The old certificates are worth nothing now: send the new card, its code and these.")
    call.done({"code": said, "files": written}, said, *written, told)


def write_backups(register: Register, folder: Path) -> list[str]:
    """The coordinator's and the deputy's; readable by this user alone."""
    territory = register.office.territory
    written: list[str] = []
    for deputy in (False, True):
        path = folder / backups.file_name(territory, deputy)
        private.write(path, backups.backup(register, deputy))
        written.append(str(path))
    return written


def keeping() -> str:
    """What the coordinator is to do with the two backups."""
    return _(
        "For the coordinator: keep one backup in the safe and give the other one to the deputy."
        " Neither opens without the passphrase; write it down and keep it in a sealed envelope."
    )


def write_letter(register: Register, folder: Path) -> str:
    """The sheet with the code, as text in the language in force."""
    path = folder / f"{register.office.territory}-code.txt"
    write_file(path, letter.text(register).encode("utf-8"))
    return str(path)

"""Commands that write packages and look into one."""

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
    problem_row,
    read_file,
    round_option,
)
from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, _
from taza_desktop.packages.answer import answer as write_answer
from taza_desktop.packages.answer import share as write_shared
from taza_desktop.packages.build import Exported
from taza_desktop.packages.read import verify as read_package
from taza_desktop.packages.read import verify_for
from taza_desktop.packages.write import export as write_package
from taza_desktop.packages.write import export_attachments
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register

out_option = click.option("--out", type=FOLDER, required=True, help="Folder for the package.")


@click.command()
@click.argument("file", type=FILE)
@round_option
@out_option
@click.option("--without-attachments", is_flag=True, help="Leave the files for a later package.")
@click.option("--only-attachments", is_flag=True, help="Only the files that were left.")
@passphrase_option
@json_option
@pass_call
def export(
    call: Call,
    file: Path,
    round_: Round,
    out: Path,
    without_attachments: bool,
    only_attachments: bool,
    passphrase_file: Path | None,
) -> None:
    """Write the signed package of a round for the office above."""
    if without_attachments and only_attachments:
        raise click.UsageError(_("Name one of --without-attachments and --only-attachments."))
    secret, plan = passphrase(passphrase_file), load_plan()
    with Register.open(file) as register:
        if only_attachments:
            made = export_attachments(register, plan, round_, out, secret)
        else:
            with_them = not without_attachments
            made = write_package(register, plan, round_, out, secret, attachments=with_them)
    _written(call, made)


@click.command()
@click.argument("file", type=FILE)
@round_option
@click.option("--territory", metavar="KATO", required=True, help="The office that is answered.")
@out_option
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
    _written(call, made)


@click.command()
@click.argument("file", type=FILE)
@round_option
@out_option
@passphrase_option
@json_option
@pass_call
def share(call: Call, file: Path, round_: Round, out: Path, passphrase_file: Path | None) -> None:
    """Write a package for colleagues of the same office: all that this register has of a round."""
    secret = passphrase(passphrase_file)
    with Register.open(file) as register:
        made = write_shared(register, load_plan(), round_, out, secret)
    _written(call, made)


@click.command()
@click.argument("package", type=FILE)
@click.option("--trust", type=FILE, help="The authority's PEM, as `region trust` writes it.")
@click.option("--for", "file", type=FILE, help="A register: as its office would read the package.")
@json_option
@pass_call
def verify(call: Call, package: Path, trust: Path | None, file: Path | None) -> None:
    """Check a package from the signature down to the last cell; nothing is written."""
    if file is not None:
        with Register.open(file) as register:
            opened = verify_for(register, package)
    elif trust is not None:
        opened = read_package(package, read_file(trust))
    else:
        raise Refusal(
            "CLI-NO-TRUST",
            N_(
                "Whose signature is to be believed? Name the authority's file with --trust; "
                "`region trust` writes it."
            ),
        )
    _told(call, opened)


def _written(call: Call, made: Exported) -> None:
    """Say what was written and what was not."""
    outcome: dict[str, object] = {
        "path": str(made.path),
        "package_id": made.package_id,
        "kind": made.kind,
        "seq": made.seq,
        "size": made.size,
        "counts": made.counts,
        "held_back": [
            {**one.sheet._asdict(), "problems": [problem_row(problem) for problem in one.problems]}
            for one in made.held_back
        ],
    }
    said = _("Not sent, as there is something to mend: measure {measure}, {territory}.")
    held = [
        said.format(measure=one.sheet.measure, territory=one.sheet.territory)
        for one in made.held_back
    ]
    call.done(outcome, str(made.path), made.package_id, *held)


def _told(call: Call, opened: Opened) -> None:
    """Say what a package is."""
    envelope, signer = opened.envelope, opened.signer
    outcome: dict[str, object] = {
        "package_id": envelope.package_id,
        "kind": envelope.kind,
        "name": signer.name,
        "serial": signer.serial,
        "territory": envelope.territory,
        "round": envelope.round,
        "audience": envelope.audience,
        "seq": envelope.seq,
        "created": envelope.created,
        "counts": dict(envelope.counts),
        "manifest_sha256": opened.manifest_sha256,
    }
    said = _("Good: signed by {name} for {territory}, round {round}, records: {records}.")
    line = said.format(
        name=signer.name,
        territory=load_plan().territories[envelope.territory].name,
        round=envelope.round,
        records=len(opened.records),
    )
    call.done(outcome, line, envelope.package_id)

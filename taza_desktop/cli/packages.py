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
    problem_row,
    read_file,
    round_option,
)
from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, _
from taza_desktop.packages.read import verify as read_package
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


@click.command()
@click.argument("package", type=FILE)
@click.option("--trust", type=FILE, help="The authority's PEM, as `region trust` writes it.")
@json_option
@pass_call
def verify(call: Call, package: Path, trust: Path | None) -> None:
    """Check a package from the signature down to the last cell; nothing is written."""
    if trust is None:
        raise Refusal(
            "CLI-NO-TRUST",
            N_(
                "Whose signature is to be believed? Name the authority's file with --trust; "
                "`region trust` writes it."
            ),
        )
    opened = read_package(package, read_file(trust))
    envelope, signer = opened.envelope, opened.signer
    outcome: dict[str, object] = {
        "package_id": envelope.package_id,
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

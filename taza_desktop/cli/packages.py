"""Commands that write a package for the office above and look into one."""

from __future__ import annotations

from dataclasses import asdict
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
from taza_desktop.packages.build import Exported
from taza_desktop.packages.ecp import Signing, from_pkcs12
from taza_desktop.packages.read import verify as read_package
from taza_desktop.packages.read import verify_for
from taza_desktop.packages.sealing import Identities
from taza_desktop.packages.write import export as write_package
from taza_desktop.packages.write import export_attachments
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.parcel import Opened, SecondSignature
from taza_desktop.register.register import Register

folder_option = click.option("--out", type=FOLDER, required=True, help="Folder for the package.")


@click.command()
@click.argument("file", type=FILE)
@round_option
@folder_option
@click.option("--without-attachments", is_flag=True, help="Leave the files for a later package.")
@click.option("--only-attachments", is_flag=True, help="Only the files that were left.")
@click.option("--ecp", type=FILE, help="Sign again with the RSA key of НУЦ РК in this .p12 file.")
@click.option("--ecp-passphrase-file", type=FILE, help="File that holds the password of the .p12.")
@click.option("--ncalayer", is_flag=True, help="Sign again through NCALayer on this PC.")
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
    ecp: Path | None,
    ecp_passphrase_file: Path | None,
    ncalayer: bool,
    passphrase_file: Path | None,
) -> None:
    """Write the signed package of a round, encrypted when the card of its receiver was opened."""
    if without_attachments and only_attachments:
        raise click.UsageError(_("Name one of --without-attachments and --only-attachments."))
    secret, plan = passphrase(passphrase_file), load_plan()
    second = _second(ecp, ecp_passphrase_file, ncalayer)
    with Register.open(file) as register:
        if only_attachments:
            made = export_attachments(register, plan, round_, out, secret)
        else:
            with_them = not without_attachments
            made = write_package(register, plan, round_, out, secret, second, attachments=with_them)
    written(call, made)


@click.command()
@click.argument("package", type=FILE)
@click.option("--trust", type=FILE, help="The authority's PEM, as `region trust` writes it.")
@click.option("--register", "file", type=FILE, help="Believe and decrypt as this register does.")
@passphrase_option
@json_option
@pass_call
def verify(
    call: Call, package: Path, trust: Path | None, file: Path | None, passphrase_file: Path | None
) -> None:
    """Check a package from the signature down to the last cell; nothing is written."""
    opened = _opened(package, trust, file, passphrase_file)
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
        "second": asdict(opened.second) if opened.second else None,
    }
    said = _("Good: signed by {name} for {territory}, round {round}, records: {records}.")
    line = said.format(
        name=signer.name,
        territory=load_plan().territories[envelope.territory].name,
        round=envelope.round,
        records=len(opened.records),
    )
    call.done(outcome, line, envelope.package_id, *_second_line(opened.second))


def written(call: Call, made: Exported) -> None:
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


def _second(file: Path | None, password: Path | None, ncalayer: bool) -> Signing | None:
    """What makes the second signature, if one is wanted."""
    from taza_desktop.packages import ncalayer as layer

    if file is not None:
        return from_pkcs12(read_file(file), passphrase(password))
    return layer.sign if ncalayer else None


def _opened(package: Path, trust: Path | None, file: Path | None, secret: Path | None) -> Opened:
    if file is not None:
        with Register.open(file) as register:
            keys = Identities(register, lambda: passphrase(secret))
            return verify_for(register, package, identities=keys)
    if trust is None:
        raise Refusal(
            "CLI-NO-TRUST",
            N_(
                "Whose signature is to be believed? Name the authority's file with --trust; "
                "`region trust` writes it."
            ),
        )
    return read_package(package, read_file(trust))


def _second_line(second: SecondSignature | None) -> list[str]:
    """The ЭЦП as what it is: never an official check."""
    if second is None:
        return []
    fits = _("ЭЦП of {name}: it fits the files. This is not an official check of НУЦ РК.")
    gost = _("ЭЦП of {name}: a GOST signature, not checked here; NCALayer can check it.")
    return [(fits if second.checked else gost).format(name=second.name)]

"""The report as a file."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call, round_option
from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register
from taza_desktop.reports import excel, word
from taza_desktop.reports.content import compose

FORMATS = ("docx", "xlsx", "pdf")


@click.command()
@click.argument("file", type=FILE)
@round_option
@click.option("--lang", type=click.Choice(("kk", "ru")), required=True, help="Of the report.")
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True)
@click.option("--out", type=FILE, required=True, help="File to write.")
@json_option
@pass_call
def report(call: Call, file: Path, round_: Round, lang: Language, format_: str, out: Path) -> None:
    """Write the report of the register's territory in the Ministry's layout."""
    with Register.open(file) as register:
        composed = compose(register, load_plan(), round_, lang)
    write = {"docx": word.write, "xlsx": excel.write, "pdf": call.write_pdf}[format_]
    write(composed, out)
    call.done({"path": str(out), "draft": composed.draft, "notes": list(composed.notes)}, str(out))

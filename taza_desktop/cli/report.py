"""The report as a file, and the office's own settings of it."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call, round_option
from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register
from taza_desktop.reports import excel, html, own_settings, word
from taza_desktop.reports.content import compose
from taza_desktop.reports.options import NAMES, chosen

FORMATS = ("docx", "xlsx", "pdf", "html")
LANGUAGES: dict[str, tuple[Language, ...]] = {"kk": ("kk",), "ru": ("ru",), "kk,ru": ("kk", "ru")}


@click.command()
@click.argument("file", type=FILE)
@round_option
@click.option("--lang", type=click.Choice(tuple(LANGUAGES)), required=True, help="Of the report.")
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True)
@click.option("--out", type=FILE, required=True, help="File to write.")
@click.option(
    "--measure",
    "measures",
    type=click.IntRange(1, 60),
    multiple=True,
    help="Only this one; repeatable. Without it all.",
)
@click.option(
    "--annex",
    "annexes",
    type=click.Choice((*NAMES, "all", "none")),
    multiple=True,
    default=("packages",),
    show_default=True,
    help="What stands behind the signature; repeatable.",
)
@json_option
@pass_call
def report(
    call: Call,
    file: Path,
    round_: Round,
    lang: str,
    format_: str,
    out: Path,
    measures: tuple[int, ...],
    annexes: tuple[str, ...],
) -> None:
    """Write the report of the register's territory in the Ministry's layout."""
    with Register.open(file) as register:
        spoken, options = LANGUAGES[lang], chosen(annexes)
        composed = compose(register, load_plan(), round_, spoken, measures, options=options)
    write = {
        "docx": word.write,
        "xlsx": excel.write,
        "pdf": call.write_pdf,
        "html": html.write,
    }[format_]
    write(composed, out)
    outcome: dict[str, object] = {
        "path": str(out),
        "draft": composed.draft,
        "notes": list(composed.notes),
        "data_hash": composed.data_hash,
    }
    call.done(outcome, str(out))


@click.command(name="report-settings")
@click.argument("file", type=FILE)
@click.option(
    "--set",
    "typed",
    type=(str, str),
    multiple=True,
    metavar="NAME VALUE",
    help="Repeatable; an empty value puts back what ships with the program.",
)
@json_option
@pass_call
def report_settings(call: Call, file: Path, typed: tuple[tuple[str, str], ...]) -> None:
    """Show the office's own settings of its reports, or change them: who signs, font, margins."""
    with Register.open(file) as register:
        own = own_settings.change(register, dict(typed)) if typed else own_settings.read(register)
    shown = own_settings.shown(own)
    call.done({"settings": shown}, *(f"{name} = {value}" for name, value in shown.items()))

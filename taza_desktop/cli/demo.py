"""The worked example."""

from __future__ import annotations

import time
from pathlib import Path

import click

from taza_desktop import i18n
from taza_desktop.cli.call import FOLDER, Call, json_option, pass_call
from taza_desktop.demo.example import make
from taza_desktop.demo.telling import lines
from taza_desktop.i18n import LANGUAGES, Language


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Of what the example says.")
@json_option
@pass_call
def demo(call: Call, folder: Path, lang: Language | None) -> None:
    """Make the worked example on the published facts of 2024.

    Registers for all regions, for the districts that the facts name, and for the Ministry; every
    fact that a form exists for; signed packages, merged; the reports. DIR must be new, empty, or
    an example made before, which is replaced.
    """
    started = time.monotonic()
    made = make(folder, lang or i18n.language())
    outcome: dict[str, object] = {
        "folder": str(made.folder),
        "ministry": str(made.ministry),
        "registers": made.regions + made.districts + 1,
        "entered": len(made.facts.entered),
        "waiting": len(made.facts.waiting),
        "packages": [str(path) for paths in made.packages for path in paths],
        "reports": [str(path) for path in made.reports],
    }
    call.done(outcome, *lines(made, time.monotonic() - started))

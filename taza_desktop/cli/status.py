"""How complete a round is."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call, plain, round_option
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.completeness import status as completeness
from taza_desktop.register.register import Register


@click.command()
@click.argument("file", type=FILE)
@round_option
@json_option
@pass_call
def status(call: Call, file: Path, round_: Round) -> None:
    """The state of every sheet that the territory owes in a round."""
    plan = load_plan()
    with Register.open(file) as register:
        found = completeness(register, plan, round_)
    rows = [
        {
            "territory": one.territory,
            "measure": one.measure,
            "state": one.state,
            "cells": one.cells,
            "missing": plain(one.missing),
            "problems": one.problems,
            "package": one.package,
        }
        for one in found
    ]
    call.listed(rows, lambda row: f"{row['territory']} {row['measure']:>3} {row['state']}")

"""What else can be had of a report: its comparisons, and its data for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import (
    FILE,
    FOLDER,
    Call,
    RoundType,
    json_option,
    pass_call,
    plain,
    round_option,
)
from taza_desktop.i18n import LANGUAGES, Language, language
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register
from taza_desktop.reports import data_package
from taza_desktop.reports.chart_data import PERCENT, Measured, said
from taza_desktop.reports.compare import Against, Changed, Comparison, Ranked, compared
from taza_desktop.reports.options import Options
from taza_desktop.reports.scope import read_scope
from taza_desktop.reports.settings import defaults

measures_option = click.option(
    "--measure",
    "measures",
    type=click.IntRange(1, 60),
    multiple=True,
    help="Only this one; repeatable. Without it all.",
)


@click.command(name="report-compare")
@click.argument("file", type=FILE)
@round_option
@measures_option
@click.option("--territory", metavar="KATO", help="That of the register unless told otherwise.")
@json_option
@pass_call
def report_compare(
    call: Call, file: Path, round_: Round, measures: tuple[int, ...], territory: str | None
) -> None:
    """Compare this round with the last one, territory with territory, indicators with their plans.

    The round before is the last one of the same kind that the register holds. Territories are those
    directly below, where at least three of them have a plan and a fact.
    """
    plan = load_plan()
    with Register.open(file) as register:
        kato = territory or register.office.territory
        scope = read_scope(register, plan, kato, round_, language(), defaults(), Options())
        chosen = [
            it for number, it in sorted(plan.measures.items()) if not measures or number in measures
        ]
        found = compared(register, scope, chosen)
    call.done(_row(found), *_lines(found))


@click.command(name="report-data")
@click.argument("file", type=FILE)
@click.option("--out", type=FOLDER, required=True, help="A new folder.")
@click.option(
    "--round", "rounds", type=RoundType(), multiple=True, help="Only this one; repeatable."
)
@measures_option
@click.option(
    "--territory",
    "territories",
    metavar="KATO",
    multiple=True,
    help="Only this one with all below it; repeatable.",
)
@click.option(
    "--titles", type=click.Choice(LANGUAGES), default="kk", show_default=True, help="Of columns."
)
@json_option
@pass_call
def report_data(
    call: Call,
    file: Path,
    out: Path,
    rounds: tuple[Round, ...],
    measures: tuple[int, ...],
    territories: tuple[str, ...],
    titles: Language,
) -> None:
    """Write the sheets as CSV files with a description of every column (Frictionless Data).

    For each measure a file with its figures, and one for each of its tables.
    """
    selection = data_package.Selection(tuple(it.code for it in rounds), measures, territories)
    with Register.open(file) as register:
        names = data_package.write(register, load_plan(), selection, titles, out)
    call.done({"path": str(out), "files": names}, str(out))


def _row(found: Comparison) -> dict[str, object]:
    """All of it for JSON."""
    return {
        "before": found.before.code if found.before else None,
        "changes": [_changed(it) for it in found.changes],
        "ranks": [_ranked(it) for it in found.ranks],
        "indicators": [_against(it) for it in found.indicators],
    }


def _changed(it: Changed) -> dict[str, object]:
    return {
        "measure": it.form.measure,
        "figure": it.figure.name,
        "before": it.before,
        "now": it.now,
        "difference": it.difference,
        "percent": it.percent,
    }


def _ranked(it: Ranked) -> dict[str, object]:
    return {
        "measure": it.form.measure,
        "plan": it.plan.name,
        "fact": it.fact.name,
        "whole": _measured(it.whole),
        "territories": [_measured(one) for one in it.known],
        "reached": it.reached,
    }


def _measured(it: Measured) -> dict[str, object]:
    return {"territory": it.kato, "plan": it.planned, "fact": it.done, "percent": it.percent}


def _against(it: Against) -> dict[str, object]:
    numbers = {"plan": it.planned, "fact": it.fact, "difference": it.difference}
    told = {name: None if value is None else str(value) for name, value in numbers.items()}
    return {
        "indicator": it.indicator.name,
        "title": plain(it.indicator.title),
        "year": it.year,
        **told,
    }


def _lines(found: Comparison) -> list[str]:
    """The same for a person."""
    lang = language()
    changes = [
        f"{it.form.measure} {it.figure.label.to(lang)}: {said(it.figure, it.before, lang)} → "
        f"{said(it.figure, it.now, lang)} ({said(PERCENT, it.percent, lang)} %)"
        for it in found.changes
    ]
    ranks = [
        f"{it.form.measure} {it.fact.label.to(lang)}: "
        + "; ".join(f"{one.name} {said(PERCENT, one.percent, lang)} %" for one in it.known)
        for it in found.ranks
    ]
    indicators = [
        f"{it.indicator.title.to(lang)}, {it.year}: {it.planned} → {it.fact}"
        for it in found.indicators
    ]
    return [*changes, *ranks, *indicators]

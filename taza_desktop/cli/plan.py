"""Commands about the plan: its measures, its forms, its territories."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, cast

import click

from taza_desktop.cli.call import Call, json_option, pass_call, plain, put
from taza_desktop.i18n import Text
from taza_desktop.plan.catalogue import load_plan

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Measure
    from taza_desktop.plan.territories import Territory


@click.group()
def plan() -> None:
    """The plan: measures, forms, territories."""


@plan.command()
@json_option
@pass_call
def measures(call: Call) -> None:
    """The 60 measures, and which of them have a form."""
    catalogue = load_plan()
    rows = [_measure(one, catalogue.has_form(one.number)) for one in catalogue.measures.values()]
    call.listed(
        rows, lambda row: f"{row['number']:>3} {'+' if row['form'] else ' '} {_here(row['title'])}"
    )


@plan.command()
@click.argument("number", type=int)
@json_option
@pass_call
def form(call: Call, number: int) -> None:
    """The form of measure NUMBER as data."""
    wanted = load_plan().form(number)
    if call.as_json:
        data = asdict(wanted)
        del data["source"]  # a path on this PC
        del data["beside"]  # other forms
        put(plain(data))
        return
    rows = [(figure.name, figure.kind, figure.label) for figure in wanted.figures]
    for table in wanted.tables:
        rows.append((table.name, "", table.label))
        rows += [(f"  {one.name}", one.kind, one.label) for one in table.columns]
    for name, kind, label in rows:
        click.echo(f"{name:<28} {kind:<10} {label}")


@plan.command()
@click.option("--parent", metavar="KATO", help="Only what lies directly in this territory.")
@json_option
@pass_call
def territories(call: Call, parent: str | None) -> None:
    """Regions, districts and cities; with --parent also in-city districts and settlements."""
    known = load_plan().territories
    found = known.offices() if parent is None else known.children(known[parent].kato)
    rows = [_territory(one) for one in found]
    call.listed(rows, lambda row: f"{row['kato']} {_here(row['name'])}")


def _measure(measure: Measure, has_form: bool) -> dict[str, object]:
    return {
        "number": measure.number,
        "direction": measure.direction,
        "title": plain(measure.title),
        "completion_form": plain(measure.completion_form),
        "deadline": plain(measure.deadline),
        "executors": plain(measure.executors),
        "years": measure.schedule.years,
        "every": measure.schedule.every,
        "due": _day(measure.schedule.once),
        "off_control": _day(measure.schedule.off_control),
        "akimat": measure.akimat,
        "form": has_form,
    }


def _territory(territory: Territory) -> dict[str, object]:
    return {
        "kato": territory.kato,
        "parent": territory.parent,
        "type": territory.type,
        "level": load_plan().territories.level(territory.kato),
        "name": plain(territory.name),
        "iso": territory.iso,
    }


def _day(day: date | None) -> str | None:
    return day and day.isoformat()


def _here(text: object) -> Text:
    """A text of a row in the language in force."""
    return Text(**cast("dict[str, str]", text))

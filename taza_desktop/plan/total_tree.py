"""Totals down the territory tree: the country, its regions, their districts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from taza_desktop.plan.form import Form
from taza_desktop.plan.overrides import Override
from taza_desktop.plan.sheet import Sheet
from taza_desktop.plan.territories import Territories, Territory
from taza_desktop.plan.totals import Total, add_up


@dataclass(frozen=True, slots=True)
class Branch:
    """A territory with what it comes to, and the parts of it that reported.

    `overrides` are what its own office puts beside the total, by figure. The sheets of a part that
    an office further up speaks for count in that part and not above it.
    """

    territory: Territory
    total: Total
    overrides: Mapping[str, Override]
    parts: tuple[Branch, ...]


def tree(form: Form, sheets: Iterable[Sheet], territories: Territories, office: str) -> Branch:
    """The totals of a territory and of everything below it, of sheets of one round."""
    within = [sheet for sheet in sheets if territories.covers(office, sheet.key.territory)]
    total = add_up(form, within)
    own = {
        figure: one
        for figure, given in total.overrides.items()
        for one in given
        if one.sheet.territory == office
    }
    below = [
        part.kato
        for part in territories.children(office, offices_only=True)
        if any(territories.covers(part.kato, sheet.key.territory) for sheet in within)
    ]
    parts = tuple(tree(form, within, territories, part) for part in below)
    return Branch(territories[office], total, own, parts)

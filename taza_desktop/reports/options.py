"""What is printed behind the report itself, as it is chosen for one report."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Options:
    """The parts behind the signature.

    Attributes:
        figures: a table by territory for each measure: plan, fact, per cent, last round.
        entries: lists of winners, plantings, stations, grants, …, whole.
        pictures: charts and maps.
        compare: with the round before, territory with territory, indicators with their plans.
        photos: what was attached to the entries, with captions.
        packages: which packages the figures came in.
    """

    figures: bool = False
    entries: bool = False
    pictures: bool = False
    compare: bool = False
    photos: bool = False
    packages: bool = True


NAMES: tuple[str, ...] = tuple(field.name for field in fields(Options))


def chosen(names: tuple[str, ...]) -> Options:
    """The options with just these parts; `all` for every one."""
    return Options(**{name: name in names or "all" in names for name in NAMES})

"""Places: stored as the КАТО code, typed and shown by name."""

from __future__ import annotations

from taza_desktop.i18n import N_, Language
from taza_desktop.plan.form import Figure
from taza_desktop.plan.kazakh import fold
from taza_desktop.plan.sheet import Value
from taza_desktop.plan.territories import Territories, Territory

_WANTED = N_("choose a place of the list, by its name or its KATO code")
_SEVERAL = N_("several places have that name: choose one of the list")


def parse(_figure: Figure, typed: str, _language: Language) -> str:
    """The code of the place that was typed by its code or by a name that only one place has."""
    text = typed.strip()
    if text.isdigit():
        if text in _territories():
            return text
        raise ValueError(_WANTED)
    found = [place for place in _territories().search(text) if _is_called(place, text)]
    if len(found) != 1:
        raise ValueError(_SEVERAL if found else _WANTED)
    return found[0].kato


def fault(_figure: Figure, value: object) -> str | None:
    """Is it a code of the classifier."""
    return None if isinstance(value, str) and value in _territories() else _WANTED


def show(_figure: Figure, value: Value, language: Language) -> str:
    """The name; names repeat, so of a settlement the district too: «… ауылы (Мәртөк ауданы)»."""
    place = _territories().get(str(value))
    if place is None:
        return str(value)
    name = place.name.to(language)
    office = _office(place)
    return name if office is None else f"{name} ({office.name.to(language)})"


def _office(place: Territory) -> Territory | None:
    """The district or city that a settlement lies in."""
    if place.level != "settlement":
        return None
    above = _territories().ancestors(place.kato)
    return next((territory for territory in above if territory.level != "settlement"), None)


def _is_called(place: Territory, typed: str) -> bool:
    return fold(typed) in {fold(name) for name in place.name}


def _territories() -> Territories:
    from taza_desktop.plan.catalogue import load_plan  # the catalogue reads forms, and so the kinds

    return load_plan().territories

"""Names of territories in a sentence: «Абай ауданында» / «в Абайском районе».

Kazakh follows mechanically from the last word of the name. Russian has a rule for an adjective with
a common noun and for a common noun with a name after it; what declines by itself (regions, most
cities) stands in `territories.csv`.
"""

from __future__ import annotations

import re

from taza_desktop.i18n import Language
from taza_desktop.plan.territories import Territory

# Kazakh common nouns without a possessive ending, as they stand after «… атындағы»: genitive,
# locative.
_KK_BARE = {
    "аудан": ("ауданның", "ауданда"),
    "ауыл": ("ауылдың", "ауылда"),
    "округ": ("округтің", "округте"),
    "әкімдік": ("әкімдіктің", "әкімдікте"),
}
_KK_POSSESSIVE = {"ы": ("ның", "нда"), "і": ("нің", "нде")}
_KK_PLACE = ("елді мекенінің", "елді мекенінде")

# Russian common nouns before or after a name: genitive, locative with its preposition.
_RU_NOUNS = {
    "область": ("области", "в области"),
    "район": ("района", "в районе"),
    "город": ("города", "в городе"),
    "сельский округ": ("сельского округа", "в сельском округе"),
    "сельская администрация": ("сельской администрации", "в сельской администрации"),
    "поселковая администрация": ("поселковой администрации", "в поселковой администрации"),
    "городская администрация": ("городской администрации", "в городской администрации"),
    "районная администрация": ("районной администрации", "в районной администрации"),
    "поселок": ("поселка", "в поселке"),
    "село": ("села", "в селе"),
    "станция": ("станции", "на станции"),
    "разъезд": ("разъезда", "на разъезде"),
    "зимовка": ("зимовки", "на зимовке"),
    "участок": ("участка", "на участке"),
    "точка": ("точки", "на точке"),
    "ферма": ("фермы", "на ферме"),
    "крестьянское хозяйство": ("крестьянского хозяйства", "в крестьянском хозяйстве"),
    "крестьянское поселение": ("крестьянского поселения", "в крестьянском поселении"),
    "поселье": ("поселья", "в поселье"),
    "отгон": ("отгона", "на отгоне"),
}
_RU_PLACE = ("населенного пункта", "в населенном пункте")
_RU_FEMININE = re.compile(r"ая$")
_RU_MASCULINE = re.compile(r"(?:ий|ый|ой)$")
_OF, _IN = 0, 1


def in_territory(territory: Territory, language: Language) -> str:
    """Where: «Абай ауданында» / «в Абайском районе» / "in Abay District"."""
    return _PHRASES[language](territory, _IN)


def of_territory(territory: Territory, language: Language) -> str:
    """Whose: «Абай ауданының» / «Абайского района» / "of Abay District"."""
    return _PHRASES[language](territory, _OF)


def _kazakh(territory: Territory, case: int) -> str:
    *before, last = territory.name.kk.split(" ")
    if last in _KK_BARE:
        ending = _KK_BARE[last][case]
    elif (before and last[-1] in _KK_POSSESSIVE and last.islower()) or territory.type == "republic":
        ending = last + _KK_POSSESSIVE[last[-1]][case]
    else:
        ending = f"{last} {_KK_PLACE[case]}"
    return " ".join([*before, ending])


def _russian(territory: Territory, case: int) -> str:
    if territory.ru_of:
        return territory.ru_of if case == _OF else f"в {territory.ru_in}"
    name = territory.name.ru
    for noun, cases in _RU_NOUNS.items():
        if name.startswith(f"{noun} "):
            return cases[case] + name.removeprefix(noun)
        if name.endswith(f" {noun}"):
            return _after_adjective(name.removesuffix(f" {noun}"), cases[case], case)
    return f"{_RU_PLACE[case]} {name}"


def _after_adjective(adjective: str, noun: str, case: int) -> str:
    """«Абайский» + «в районе» → «в Абайском районе»."""
    declined = _RU_FEMININE.sub("ой", adjective)
    declined = (
        _RU_MASCULINE.sub(("ого", "ом")[case], declined) if declined == adjective else declined
    )
    *preposition, word = noun.split(" ", 1) if case == _IN else [noun]
    return " ".join([*preposition, declined, word])


def _english(territory: Territory, case: int) -> str:
    name = territory.name.en
    if name.endswith(" city"):
        name = f"the city of {name.removesuffix(' city')}"
    elif territory.type == "republic":
        name = f"the {name}"
    return f"{('of', 'in')[case]} {name}"


_PHRASES = {"kk": _kazakh, "ru": _russian, "en": _english}

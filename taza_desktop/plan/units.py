"""Units of figures: what stands beside a cell, and «63 670 саженцев» in the right plural."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from taza_desktop.i18n import Language, Text
from taza_desktop.paths import data_path
from taza_desktop.plan.numbers import show_number


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; after a numeral Kazakh has one form (the singular), Russian three, English two."""

    key: str
    short: Text  # beside a cell and in a column's head
    kk: str
    ru: tuple[str, str, str]  # 1, 2–4 (and fractions), 5 and more
    en: tuple[str, str]

    def word(self, number: Decimal | int, language: Language) -> str:
        """The unit's word alone, in the form that goes with the number."""
        if language == "kk":
            return self.kk
        from babel import Locale

        plural = Locale.parse(language).plural_form(abs(number))
        if language == "en":
            return self.en[plural != "one"]
        return self.ru[{"one": 0, "many": 2}.get(plural, 1)]

    def counted(self, number: Decimal | int, language: Language) -> str:
        """Number and unit, held together by U+00A0: «63 670 саженцев»."""
        return f"{show_number(number, language)}\u00a0{self.word(number, language)}"


def unit(key: str) -> Unit:
    """The unit of that key; KeyError when there is none."""
    return units()[key]


@cache
def units() -> dict[str, Unit]:
    """All units by key, in the order of `resources/plan/units.toml`."""
    raw = tomllib.loads(data_path("resources", "plan", "units.toml").read_text(encoding="utf-8"))
    return {
        key: Unit(key, Text(**row["short"]), row["kk"], tuple(row["ru"]), tuple(row["en"]))
        for key, row in raw.items()
    }

"""Counts, decimals, money and percents: how they are typed, stored, shown and said in a sentence.

Stored is a whole number as an int, any other as a string with a point, without needless zeros
("374.6").
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from taza_desktop.i18n import N_, Language
from taza_desktop.plan.form import Figure
from taza_desktop.plan.numbers import parse_number, show_number
from taza_desktop.plan.sheet import Value

MOST: Final = 2**53  # what every program that reads JSON still holds exactly
PLACES: Final = {"count": 0, "money": 2, "percent": 2, "decimal": 6}
_COMPUTED_PLACES: Final = {"count": 0, "money": 2, "percent": 1, "decimal": 3}
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,15})\.([0-9]*[1-9])")
_NBSP = "\u00a0"
_MONEY: Final = {
    "kk": f"{{}}{_NBSP}теңге",
    "ru": f"{{}}{_NBSP}тенге",
    "en": f"{{}}{_NBSP}tenge",
}
_MILLIONS: Final = {"kk": "млн", "ru": "млн", "en": "million"}
_BILLIONS: Final = {"kk": "млрд", "ru": "млрд", "en": "billion"}
_BY_KIND: Final = {
    "count": N_("write a whole number, for example 63 670"),
    "decimal": N_("write a number, for example 374,6"),
    "money": N_("write a sum in tenge, for example 159 938 082 or 1,6 млрд"),
    "percent": N_("write a percentage, for example 88,3"),
}


def parse(figure: Figure, typed: str, _language: Language) -> int | str:
    """The number that was typed; ValueError with the reason when it is none of this kind.

    Raises: FORM-NUMBER, FORM-NUMBER-KEYBOARD.
    """
    number = parse_number(typed.strip().removesuffix("%").removesuffix("₸"))
    value = stored(number)
    if reason := fault(figure, value):
        raise ValueError(reason)
    return value


def fault(figure: Figure, value: object) -> str | None:
    """Why the value cannot stand in the cell, as a message of the catalogue; None when it can."""
    if type(value) is int:
        whole = value
    elif (
        figure.kind != "count" and isinstance(value, str) and (match := _FRACTION.fullmatch(value))
    ):
        if len(match[1]) > PLACES[figure.kind]:
            return N_("write fewer digits after the comma")
        whole = -1 if value[0] == "-" else 0
    else:
        return _BY_KIND[figure.kind]
    if whole < 0 and figure.minimum is None:
        return N_("a number below zero does not fit here")
    return None if -MOST <= whole <= MOST else N_("the number is too large")


def exact(value: Value) -> Decimal:
    """A stored number as a Decimal."""
    return Decimal(value if isinstance(value, int) else str(value))


def stored(number: Decimal) -> int | str:
    """A number as it is stored."""
    whole = number.to_integral_value()
    return int(whole) if whole == number else f"{number.normalize():f}"


def rounded(figure: Figure, number: Decimal) -> int | str:
    """A computed number as it is stored: a percent with one digit after the comma."""
    step = Decimal(1).scaleb(-_COMPUTED_PLACES[figure.kind])
    return stored(number.quantize(step, ROUND_HALF_UP))


def for_sql(value: Value) -> int | float | None:
    """A stored number as SQLite computes with it; None for what is no number."""
    if isinstance(value, str):
        return float(value) if _FRACTION.fullmatch(value) else None
    return value if isinstance(value, int) and abs(value) <= MOST else None


def show(_figure: Figure, value: Value, language: Language) -> str:
    """As a cell shows it, without unit: «63 670», «374,6»; "63,670" in English."""
    return show_number(exact(value), language)


def say_money(_figure: Figure, value: Value, language: Language) -> str:
    """As a sentence says it: «1,6 млрд теңге» when nothing is lost by that, else every digit."""
    number = exact(value)
    for unit, words in ((Decimal(10**9), _BILLIONS), (Decimal(10**6), _MILLIONS)):
        short = number / unit
        if abs(short) >= 1 and short == round(short, 1):
            text = f"{show_number(short, language)}{_NBSP}{words[language]}"
            return _MONEY[language].format(text)
    return _MONEY[language].format(show_number(number, language))


def say_percent(_figure: Figure, value: Value, language: Language) -> str:
    """«88,3 %»; "88.3%" in English."""
    return show_number(exact(value), language) + ("%" if language == "en" else f"{_NBSP}%")

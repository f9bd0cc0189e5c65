"""The kinds of figures: one row of `KINDS` says all that the program knows about a kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, Language, gettext
from taza_desktop.plan import kind_numbers as number
from taza_desktop.plan import kind_place as place
from taza_desktop.plan import kind_words as word
from taza_desktop.plan.form import Figure, KindName
from taza_desktop.plan.sheet import Value

SqlValue = int | float | str | None
Shows = Callable[[Figure, Value, Language], str]


def as_text(value: Value) -> SqlValue:
    """A value as SQL sees it: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _file_name(value: Value) -> SqlValue:
    return str(value["name"]) if isinstance(value, Mapping) else None


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be done with the values of one kind.

    Attributes:
        parse: text typed → value; ValueError with the reason, a message of the catalogue.
        fault: why a value may not be stored, as such a message; None when it may.
        show: as a cell shows it. say: as a sentence says it.
        for_sql: the value as checks see it.
    """

    parse: Callable[[Figure, str, Language], Value]
    fault: Callable[[Figure, object], str | None]
    show: Shows
    say: Shows
    for_sql: Callable[[Value], SqlValue] = as_text
    numeric: bool = False


def _numeric(say: Shows = number.show) -> Kind:
    return Kind(number.parse, number.fault, number.show, say, number.for_sql, numeric=True)


_TEXT = Kind(word.parse_text, word.fault_text, word.show_text, word.show_text)
KINDS: dict[KindName, Kind] = {
    "count": _numeric(),
    "decimal": _numeric(),
    "money": _numeric(number.say_money),
    "percent": _numeric(number.say_percent),
    "date": Kind(word.parse_date, word.fault_date, word.show_date, word.say_date),
    "text": _TEXT,
    "long_text": _TEXT,
    "person": _TEXT,
    "choice": Kind(word.parse_choice, word.fault_choice, word.show_choice, word.show_choice),
    "choices": Kind(word.parse_choices, word.fault_choices, word.show_choice, word.show_choice),
    "place": Kind(place.parse, place.fault, place.show, place.show),
    "link": Kind(word.parse_link, word.fault_link, word.show_text, word.show_text),
    "attachment": Kind(
        word.parse_attachment,
        word.fault_attachment,
        word.show_attachment,
        word.show_attachment,
        for_sql=_file_name,
    ),
}


def parse(figure: Figure, typed: str | int, language: Language) -> Value:
    """The value that was typed into a cell; None when the cell was emptied.

    Raises: FORM-VALUE, FORM-NUMBER, FORM-NUMBER-KEYBOARD.
    """
    text = str(typed)
    if not text.strip():
        return None
    try:
        return KINDS[figure.kind].parse(figure, text, language)
    except ValueError as fault:
        raise _refusal(figure, text, str(fault)) from None


def check_value(figure: Figure, value: object) -> None:
    """Is the value stored as it must be (see `plan.sheet`); blank always is.

    Raises: FORM-VALUE.
    """
    if value is not None and (reason := KINDS[figure.kind].fault(figure, value)):
        raise _refusal(figure, value, reason)


def show(figure: Figure, value: Value, language: Language) -> str:
    """The value as its cell shows it, without unit; empty when blank."""
    return _each(KINDS[figure.kind].show, figure, value, language)


def say(figure: Figure, value: Value, language: Language) -> str:
    """The value as a sentence of the report says it; empty when blank."""
    return _each(KINDS[figure.kind].say, figure, value, language)


def from_sql(figure: Figure, answer: SqlValue) -> Value:
    """What SQLite computed, as the figure stores it; None when it is not of the figure's kind."""
    if answer is None or not KINDS[figure.kind].numeric:
        value: Value = answer if isinstance(answer, str) else None
        return value if value and KINDS[figure.kind].fault(figure, value) is None else None
    if isinstance(answer, str) or abs(answer) > number.MOST:
        return None
    return number.rounded(figure, Decimal(repr(answer)))


def _each(shows: Shows, figure: Figure, value: Value, language: Language) -> str:
    """Several choices, or the list that a total makes of the values of many sheets, one by one."""
    if value is None:
        return ""
    values: Sequence[Value] = value if isinstance(value, list) else [value]
    between = "; " if figure.kind in ("text", "long_text") else ", "
    return between.join(shows(figure, one, language) for one in values)


def _refusal(figure: Figure, value: object, reason: str) -> Refusal:
    shown = str(value)
    return Refusal(
        "FORM-VALUE",
        N_("“{typed}” does not fit into “{label}”: {reason}."),
        typed=shown if len(shown) <= 60 else f"{shown[:60]}…",
        label=figure.label,
        reason=gettext(reason),
    )

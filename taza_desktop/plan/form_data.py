"""A form as plain data, and back: how a compiled form is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast

from taza_desktop.i18n import Text
from taza_desktop.plan.form import (
    Adding,
    Check,
    Choice,
    Figure,
    Form,
    Rule,
    Section,
    Sentence,
    Table,
)

Part = TypeVar("Part", bound="Choice | Figure | Section | Table | Check | Sentence | Form")
Data = Mapping[str, Any]  # as JSON gives it; a shape that is wrong shows when the part is made
_BLANK = (None, (), False)


def form_as_data(form: Form) -> dict[str, object]:
    """The form in dicts, lists and texts by language, under the names of the dataclasses.

    What is blank is left out; shared shapes and lists of choices are filled in.
    """
    return cast("dict[str, object]", _data(form))


def form_of_data(data: Data, source: str) -> Form:
    """The form that `form_as_data` was given; `source` is the file that messages name.

    Raises: TypeError, KeyError, ValueError, AttributeError for what is no such data.
    """
    return _part(Form, {**data, "source": source})


def _data(part: object) -> object:
    if isinstance(part, Text):
        return part._asdict()
    if isinstance(part, Adding):
        return f"{part.rule} by {part.weight}" if part.weight else part.rule
    if isinstance(part, tuple):
        return [_data(item) for item in cast("tuple[object, ...]", part)]
    if is_dataclass(part) and not isinstance(part, type):
        names = [field.name for field in fields(part) if field.name != "source"]
        values = {name: getattr(part, name) for name in names}
        return {name: _data(value) for name, value in values.items() if value not in _BLANK}
    return part


def _part(sort: type[Part], data: Data) -> Part:
    """One part of a form: what is not as it stands is made as `_MAKERS` says."""
    makers = _MAKERS[sort]
    return sort(**{name: makers[name](it) if name in makers else it for name, it in data.items()})


def _parts(sort: type[Part]) -> Callable[[list[Data]], tuple[Part, ...]]:
    return lambda items: tuple([_part(sort, item) for item in items])


def _text(texts: Data) -> Text:
    return Text(**texts)


@cache
def _adding(words: str) -> Adding:
    rule, by, weight = words.partition(" by ")
    return Adding(cast("Rule", rule), weight if by else None)


_Maker = Callable[[Any], Any]
_LABELLED: Mapping[str, _Maker] = {"label": _text, "hint": _text}
_MAKERS: Mapping[type, Mapping[str, _Maker]] = {
    Choice: _LABELLED,
    Section: _LABELLED,
    Figure: {
        **_LABELLED,
        "choices": _parts(Choice),
        "over_territories": _adding,
        "over_rounds": _adding,
    },
    Table: {**_LABELLED, "columns": _parts(Figure)},
    Check: {"says": _text},
    Sentence: {"text": _text, "opening": _text},
    Form: {
        "filled_by": tuple,
        "rounds": tuple,
        "figures": _parts(Figure),
        "tables": _parts(Table),
        "sections": _parts(Section),
        "checks": _parts(Check),
        "sentences": _parts(Sentence),
        "beside": _parts(Form),
    },
}

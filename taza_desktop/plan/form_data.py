"""A form as plain data: what `taza-desktop plan form NUMBER --json` prints."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import cast

from taza_desktop.i18n import Text
from taza_desktop.plan.form import Adding, Form

_BLANK = (None, (), False)
_INTERNAL = ("source", "beside")


def form_as_data(form: Form) -> dict[str, object]:
    """The form in dicts, lists and texts by language, under the names of the dataclasses.

    What is blank is left out; shared shapes and lists of choices are filled in.
    """
    return cast("dict[str, object]", _data(form))


def _data(part: object) -> object:
    if isinstance(part, Text):
        return part._asdict()
    if isinstance(part, Adding):
        return f"{part.rule} by {part.weight}" if part.weight else part.rule
    if isinstance(part, tuple):
        return [_data(item) for item in cast("tuple[object, ...]", part)]
    if is_dataclass(part) and not isinstance(part, type):
        names = [field.name for field in fields(part) if field.name not in _INTERNAL]
        values = {name: getattr(part, name) for name in names}
        return {name: _data(value) for name, value in values.items() if value not in _BLANK}
    return part

"""How reports look and who signs them: `office.toml` and an office's own values over it."""

from __future__ import annotations

import tomllib
from base64 import b64decode
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from taza_desktop.i18n import Text
from taza_desktop.paths import data_path
from taza_desktop.reports.neutral import Layout

Own = Mapping[str, str | int | float | bool]
"""An office's own values by their place in `office.toml`: "font.size", "office.position.kk"."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose letter it is, who signs and who prepared it; a blank is printed as a line to write on.

    A second person signs where there is a position or a name of one. `letterhead` are lines of
    text, `emblem` the bytes of a picture above them.
    """

    reference: str
    date: str  # "2026-01-30"
    position: Text
    signatory: str
    second_position: Text
    second_signatory: str
    executor: str
    phone: str
    letterhead: Text
    emblem: bytes


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything about a report that is not its content.

    Attributes:
        columns: shares of the page's width of the six columns.
        territories: how many territories get a line of their own in one row of the table.
        entries: how many entries are named in one row.
        remarks: how many explanations are printed in one row.
        photos: how many photos of one measure the annexes show.
    """

    layout: Layout
    columns: tuple[float, ...]
    territories: int
    entries: int
    remarks: int
    photos: int
    signature: Signature


@cache
def defaults() -> Settings:
    """The settings that ship with the program."""
    return of_office({})


def of_office(own: Own) -> Settings:
    """The settings with an office's own values over them."""
    data = deepcopy(_file())
    for place, value in own.items():
        *sections, name = place.split(".")
        section = data
        for part in sections:
            section = section[part]
        section[name] = value
    return Settings(
        layout=_layout(data["page"], data["font"]),
        columns=tuple(data["table"]["columns"]),
        signature=_signature(data["office"]),
        **data["text"],
    )


def shipped(place: str) -> str | int | float | bool:
    """The value that ships with the program. Raises KeyError when there is no such place."""
    found: object = _file()
    for part in place.split("."):
        found = cast("Mapping[str, object]", found)[part]
    return cast("str | int | float | bool", found)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(data_path("resources", "reports", "office.toml").read_text("utf-8"))


def _layout(page: Mapping[str, Any], font: Mapping[str, Any]) -> Layout:
    sizes = {name: font[name] for name in ("size", "table_size", "small_size")}
    return Layout(font=font["family"], fallbacks=tuple(font["fallbacks"]), **sizes, **page)


def _signature(data: Mapping[str, Any]) -> Signature:
    fields: dict[str, Any] = {
        **data,
        "position": Text(**data["position"]),
        "second_position": Text(**data["second_position"]),
        "letterhead": Text(**data["letterhead"]),
        "emblem": b64decode(data["emblem"]),
    }
    return Signature(**fields)

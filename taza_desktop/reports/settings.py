"""How reports look and who signs them: `office.toml` and an office's own values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from taza_desktop.i18n import Text
from taza_desktop.paths import data_path
from taza_desktop.reports.neutral import Layout


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and who prepared the report; a blank is printed as a line to write on."""

    reference: str
    date: str  # "2026-01-30"
    position: Text
    signatory: str
    executor: str
    phone: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything about a report that is not its content.

    Attributes:
        columns: shares of the page's width of the six columns.
        territories: how many territories get a line of their own in one row of the table.
        entries: how many entries are named in one row.
        remarks: how many explanations are printed in one row.
    """

    layout: Layout
    columns: tuple[float, ...]
    territories: int
    entries: int
    remarks: int
    signature: Signature


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(data_path("resources", "reports", "office.toml").read_text("utf-8"))


@cache
def defaults() -> Settings:
    """The settings that ship with the program."""
    data = _file()
    return Settings(
        layout=_layout(data["page"], data["font"]),
        columns=tuple(data["table"]["columns"]),
        territories=data["text"]["territories"],
        entries=data["text"]["entries"],
        remarks=data["text"]["remarks"],
        signature=_signature(data["office"]),
    )


def of_office(own: Mapping[str, Any]) -> Settings:
    """The settings with an office's own `[office]` values (reference, signatory, …) over them."""
    return replace(defaults(), signature=_signature({**_file()["office"], **own}))


def _layout(page: Mapping[str, Any], font: Mapping[str, Any]) -> Layout:
    sizes = {name: font[name] for name in ("size", "table_size", "small_size")}
    return Layout(font=font["family"], fallbacks=tuple(font["fallbacks"]), **sizes, **page)


def _signature(data: Mapping[str, Any]) -> Signature:
    fields: dict[str, Any] = {**data, "position": Text(**data["position"])}
    return Signature(**fields)

"""An office's own settings of reports: which there are, what they may be, kept in its register."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_, Text
from taza_desktop.plan.form import Figure
from taza_desktop.plan.kind_words import parse_date
from taza_desktop.register.register import Register
from taza_desktop.reports.settings import Own, shipped

NAME = "report"  # of the setting in the register
EMBLEM_SIDE = 400  # pixels
_DATE = Figure("date", "date", Text("", "", ""))
Sort = Literal["text", "number", "count", "yes", "date", "picture"]


class Rule(NamedTuple):
    """What a setting may be; `lowest` and `highest` are those of a number."""

    sort: Sort
    lowest: float = 0
    highest: float = 0


RULES: dict[str, Rule] = {
    "page.landscape": Rule("yes"),
    "page.margin_left": Rule("number", 5, 60),
    "page.margin_right": Rule("number", 5, 60),
    "page.margin_top": Rule("number", 10, 60),
    "page.margin_bottom": Rule("number", 10, 60),
    "font.family": Rule("text"),
    "font.size": Rule("number", 8, 20),
    "font.table_size": Rule("number", 6, 16),
    "font.small_size": Rule("number", 6, 14),
    "text.territories": Rule("count", 1, 300),
    "text.entries": Rule("count", 0, 1000),
    "text.remarks": Rule("count", 0, 1000),
    "text.photos": Rule("count", 0, 100),
    "office.reference": Rule("text"),
    "office.date": Rule("date"),
    "office.position.kk": Rule("text"),
    "office.position.ru": Rule("text"),
    "office.signatory": Rule("text"),
    "office.second_position.kk": Rule("text"),
    "office.second_position.ru": Rule("text"),
    "office.second_signatory": Rule("text"),
    "office.executor": Rule("text"),
    "office.phone": Rule("text"),
    "office.letterhead.kk": Rule("text"),
    "office.letterhead.ru": Rule("text"),
    "office.emblem": Rule("picture"),
}


def read(register: Register) -> Own:
    """What the office of this register set; what a later program does not know is left out."""
    kept = cast("dict[str, Any]", json.loads(register.setting(NAME) or "{}"))
    return {name: value for name, value in kept.items() if name in RULES}


def change(register: Register, typed: Mapping[str, str]) -> Own:
    """Keep settings as they were typed; blank puts back what ships with the program.

    The emblem is typed as the path of a picture, "" takes it away. Raises Refusal REPORT-SETTING,
    REPORT-SETTING-VALUE, EnvironmentFault; nothing is kept then.
    """
    kept = dict(read(register))
    for name, text in typed.items():
        if name not in RULES:
            raise Refusal(
                "REPORT-SETTING",
                N_("A report has no setting “{name}”. It has: {names}."),
                name=name,
                names=", ".join(RULES),
            )
        kept.pop(name, None)
        if text.strip():
            kept[name] = _value(name, text.strip())
    register.put_setting(NAME, json.dumps(kept, ensure_ascii=False, sort_keys=True))
    return kept


def shown(own: Own) -> dict[str, str | int | float | bool]:
    """Every setting as it is in force; of the emblem only whether there is one."""
    values = {name: own.get(name, shipped(name)) for name in RULES}
    return {**values, "office.emblem": bool(values["office.emblem"])}


def _value(name: str, text: str) -> str | int | float | bool:
    rule = RULES[name]
    try:
        match rule.sort:
            case "text":
                return text
            case "yes":
                return {"true": True, "false": False}[text.lower()]
            case "date":
                return parse_date(_DATE, text, "ru")
            case "picture":
                return _picture(Path(text))
            case "count" | "number":
                return _number(text, rule)
    except (ValueError, KeyError):
        raise _refusal(name, text, rule) from None


def _number(text: str, rule: Rule) -> int | float:
    number = int(text) if rule.sort == "count" else float(text.replace(",", "."))
    if not rule.lowest <= number <= rule.highest:
        raise ValueError(text)
    return int(number) if number == int(number) else number


def _picture(path: Path) -> str:
    """The picture as small as a letterhead needs it, Base64."""
    from PIL import Image

    with environment_faults(path):
        data = path.read_bytes()
    try:
        with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as picture:
            picture.thumbnail((EMBLEM_SIDE, EMBLEM_SIDE))
            small = BytesIO()
            picture.convert("RGBA").save(small, "PNG", optimize=True)
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise ValueError(path) from None
    return b64encode(small.getvalue()).decode()


def _refusal(name: str, text: str, rule: Rule) -> Refusal:
    wanted = {
        "yes": "true, false",
        "date": "30.01.2026",
        "picture": "JPG, PNG",
        "count": f"{rule.lowest:g} – {rule.highest:g}",
        "number": f"{rule.lowest:g} – {rule.highest:g}",
        "text": "…",
    }[rule.sort]
    return Refusal(
        "REPORT-SETTING-VALUE",
        N_("“{typed}” cannot be the setting “{name}”. It may be: {wanted}."),
        typed=text,
        name=name,
        wanted=wanted,
    )

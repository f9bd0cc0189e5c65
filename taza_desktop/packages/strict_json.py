"""JSON as packages use it: no floats, no key twice, no integer that other programs would round."""

from __future__ import annotations

import json
import unicodedata
from typing import NoReturn, cast

from taza_desktop.packages import limits

_DIGITS = len(str(limits.INTEGER))


def dump(value: object) -> bytes:
    """The one way in which a package writes JSON; ValueError for what `load` would not take."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def load(data: bytes) -> object:
    """What `data` says; ValueError (never anything else) names what a package may not hold."""
    try:
        text = data.decode("utf-8")
        value = cast(object, _decoder.decode(text))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _check_texts(value)
    return value


def _check_texts(value: object) -> None:
    """Texts are NFC and sound Unicode, here and in whatever is nested in here."""
    if isinstance(value, str):
        if len(value) > limits.TEXT:
            raise ValueError("a text is too long")
        if not unicodedata.is_normalized("NFC", value):
            raise ValueError("a text is not in NFC")
        value.encode("utf-8")  # a lone surrogate is a UnicodeEncodeError, which is a ValueError
    elif isinstance(value, list):
        for item in cast(list[object], value):
            _check_texts(item)
    elif isinstance(value, dict):
        for key, item in cast(dict[str, object], value).items():
            _check_texts(key)
            _check_texts(item)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS + 1 or abs(number := int(digits)) > limits.INTEGER or digits == "-0":
        raise ValueError("a whole number is too big")
    return number


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"a number is not whole: {text[:20]}")


_decoder = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_no_float,
    parse_constant=_no_float,
)

"""Numbers as people type them («1 млн 389 тыс.», «әі» for 23) and as they are printed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, Language

# On the Kazakh layout the number row types letters; a numeric cell reads the digits on the key
# caps. Its keys 6 and 7 type a comma and a full stop: beside letters of the row nobody can tell
# what was meant.
_NUMBER_ROW = str.maketrans('"әіңғүұқө', "12345890-")
_ROW_LETTERS = frozenset("әіңғүұқө")
_MINUS = str.maketrans("−–—", "---")  # the signs that a word processor puts for a minus
_SCALES = {
    "тыс": 10**3, "тысяч": 10**3, "тысяча": 10**3, "тысячи": 10**3, "мың": 10**3, "thousand": 10**3,
    "млн": 10**6, "миллион": 10**6, "миллиона": 10**6, "миллионов": 10**6, "million": 10**6,
    "млрд": 10**9, "миллиард": 10**9, "миллиарда": 10**9, "миллиардов": 10**9, "billion": 10**9,
}  # fmt: skip
_SCALE = re.compile(rf" ?(?<![^\W\d_])({'|'.join(_SCALES)})(?![^\W\d_])\.? ?")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(
    r"[0-9]{1,3}(?P<sep>[ .,])[0-9]{3}(?:(?P=sep)[0-9]{3})*(?:(?!(?P=sep))[.,][0-9]+)?"
)
_LONGEST = 15  # digits; SQLite and every spreadsheet hold that many exactly

_NOT_A_NUMBER = N_(
    "“{typed}” is not a number. Write digits, with a comma before the fraction: 63 670 or 374,6."
)
_WHICH_KEYS = N_(
    "“{typed}” was typed with Kazakh letters on, where 6 and 7 give a comma and a full stop. "
    "Type the number again with digits."
)


def parse_number(typed: str) -> Decimal:
    """The number that was typed; digits are kept as written ("3,50" → 3.50).

    Accepts any spaces between groups, a decimal comma or point, «тыс.» / «мың», «млн», «млрд» after
    a number and several such parts («1 млн 389 тыс.», «2 тыс. 422»). A single comma or point is
    always the decimal sign. Refusal FORM-NUMBER, FORM-NUMBER-KEYBOARD.
    """
    text = " ".join(unicodedata.normalize("NFC", typed).lower().translate(_MINUS).split())
    text = _from_number_row(text, typed)
    sign = -1 if text.startswith("-") else 1
    pieces = _SCALE.split(text.removeprefix("-").lstrip())
    number = _plain(pieces[0]) if len(pieces) == 1 else _scaled(pieces)
    if number is None or len(number.as_tuple().digits) > _LONGEST or number.adjusted() >= _LONGEST:
        raise Refusal("FORM-NUMBER", _NOT_A_NUMBER, typed=typed)
    return sign * number


def show_number(number: Decimal | int, language: Language) -> str:
    """The number as it is printed, all its digits: 63 670,5 with U+00A0, in English 63,670.5."""
    return _shown(str(number), language)


@lru_cache(maxsize=1 << 16)
def _shown(number: str, language: Language) -> str:
    """A report says the same numbers again and again, and formatting one takes its time."""
    from babel.numbers import format_decimal

    return format_decimal(Decimal(number), locale=language, decimal_quantization=False)


def _from_number_row(text: str, typed: str) -> str:
    letters = {sign for sign in text if sign.isalpha()}
    if not letters or not letters <= _ROW_LETTERS:
        return text
    if "," in text or "." in text:
        raise Refusal("FORM-NUMBER-KEYBOARD", _WHICH_KEYS, typed=typed)
    return text.translate(_NUMBER_ROW)


def _plain(text: str) -> Decimal | None:
    """A number without words, or None."""
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if found := _GROUPED.fullmatch(text):
        return Decimal(text.replace(found["sep"], "").replace(",", "."))
    return None


def _scaled(pieces: list[str]) -> Decimal | None:
    """The sum of «number, scale, …, rest»; None unless each part fits under the one before."""
    scales = [_SCALES[word] for word in pieces[1::2]]
    numbers = pieces[::2] if pieces[-1] else pieces[:-1:2]
    total, room = Decimal(0), Decimal("Infinity")
    for text, scale in zip(numbers, [*scales, 1], strict=False):
        number = _plain(text)
        if number is None or number * scale >= room:
            return None
        total, room = total + number * scale, Decimal(scale)
    whole = total.to_integral_value()
    return whole if whole == total else total

"""Thirty digits that stand for a key: read aloud, typed, compared.

Six groups of five digits out of SHA-256 over the public key: 10^30 possibilities, 99.7 bits. To
pass off another key one would have to make about 10^30 of them until one has the same digits. That
a wrong group is named helps nobody to guess: who holds the file can work the digits out anyway.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import encoding

if TYPE_CHECKING:
    from cryptography import x509

GROUPS, DIGITS = 6, 5
_PURPOSE = b"taza code 1\n"  # the same key has other digits wherever else it is hashed
_KAZAKH_ROW = str.maketrans('"әіңғ,.үұқ', "1234567890")  # what the number row types there
_KAZAKH_ONLY = frozenset("әіңғүұқ")
_SAYS = {
    "CRED-CODE-SHAPE": N_("A code has {digits} digits; {typed} were typed. Type all six groups."),
    "CRED-CODE": N_(
        "The code does not fit this file: look at group {groups} again. If every digit is right,"
        " the file is not from your coordinator: do not use it, and call."
    ),
    "CRED-HEARD": N_(
        "What was read to you does not fit this request: have group {groups} read again. If it"
        " stays so, the file is not from this person: do not certify it."
    ),
}


def code_of(holder: x509.Certificate | x509.CertificateSigningRequest) -> tuple[str, ...]:
    """The six groups of the key in a certificate or a request."""
    hashed = sha256(_PURPOSE + encoding.public_key(holder))
    number = int.from_bytes(hashed.digest(), "big")
    text = f"{number % 10 ** (GROUPS * DIGITS):0{GROUPS * DIGITS}}"
    return tuple(text[start : start + DIGITS] for start in range(0, len(text), DIGITS))


def say(groups: Sequence[str]) -> str:
    """The code as it is printed and read aloud: `12345 67890 …`."""
    return " ".join(groups)


def clean(typed: str) -> str:
    """The digits among what was typed, with a Kazakh keyboard's number row read as digits.

    There the row types «"әіңғ,.үұқ»: comma and point count as 6 and 7 only beside such letters,
    else they part groups like spaces and dashes.
    """
    text = unicodedata.normalize("NFKC", typed).casefold()
    if _KAZAKH_ONLY & set(text):
        text = text.translate(_KAZAKH_ROW)
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def wrong_groups(
    typed: str, holder: x509.Certificate | x509.CertificateSigningRequest
) -> tuple[int, ...]:
    """Which groups, counted from 1, are not those of the key. Refuses CRED-CODE-SHAPE."""
    digits = clean(typed)
    if len(digits) != GROUPS * DIGITS:
        raise Refusal(
            "CRED-CODE-SHAPE",
            _SAYS["CRED-CODE-SHAPE"],
            digits=GROUPS * DIGITS,
            typed=len(digits),
        )
    groups = enumerate(code_of(holder), start=1)
    return tuple(n for n, group in groups if digits[(n - 1) * DIGITS : n * DIGITS] != group)


def check(typed: str, holder: x509.Certificate) -> None:
    """The code from the letter, against an authority. Refuses CRED-CODE-SHAPE, CRED-CODE."""
    _check("CRED-CODE", typed, holder)


def check_heard(heard: str, holder: x509.CertificateSigningRequest) -> None:
    """The code read by phone, against a request. Refuses CRED-CODE-SHAPE, CRED-HEARD."""
    _check("CRED-HEARD", heard, holder)


def _check(
    code: str, typed: str, holder: x509.Certificate | x509.CertificateSigningRequest
) -> None:
    if wrong := wrong_groups(typed, holder):
        raise Refusal(code, _SAYS[code], groups=", ".join(map(str, wrong)))

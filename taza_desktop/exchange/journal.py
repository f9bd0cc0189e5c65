"""The log of every attempt, for people: when, what, how it ended. No credential is in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, cast

from taza_desktop.errors import Refusal
from taza_desktop.register.register import Register

Way = Literal["send", "look", "fetch", "test"]
_KEPT = 2_000  # attempts; older ones are forgotten


class Attempt(NamedTuple):
    """One attempt.

    Attributes:
        at: when it ended, UTC.
        about: package id or path at the place; empty for a look.
        place: what a person calls the place.
        code, text: of the refusal in the language of that moment; empty when it went well.
    """

    at: str
    way: Way
    about: str
    place: str
    seconds: float
    bytes: int
    code: str
    text: str


def write(
    register: Register,
    way: Way,
    place: str,
    about: str = "",
    seconds: float = 0.0,
    size: int = 0,
    refusal: Refusal | None = None,
    said: tuple[str, str] = ("", ""),
) -> None:
    """Note an attempt; the oldest ones make room. `said`: code and text of a refusal kept."""
    code, text = (refusal.code, refusal.text()) if refusal else said
    row = (register.now(), way, about, place, round(seconds, 3), size, code, text)
    with register.transaction():
        register.db.execute(
            "INSERT INTO attempts (at, way, about, place, seconds, bytes, code, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        register.db.execute(
            "DELETE FROM attempts WHERE id <= (SELECT max(id) FROM attempts) - ?", (_KEPT,)
        )


def count(register: Register, about: str, way: Way, code: str = "") -> int:
    """How many attempts of that kind the log still knows, with that code if one is named."""
    row = register.db.execute(
        "SELECT count(*) FROM attempts WHERE about = ? AND way = ? AND ? IN ('', code)",
        (about, way, code),
    ).fetchone()
    return cast("int", row[0])


def read(register: Register, about: str | None = None, most: int = 200) -> list[Attempt]:
    """The latest attempts, the newest first; of one package or file when it is named."""
    rows = register.db.execute(
        "SELECT at, way, about, place, seconds, bytes, code, text FROM attempts"
        " WHERE ? IS NULL OR about = ? ORDER BY id DESC LIMIT ?",
        (about, about, most),
    )
    return [Attempt(*row) for row in cast("Iterable[tuple[Any, ...]]", rows)]

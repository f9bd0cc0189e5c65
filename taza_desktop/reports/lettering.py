"""How much room words take in a drawing, before anything is drawn."""

from __future__ import annotations

import tomllib
from functools import cache

from taza_desktop.paths import data_path

FONT = "Calibri"  # Carlito is the same where there is no Office
POINT = 25.4 / 72  # millimetres
USUAL = 507  # thousandths of the height: a digit, or a letter that nobody measured
SPARE = 1.2  # the report's own font may be so much wider
MORE = "…"


@cache
def _widths() -> dict[str, int]:
    path = data_path("resources", "reports", "letters.toml")
    held = tomllib.loads(path.read_text("utf-8"))
    return {letter: int(width) for width, letters in held.items() for letter in letters}


def advances(text: str, size: float) -> list[float]:
    """How far each letter moves the next one, in millimetres; `size` in points."""
    widths = _widths()
    return [widths.get(letter, USUAL) / 1000 * size * POINT for letter in text]


def room(text: str, size: float) -> float:
    """Millimetres that the text takes at most, whatever font it is drawn in."""
    return sum(advances(text, size)) * SPARE


def cut(text: str, size: float, width: float) -> str:
    """The text, its end left out where it would take more than so many millimetres."""
    if room(text, size) <= width:
        return text
    while text and room(text + MORE, size) > width:
        text = text[:-1]
    return text.rstrip() + MORE


def broken(text: str, size: float, width: float) -> list[str]:
    """The text in lines that take at most so many millimetres, if its words allow."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and room(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines

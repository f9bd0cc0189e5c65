"""A command that was called wrongly is told so in the language asked for, by click's mouth too."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from click import core, exceptions, formatting, parser, types

from taza_desktop.cli.usage import SAYS
from tests.running import Taza

WRONG: dict[str, tuple[str, ...]] = {
    "no command": (),
    "an unknown command": ("frob",),
    "nearly a command": ("reprot",),
    "an argument is missing": ("report",),
    "an option is missing": ("report", "x"),
    "an unknown option": ("plan", "measures", "--nope"),
    "nearly an option": ("plan", "measures", "--jsn"),
    "no number": ("plan", "form", "abc"),
    "a number that is not there": ("report", "x", "--round", "2024", "--measure", "99"),
    "too much": ("plan", "form", "5", "6", "7"),
    "none of the choices": ("report", "x", "--round", "2024", "--lang", "de"),
    "a folder for a file": ("report", "."),
    "an option without its value": ("report", "x", "--round"),
    "a value too many": ("plan", "measures", "--json=5"),
    "no day": ("region", "revoke", "x", "1", "--since", "yesterday"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_it_is_said_in_every_language(taza: Taza, tmp_path: Path, wrong: str) -> None:
    said: dict[str, str] = {}
    for lang in ("kk", "ru", "en"):
        outcome = taza("--lang", lang, *WRONG[wrong])
        assert outcome.code == 2
        said[lang] = outcome.err.split("\n\n")[-1] if "\n\n" in outcome.err else outcome.err
    assert len(set(said.values())) == 3
    for lang in ("kk", "ru"):
        sentence = re.sub(r"['‘“«].*?['’”»]", "", said[lang])
        left = re.findall(r"\b[A-Za-z]{3,}\b", sentence)
        assert set(left) <= {"json", "FILE", "form", "measures"}, said[lang]


def test_what_we_reword_is_what_click_says() -> None:
    """A newer click may word it anew; then the table has to follow."""
    sources = "".join(map(inspect.getsource, (core, exceptions, formatting, parser, types)))
    said = re.sub(r'"\s*\n\s*"', "", sources).replace("\\n", "\n").replace("\\t", "\t")
    assert [text for text in SAYS if f'"{text}"' not in said] == []

"""The administrators' guide against the program, and its three languages against each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from taza_desktop.exchange.checking import SAYS
from taza_desktop.i18n import in_all
from tests.bench import exchange_sizing as sizing
from tests.exchange import guide
from tests.exchange.guide import GUIDES, ROOT

OTHERS = ("kk", "ru")
_COMMENT = re.compile(r"[ \t]+# .*$", re.M)
_CODE = re.compile(r'"(EXC-[A-Z-]+)"')


def commands_of(lang: str) -> list[tuple[bool, str, str, str]]:
    """The blocks without their comments, which are translated."""
    return [
        (one.runs, one.name if one.runs else "", one.language, _COMMENT.sub("", one.text))
        for one in guide.blocks(lang)
        if one.language == "sh"
    ]


def test_every_command_is_run_or_says_why_not() -> None:
    others = (one for one in Path(__file__).parent.glob("*.py") if one.name != "test_guide.py")
    tests = "".join(path.read_text(encoding="utf-8") for path in others)
    named = [one for one in guide.blocks() if one.language == "sh"]
    assert len(named) > 20
    assert all(one.name for one in named)
    run = [one.name for one in named if one.runs]
    assert len(set(run)) == len(run)
    assert [name for name in run if f'"{name}"' not in tests] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_the_commands_are_the_same_in_every_language(lang: str) -> None:
    assert commands_of(lang) == commands_of("en")


@pytest.mark.parametrize("lang", GUIDES)
def test_every_code_is_told_about(lang: str) -> None:
    sources = (ROOT / "taza_desktop").rglob("*.py")
    known = {code for path in sources for code in _CODE.findall(path.read_text(encoding="utf-8"))}
    told = [row[0].strip("`") for row in guide.table("codes", lang)]
    assert len(set(told)) == len(told)
    assert set(told) == known


@pytest.mark.parametrize("lang", GUIDES)
def test_the_steps_are_called_as_the_program_calls_them(lang: str) -> None:
    said = [getattr(in_all(text), lang) for text in SAYS.values()]
    assert [row[0] for row in guide.table("steps", lang)] == said


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("name", ["measured", "storage", "traffic"])
def test_the_numbers_are_the_same_in_every_language(name: str, lang: str) -> None:
    assert numbers(name, lang) == numbers(name, "en")


def test_the_sizes_follow_from_what_was_measured() -> None:
    text = GUIDES["en"].read_text(encoding="utf-8")
    submission, answer = (
        int(re.findall(words, text)[0])
        for words in (r"encrypted, (\d+) bytes", r"answer to it (\d+) bytes")
    )
    apache, seaweed = (
        sizing.Measured(*column) for column in zip(*numbers("measured", "en"), strict=True)
    )
    assert sizing.storage(submission, answer, apache.objects) == numbers("storage", "en")
    both = zip(sizing.traffic(apache), sizing.traffic(seaweed), strict=True)
    assert [one + other[1:] for one, other in both] == numbers("traffic", "en")


def numbers(name: str, lang: str) -> list[list[int]]:
    """The cells of a table that are numbers."""
    rows = guide.table(name, lang)
    return [[int(cell) for cell in row if cell.isdigit()] for row in rows]


@pytest.mark.parametrize("lang", GUIDES)
def test_links_and_headings(lang: str) -> None:
    """Every file that is linked is there; the sections have the same numbers everywhere."""
    text = GUIDES[lang].read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (GUIDES[lang].parent / target).is_file(), target
    english = GUIDES["en"].read_text(encoding="utf-8")
    assert re.findall(r"(?m)^#+ ([\d.]+) ", text) == re.findall(r"(?m)^#+ ([\d.]+) ", english)

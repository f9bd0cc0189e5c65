"""Every attack is refused by its own code, changes nothing, and is told in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.i18n import LANGUAGES, set_language
from tests.attacks.conftest import OfficeDesk
from tests.attacks.kit import given
from tests.attacks.table import CASES, GOOD_CASES, Case, page
from tests.packages.kit import Sample

PAGE = Path(__file__).parents[2] / "docs" / "attacks.md"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_refused_and_nothing_changes(
    case: Case, samples: dict[str, Sample], office: OfficeDesk, stick: Path
):
    sample, path = samples[case.kind], stick / "sample.taza"
    attack, before = given(case.attack, sample), office.state()
    with pytest.raises(Refusal) as refused:
        office.take(attack, path, sample)
    assert refused.value.code == case.code
    assert office.state() == before
    assert list(stick.iterdir()) == [path]
    assert path.read_bytes() == attack.data
    _check_sentences(refused.value)


def _check_sentences(refusal: Refusal) -> None:
    """One for each language, whole, without a sign that commands a terminal."""
    said: list[str] = []
    for language in LANGUAGES:
        set_language(language)
        said.append(refusal.text())
    assert len(set(said)) == len(LANGUAGES)
    assert all(text.endswith(".") and len(text) < 600 for text in said)
    assert not any("\x1b" in text or "\u202e" in text or "\ud83d" in text for text in said)


@pytest.mark.parametrize("case", GOOD_CASES, ids=str)
def test_what_is_odd_but_allowed_is_read(
    case: Case, samples: dict[str, Sample], office: OfficeDesk, stick: Path
):
    sample = samples[case.kind]
    path, what = stick / "sample.taza", given(case.attack, sample)
    path.write_bytes(what.data)
    opened = office.look(path, what, sample)
    assert opened.signer.name
    assert opened.container == what.data


def test_the_page_of_attacks_is_fresh():
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_the_table_of_threats_names_tests_that_exist():
    root = PAGE.parent.parent
    named = re.findall(r"\]\(([^)#:]+)", (root / "SECURITY.md").read_text("utf-8"))
    assert len(named) > 20
    assert [name for name in named if not (root / name).exists()] == []

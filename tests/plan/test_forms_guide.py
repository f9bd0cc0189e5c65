"""`docs/forms.md` is true: its example is a form, its tables list what there is."""

from __future__ import annotations

import re
from pathlib import Path

from taza_desktop.paths import data_path
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form_mistakes import SAYS
from taza_desktop.plan.form_shape import SHAPES
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.programme import programme_of
from taza_desktop.plan.sentences import sentences
from taza_desktop.plan.sheet import Cells
from taza_desktop.plan.sql import FUNCTIONS
from tests.plan.form_writing import GOOD, changed, written

GUIDE = data_path("docs", "forms.md").read_text(encoding="utf-8")


def example() -> str:
    (block,) = re.findall(r"^```toml\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    return block


def section(heading: str) -> str:
    return re.split(r"^## ", GUIDE.split(f"\n## {heading}\n")[1], flags=re.MULTILINE)[0]


def first_column(text: str) -> set[str]:
    cells = re.findall(r"^\| ([^|]+?) \|", text, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`?([A-Za-z_-]+)`?", cell)}


def test_the_example_is_a_form_and_says_what_the_guide_says(tmp_path: Path) -> None:
    form = written(tmp_path, example())
    cells: Cells = {"planned": 40, "equipped": 38}
    programme = programme_of(form)
    cells |= programme.computed(programme.given(cells, {}))
    (said,) = sentences(form, cells, {}, load_plan().territories["150000000"], "ru")
    assert f"> {said}\n" in GUIDE.replace(" школ", "\u00a0школ").replace(" %", "\u00a0%")


def test_every_kind_is_described() -> None:
    assert set(KINDS) <= first_column(section("Kinds"))


def test_every_mistake_is_described() -> None:
    described = re.findall(r"^\| (FORM-[A-Z-]+) \|", GUIDE, re.MULTILINE)
    assert described == list(SAYS)


def test_every_key_is_described() -> None:
    assert set(SHAPES["form"]) - set(SHAPES["shape"]) == first_column(section("The head")) - {"key"}
    assert set(SHAPES["figure"]) == first_column(section("Figures")) - {"key"}
    assert set(SHAPES["sentence"]) == first_column(section("Sentences")) & set(SHAPES["sentence"])
    for word in ("each", "level", "that", "says", "at"):
        assert f"`{word}" in section("Checks")


def test_every_function_is_named() -> None:
    (listed,) = re.findall(r"functions (.*?)\. Texts", GUIDE, re.DOTALL)
    assert set(re.split(r",\s+", listed)) == FUNCTIONS


def test_every_shape_is_described() -> None:
    files = data_path("resources", "forms", "shared").glob("*.toml")
    shapes = {file.stem for file in files} - {"choices"}
    assert shapes == first_column(section("Shared shapes")) - {"shape"}


def test_the_expressions_of_the_guide_can_be_computed(tmp_path: Path) -> None:
    wanted = re.findall(r"\| `(\(select[^`]+|100\.0[^`]+)` \|", section("Computed figures"))
    assert len(wanted) >= 4
    names = {"grants": "plantings", "nurseries": "plantings", "amount": "area", "state": "species"}
    for expression in wanted:
        for theirs, ours in names.items():
            expression = re.sub(rf"\b{theirs}\b", ours, expression)
        assert written(tmp_path, changed("100.0 * planted / planned", expression))


def test_an_item_in_the_text_can_be_put_into_a_form(tmp_path: Path) -> None:
    blocks = re.findall(r"^    (\[\[\w+\]\]\n(?:    .*\n)+)", GUIDE, re.MULTILINE)
    assert len(blocks) == 3
    for block in blocks:
        item = re.sub(r"^    ", "", block, flags=re.MULTILINE)
        for theirs, ours in (('at = "date"', 'at = "number"'), ("date between", "number between"),
                             ("{planted}", "{number}")):  # fmt: skip
            item = item.replace(theirs, ours)
        assert written(tmp_path, GOOD + item)

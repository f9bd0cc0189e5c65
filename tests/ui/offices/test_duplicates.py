"""Rows that two people both entered are joined by a person, and by nobody else."""

from __future__ import annotations

import pytest

from taza_desktop.register.register import Register
from tests.ui.offices.conftest import Opener
from tests.ui.offices.pages import Receiving
from tests.ui.offices.world import ALGA, World, key
from tests.ui.pages import Shell

ROW = {"date": "2024-04-12", "place": ALGA, "site": "Орталық саябақ", "planted": 120}
AGAIN = {**ROW, "site": "Орталык саябак", "species": "қайың"}


@pytest.fixture
def twice(world: World) -> World:
    """Two rows of one planting, spelt differently."""
    with Register.open(world.region) as region:
        for cells in (ROW, AGAIN):
            region.add_entry(key(ALGA), "plantings", dict(cells))
    return world


class Alike(Receiving):
    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.part = self.tab(3)


def _rows(world: World) -> list[dict[str, object]]:
    with Register.open(world.region) as region:
        return [dict(row.cells) for row in region.sheet(key(ALGA)).entries["plantings"]]


def test_both_stand_side_by_side(twice: World, open_window: Opener) -> None:
    alike = Alike(open_window(twice.region))
    assert alike.tab_name(3) == "Possible duplicates (1)"
    assert alike.part.lines("duplicates")[0][0] == "Alga District"
    cells = alike.part.lines("cells")
    assert any({"Орталық саябақ", "Орталык саябак"} <= set(line) for line in cells)
    assert any({"—", "қайың"} <= set(line) for line in cells)


def test_one_row_is_left_with_what_both_say(twice: World, open_window: Opener) -> None:
    alike = Alike(open_window(twice.region))
    alike.part.clicks("The same: keep the first")
    (row,) = _rows(twice)
    assert row["species"] == "қайың"
    assert alike.tab_name(3) == "Possible duplicates"
    assert alike.says().startswith("One row is left of two.")


def test_what_is_not_the_same_is_not_asked_again(twice: World, open_window: Opener) -> None:
    alike = Alike(open_window(twice.region))
    alike.part.clicks("Not the same")
    assert len(_rows(twice)) == 2
    assert Alike(open_window(twice.region)).tab_name(3) == "Possible duplicates"

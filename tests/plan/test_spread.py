from __future__ import annotations

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.plan.spread import Spread, spreads

FORM = load_plan().form(6)


def sheet(territory: str, **cells: object) -> Sheet:
    return Sheet(SheetKey(6, territory, "2024"), dict(cells))


def test_the_middle_of_what_others_planted_and_its_ends() -> None:
    sheets = [sheet(f"15{n}200000", planted=n * 100) for n in range(1, 6)]
    assert spreads(FORM, sheets)["planted"] == Spread(5, 100, 300, 500)


def test_one_sheet_is_no_measure_for_another() -> None:
    assert "planted" not in spreads(FORM, [sheet("153200000", planted=5), sheet("154600000")])


def test_what_is_no_number_and_what_is_computed_is_left_out() -> None:
    sheets = [sheet(f"15{n}200000", planned=10, planted="many") for n in range(1, 4)]
    found = spreads(FORM, sheets)
    assert set(found) == {"planned"}


def test_fractions_keep_their_digits() -> None:
    sheets = [sheet("153200000", survival="81.5"), sheet("154600000", survival="90.2")]
    assert spreads(FORM, sheets)["survival"] == Spread(2, "81.5", "85.9", "90.2")

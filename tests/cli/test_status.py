"""How complete a round is, from the command line."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import DISTRICT
from tests.running import Taza


def test_the_board_is_written_to_a_workbook_too(taza: Taza, district: Path, tmp_path: Path) -> None:
    out = tmp_path / "board.xlsx"
    told = taza("status", district, "--round", "2024", "--on", "2025-02-11", "--excel", out)
    assert told.code == 0, told.err
    sheets = [line for line in told.out.splitlines() if line.startswith(DISTRICT)]
    book = load_workbook(out)
    assert book["List"].max_row == 1 + len(sheets)
    assert book["Matrix"]["A4"].value == "Auliekol District"
    nowhere = tmp_path / "nowhere" / "board.xlsx"
    refused = taza("status", district, "--round", "2024", "--excel", nowhere)
    assert refused.code != 0
    assert str(nowhere.parent) in refused.err

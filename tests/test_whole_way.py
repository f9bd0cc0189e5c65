"""All forms on the whole way: entered, sent, merged, printed, and read back from the Word file."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from taza_desktop.cli.app import run
from taza_desktop.cli.sheet_json import to_json
from taza_desktop.i18n import Language
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kind_numbers import exact
from taza_desktop.plan.kinds import KINDS, say, show
from taza_desktop.plan.sheet import Cells, Sheet, SheetKey, Value
from taza_desktop.plan.totals import Total, add_up
from taza_desktop.register.register import Register
from taza_desktop.reports.words import word
from tests.plan.examples import CITY, COUNTRY, DISTRICT, PDF, PLAN, REGION, examples
from tests.running import NoScrypt

ALMATY, ASTANA = "750000000", "710000000"
REPORTS: tuple[Language, ...] = ("kk", "ru")
# One regional plan «is drawn up and approved», nobody says that one is.
SAID_IN_WORDS = {(14, "developed"), (14, "approved")}
Told = dict[int, str]  # what column 6 says, by measure


@dataclass
class Offices:
    """The registers of a country in small: the Ministry, three regions, two of one's districts."""

    folder: Path

    def file(self, kato: str) -> Path:
        """The register of an office."""
        return self.folder / f"{kato}.taza-register"

    def taza(self, *arguments: str | Path) -> None:
        """Run a command that must not be refused."""
        assert run([str(it) for it in arguments], lambda *_: None) == 0, arguments

    def found(self) -> None:
        """Everybody can sign, and who is above believes it."""
        self._new(COUNTRY, "ministry")
        self.taza("region", "create", self.file(COUNTRY))
        for region in (REGION, ALMATY, ASTANA):
            self._new(region, "region")
            self._enrol(region, COUNTRY)
        self.taza("region", "create", self.file(REGION))
        for clerk in (DISTRICT, CITY):
            self._new(clerk, "clerk")
            self._enrol(clerk, REGION)

    def enter(self, sheets: list[Sheet]) -> None:
        """Enter sheets of one office as a file of JSON, what is attached first."""
        register, file = self.file(sheets[0].key.territory), self.folder / "sheets.json"
        with Register.open(register) as opened:
            opened.attach(PDF, "хат.pdf")
        file.write_text(json.dumps([to_json(it) for it in sheets]), encoding="utf-8")
        self.taza("enter", register, file)

    def send(self, kato: str, above: str, round_: str) -> None:
        """Export, carry, merge."""
        out = self.folder / f"{kato}-{round_}"
        self.taza("export", self.file(kato), "--round", round_, "--out", out)
        (package,) = out.glob("*.taza")
        self.taza("merge", self.file(above), package)

    def report(self, kato: str, round_: str, language: Language) -> Told:
        """Print the report in Word and read its table."""
        out = self.folder / f"{kato}-{round_}-{language}.docx"
        how = ("--round", round_, "--lang", language, "--format", "docx", "--out", out)
        self.taza("report", self.file(kato), *how)
        return column_six(out)

    def held(self, kato: str, round_: str) -> dict[SheetKey, Sheet]:
        """The sheets of a register."""
        with Register.open(self.file(kato)) as register:
            return {sheet.key: sheet for sheet in register.sheets(round_)}

    def _new(self, kato: str, role: str) -> None:
        whose = ("--role", role, "--territory", kato, "--name", "Айгүл")
        self.taza("register", "new", self.file(kato), *whose)

    def _enrol(self, kato: str, above: str) -> None:
        asked, answer = self.folder / "asked.pem", self.folder / "answer.pem"
        self.taza("request", self.file(kato), "--out", asked)
        whose = ("--territory", kato, "--name", "Айгүл")
        self.taza("region", "certify", self.file(above), asked, *whose, "--out", answer)
        self.taza("enrol", self.file(kato), answer)
        asked.unlink()
        answer.unlink()


def column_six(path: Path) -> Told:
    """The text of the last column of the report's table, by number of the measure."""
    from docx import Document

    tables = Document(str(path)).tables
    header = 2  # rows at the head of each table, the second with the numbers of the columns
    rows = ([cell.text for cell in row.cells] for it in tables for row in it.rows[header:])
    return {int(row[0]): row[5] for row in rows if len(row) == 6 and row[0].isdigit()}


def by_round() -> dict[str, list[Sheet]]:
    """The examples of all forms."""
    found: defaultdict[str, list[Sheet]] = defaultdict(list)
    for number in PLAN.form_numbers():
        for sheet in examples(number):
            found[sheet.key.round].append(sheet)
    return dict(sorted(found.items()))


def numbers(form: Form, total: Total) -> Iterator[tuple[Figure, Value]]:
    """Every number of a total, typed or computed."""
    cells = [(figure, total.cells.get(figure.name)) for figure in form.figures]
    yield from ((it, value) for it, value in cells if KINDS[it.kind].numeric and value is not None)


def row_of(sheet: Sheet, cells: Cells, columns: tuple[Figure, ...]) -> tuple[str, ...]:
    """How a row of the workbook begins: where it is from, then its cells."""
    values = [sheet.key.territory]
    for column in columns:
        value = cells.get(column.name)
        numeric = KINDS[column.kind].numeric and value is not None
        values.append(str(exact(value)) if numeric else show(column, value, "kk"))
    return tuple(values)


def read_row(row: tuple[object, ...]) -> tuple[str, ...]:
    """The same as it is read, without the territory's name."""
    return tuple(map(_as_shown, row[1:]))


def _as_shown(value: object) -> str:
    if isinstance(value, datetime):  # days are days for the spreadsheet
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(value)


def stands(figure: Figure, value: Value, text: str, language: Language) -> bool:
    """Is the number read in the text, as a whole and not as a part of another."""
    for said in {say(figure, value, language), show(figure, value, language)}:
        if re.search(rf"(?<![\d,.\u00a0]){re.escape(said)}(?!\d|[,.\u00a0]\d)", text):
            return True
    return False


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    """Everything entered, sent and merged, round by round."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("whole_way")
        patch.setenv("TAZA_HOME", str(folder / "home"))
        patch.setenv("TAZA_LANG", "kk")
        patch.setenv("TAZA_PASSPHRASE", "құпия")
        patch.setattr("taza_desktop.packages.keys.Age", NoScrypt)
        made = Offices(folder)
        made.found()
        for round_, sheets in by_round().items():
            for kato in (DISTRICT, CITY, REGION, ALMATY, ASTANA, COUNTRY):
                own = [sheet for sheet in sheets if sheet.key.territory == kato]
                if own:
                    made.enter(own)
                below = [it for it in sheets if PLAN.territories.covers(kato, it.key.territory)]
                if below and kato != COUNTRY:
                    above = REGION if kato in (DISTRICT, CITY) else COUNTRY
                    made.send(kato, above, round_)
        yield made


@pytest.mark.parametrize("round_", by_round())
def test_what_was_entered_arrives(offices: Offices, round_: str) -> None:
    held = offices.held(COUNTRY, round_)
    sheets = by_round()[round_]
    assert held.keys() == {sheet.key for sheet in sheets}
    for sheet in sheets:
        arrived = held[sheet.key]
        assert arrived.cells == sheet.cells
        for table, entries in sheet.entries.items():
            assert [it.cells for it in arrived.entries[table]] == [it.cells for it in entries]


@pytest.mark.parametrize("language", REPORTS)
@pytest.mark.parametrize("round_", by_round())
@pytest.mark.parametrize("kato", [REGION, COUNTRY])
def test_the_report_says_what_was_entered(
    offices: Offices, kato: str, round_: str, language: Language
) -> None:
    told = offices.report(kato, round_, language)
    assert told.keys() == PLAN.measures.keys()
    by_measure: defaultdict[int, list[Sheet]] = defaultdict(list)
    for sheet in by_round()[round_]:
        if PLAN.territories.covers(kato, sheet.key.territory):
            by_measure[sheet.key.measure].append(sheet)
    lost: list[tuple[int, str, Value]] = []
    for measure, sheets in by_measure.items():
        form = PLAN.form(measure)
        for figure, value in numbers(form, add_up(form, sheets)):
            in_words = (measure, figure.name) in SAID_IN_WORDS and value == 1
            if not in_words and not stands(figure, value, told[measure], language):
                lost.append((measure, figure.name, value))
    assert lost == []


@pytest.mark.parametrize("round_", by_round())
def test_the_workbook_holds_every_row(offices: Offices, round_: str) -> None:
    """What is too much for sentences stands in the annexes, row by row and as numbers."""
    from openpyxl import load_workbook

    out = offices.folder / f"{round_}.xlsx"
    how = ("--round", round_, "--lang", "kk", "--format", "xlsx", "--out", out)
    offices.taza("report", offices.file(COUNTRY), *how)
    book = load_workbook(out)
    for sheet in by_round()[round_]:
        form = PLAN.form(sheet.key.measure)
        page = book[word("sheet_measure", "kk", number=form.measure)]
        rows = {read_row(row) for row in page.iter_rows(values_only=True)}
        for table in form.tables:
            for entry in sheet.entries.get(table.name, []):
                wanted = row_of(sheet, entry.cells, table.columns)
                assert any(row[: len(wanted)] == wanted for row in rows), (form.measure, wanted)

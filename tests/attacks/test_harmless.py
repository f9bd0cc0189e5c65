"""What is let in because it may be said, and does no harm where it is shown, printed and saved."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from PIL import Image

from taza_desktop.errors import Refusal
from taza_desktop.packages import read
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.reports import excel, word
from taza_desktop.reports.neutral import Report, plain
from tests.attacks.conftest import OfficeDesk
from tests.attacks.earlier import ANSWERED
from tests.attacks.kit import Given, given
from tests.attacks.pictures import PDF, attaching, jpeg, located, pdf, saved
from tests.packages.kit import COORDINATOR, DISTRICT, Sample, new_register, picture
from tests.reports.samples import report

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A1",
    '=HYPERLINK("http://127.0.0.1/"&A1;"x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "\t=1+1",
    '=WEBSERVICE("http://127.0.0.1")',
)
FIELDS = (
    'DDEAUTO c:\\windows\\cmd.exe "/k calc"',
    "{INCLUDETEXT file:///etc/passwd}",
    "</w:t><w:instrText>DDEAUTO calc</w:instrText><w:t>",
    "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>",
)


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    """A coordinator of one test alone, whom packages may change."""
    with new_register(tmp_path, "own", COORDINATOR) as register:
        yield OfficeDesk(register)


@pytest.mark.parametrize("name", ANSWERED)
def test_a_package_that_came_before_or_too_early_is_answered(
    name: str, samples: dict[str, Sample], desk: OfficeDesk, stick: Path
):
    notice, attack = ANSWERED[name]
    sample = samples["submission"]
    desk.take(Given(sample.good(), sample.authority.trust), stick / "first.taza", sample)
    before = desk.register.sheets("2024")
    merged = desk.take(given(attack, sample), stick / "second.taza", sample)
    assert merged.already is (notice == "")
    assert notice in {"", *(one.code for one in merged.warnings)}
    assert desk.register.sheets("2024") == before


@pytest.mark.parametrize("text", [*FORMULAS, *FIELDS])
def test_no_text_becomes_a_formula_in_excel(text: str, tmp_path: Path):
    excel.write(_saying(text), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(text.strip() in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]
    with zipfile.ZipFile(tmp_path / "x.xlsx") as opened:
        parts = [name for name in opened.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in opened.read(name) or b"<f " in opened.read(name) for name in parts)
        assert not [name for name in opened.namelist() if "externalLink" in name]


@pytest.mark.parametrize("text", [*FORMULAS, *FIELDS])
def test_no_text_becomes_a_field_in_word(text: str, tmp_path: Path):
    word.write(_saying(""), tmp_path / "plain.docx")
    word.write(_saying(text), tmp_path / "x.docx")
    said = Document(str(tmp_path / "x.docx")).paragraphs
    assert text.strip() in {one.text.strip() for one in said}
    assert _fields(tmp_path / "x.docx") == _fields(tmp_path / "plain.docx")


def _fields(path: Path) -> list[int]:
    """How many fields, links and relations a Word file has."""
    with zipfile.ZipFile(path) as opened:
        whole = b"".join(opened.read(name) for name in sorted(opened.namelist()))
    return [whole.count(mark) for mark in (b"<w:instrText", b"<w:fldSimple", b'="External"')]


def _saying(text: str) -> Report:
    """A small report in which somebody wrote that: in a sentence, in an annex, as an office."""
    made = report("ru")
    annex = made.annexes[0]
    rows = ((text, text, 1), *annex.tables[0].rows)
    tables = (replace(annex.tables[0], rows=rows), *annex.tables[1:])
    blocks = (*made.blocks, plain(text))
    return replace(made, blocks=blocks, annexes=(replace(annex, tables=tables),), author=text)


@pytest.mark.parametrize(
    ("content", "kind"),
    [(located(), "image/jpeg"), (picture() + b"PK\3\4archive", "image/png")],
    ids=["where it was taken", "an archive behind it"],
)
def test_what_hides_in_a_picture_stays_in_the_register(
    content: bytes, kind: str, samples: dict[str, Sample], desk: OfficeDesk, stick: Path
):
    sample = samples["submission"]
    desk.take(given(attaching(content, kind), sample), stick / "x.taza", sample)
    (digest,) = _attachments(desk.register)
    assert desk.register.attachment(digest) == content
    shown = desk.register.attachment_to_show(digest)
    assert b"archive" not in shown
    assert b"Exif" not in shown
    with Image.open(io.BytesIO(shown)) as drawn, Image.open(io.BytesIO(content)) as original:
        assert drawn.size == original.size
        assert not drawn.getexif()


def test_a_comment_in_a_picture_is_not_given_out(
    samples: dict[str, Sample], desk: OfficeDesk, stick: Path
):
    sample = samples["submission"]
    attack = jpeg(saved("JPEG", comment=b"<script>alert(1)"))
    desk.take(given(attack, sample), stick / "x.taza", sample)
    (digest,) = _attachments(desk.register)
    assert b"<script" not in desk.register.attachment_to_show(digest)


def test_a_pdf_is_kept_and_never_opened(
    samples: dict[str, Sample],
    desk: OfficeDesk,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("PIL.Image.open", _nobody)
    sample = samples["submission"]
    desk.take(given(pdf(PDF), sample), stick / "x.taza", sample)
    (digest,) = _attachments(desk.register)
    assert desk.register.attachment_to_show(digest) == PDF


def _nobody(*_: object, **__: object) -> None:
    raise AssertionError("opened")


def _attachments(register: Register) -> list[str]:
    return [row[0] for row in register.db.execute("SELECT sha256 FROM attachments")]


@pytest.mark.parametrize(
    "name", ["x\u202eazat.exe", "x\x1b[2J.taza", "x\u2066y.taza", "x\n.taza", "x\u200b.taza"]
)
def test_the_name_of_a_file_is_shown_and_not_obeyed(
    name: str, samples: dict[str, Sample], stick: Path
):
    path = stick / name
    path.write_bytes(b"no package")
    with pytest.raises(Refusal) as refused:
        read.verify(path, samples["submission"].authority.trust)
    assert refused.value.fields["file"] == name
    assert not {"\u202e", "\x1b", "\u2066", "\u200b"} & set(refused.value.text())


def test_names_that_are_typed_or_attached_lose_what_cannot_be_seen(tmp_path: Path):
    whose = Office("clerk", DISTRICT, "Ай\u200bгүл\u202e \nСейітқызы")
    with new_register(tmp_path, "named", whose) as register:
        assert register.office.name == "Айгүл Сейітқызы"
        attached = register.attach(picture(), "и\u0306\u202egpj.exe\x1b.png")
        assert attached["name"] == "йgpj.exe .png"


def test_nothing_is_merged_when_one_of_several_is_bad(
    samples: dict[str, Sample], desk: OfficeDesk, stick: Path
):
    sample = samples["submission"]
    before = desk.state()
    trust = sample.authority.trust
    with pytest.raises(Refusal, match="PKG-END"):
        desk.take_all(
            [Given(sample.good(), trust), Given(sample.good()[:-1], trust)], stick, sample
        )
    assert desk.state()[0] == before[0]

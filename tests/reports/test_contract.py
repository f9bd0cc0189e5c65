"""Word, Excel, PDF and HTML say the same: each printed figure as often in one as in the others."""

from __future__ import annotations

import html as html_text
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from taza_desktop.i18n import Language
from taza_desktop.plan.rounds import Round
from taza_desktop.register.model import Office
from taza_desktop.reports import excel, html, word
from taza_desktop.reports.content import compose
from taza_desktop.reports.drawing import Drawing, Label
from taza_desktop.reports.neutral import Picture, Report, footnotes, paragraphs
from taza_desktop.reports.options import chosen
from taza_desktop.reports.words import word as said
from taza_desktop.ui.printing import Pages, application, write_pdf
from tests.register.offices import new_register
from tests.reports.plans import ARAL, CITY, FORM, REGION, SHIELI, own_plan, put
from tests.reports.test_drawings import texts_of_emf

pytestmark = pytest.mark.usefixtures("qapp")
LONG = 5  # letters of a figure: shorter ones also stand in other words and numbers


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    office = Office("region", REGION, "Ерлан Қасымұлы")
    with new_register(tmp_path_factory.mktemp("contract"), "region", office) as register:
        put(register, REGION, {"planned": 70011, "planted": 41822, "override:planted": 50123})
        cells = {"planned": 10133, "planted": 40144, "remark:planted": "Демеушілер көмектесті"}
        put(register, ARAL, cells, ({"name": "Айман Сәкен", "prize": 123456},))
        put(register, SHIELI, {"planned": 20155, "planted": 60166, "spent": 4700000})
        put(register, CITY, {"planted": 11177}, ({"name": "Болат Қыдыр"},))
        yield compose(
            register,
            own_plan(FORM),
            Round(2024),
            ("kk", "ru"),
            [6, 8],
            options=chosen(("figures", "entries", "pictures", "compare", "packages")),
        )


def in_word(report: Report, folder: Path) -> str:
    word.write(report, folder / "report.docx")
    with ZipFile(folder / "report.docx") as package:
        parts = [package.read(f"word/{name}.xml").decode() for name in ("document", "footnotes")]
    text = " ".join(re.sub("</w:p>", "\n", part) for part in parts)
    return html_text.unescape(re.sub("<[^>]*>", "", text))


def in_excel(report: Report, folder: Path) -> str:
    excel.write(report, folder / "report.xlsx")
    book = load_workbook(folder / "report.xlsx")
    languages: tuple[Language, ...] = ("kk", "ru")
    sheets = [book[said(it, lang)] for it in ("sheet_report", "annexes") for lang in languages]
    return "\n".join(str(cell.value) for it in sheets for row in it for cell in row if cell.value)


def in_pdf(report: Report, _folder: Path) -> str:
    application()
    return Pages(report).text()


def in_html(report: Report, folder: Path) -> str:
    html.write(report, folder / "report.html")
    text = (folder / "report.html").read_text("utf-8").partition("</style>")[2]
    text = re.sub("<svg.*?</svg>", " ", text)  # what pictures say is told below
    return html_text.unescape(re.sub("<[^>]*>", " ", text))


RENDERINGS: dict[str, Callable[[Report, Path], str]] = {
    "word": in_word,
    "excel": in_excel,
    "pdf": in_pdf,
    "html": in_html,
}


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def printed(report: Report) -> list[str]:
    """The figures long enough to be told from other text."""
    runs = (run for paragraph in paragraphs(report.blocks) for run in paragraph.runs)
    found = {plain(run.text) for run in runs if run.figure and len(run.text) >= LONG}
    return sorted(found)


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_figure_is_printed_as_often_as_the_report_says_it(
    report: Report, tmp_path: Path, rendering: str
) -> None:
    text = plain(RENDERINGS[rendering](report, tmp_path))
    neutral = plain("\n".join(it.text for it in paragraphs(report.blocks)))
    wanted = printed(report)
    assert {"153 309", "60 166", "123 456", "Айман Сәкен"} <= set(wanted)
    counts = {figure: text.count(figure) for figure in wanted}
    assert counts == {figure: neutral.count(figure) for figure in wanted}


@pytest.mark.parametrize("rendering", ["word", "pdf", "html"])
def test_every_footnote_is_printed(report: Report, tmp_path: Path, rendering: str) -> None:
    text = plain(RENDERINGS[rendering](report, tmp_path))
    notes = [plain(note) for note in footnotes(report)]
    assert len(notes) == 4
    assert all(note in text for note in notes)


def in_emf(report: Report, folder: Path) -> list[str]:
    word.write(report, folder / "report.docx")
    with ZipFile(folder / "report.docx") as package:
        drawn = sorted(name for name in package.namelist() if name.endswith(".emf"))
        return [text for name in drawn for text in texts_of_emf(package.read(name))]


def in_svg(report: Report, _folder: Path) -> list[str]:
    texts = re.findall("<text[^>]*>([^<]*)</text>", html.page(report))
    return [html_text.unescape(text) for text in texts]


def in_pdf_pictures(report: Report, folder: Path) -> list[str]:
    """What stands in the PDF, word by word; «ﬀ» is two letters."""
    write_pdf(report, folder / "report.pdf")
    command = ["pdftotext", "-layout", str(folder / "report.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return unicodedata.normalize("NFKC", text).split()


@pytest.mark.parametrize("rendering", [in_emf, in_svg, in_pdf_pictures])
def test_pictures_say_their_numbers_in_every_rendering(
    report: Report, tmp_path: Path, rendering: Callable[[Report, Path], list[str]]
) -> None:
    drawn = [it.image for it in report.blocks if isinstance(it, Picture)]
    labels = [
        label.text
        for drawing in drawn
        if isinstance(drawing, Drawing)
        for label in drawing.shapes
        if isinstance(label, Label)
    ]
    assert len(labels) > 80
    parts = {part for text in labels for part in text.split()}
    found = {part for text in rendering(report, tmp_path) for part in text.split()}
    assert {["60", "166"][0], "298,5"} <= parts
    assert parts <= found

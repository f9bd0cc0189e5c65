"""Take pictures of the printed report into a folder: `report_pictures.py docs/screens [DEMO]`.

The reports of two regions and of the Ministry, from the registers of the example, as Word pages (by
LibreOffice) and as pages of our own PDF, in Kazakh and Russian. Needs LibreOffice and poppler.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register
from taza_desktop.reports import word
from taza_desktop.reports.content import compose
from taza_desktop.reports.options import chosen
from taza_desktop.ui.printing import write_pdf

DOTS = 64  # an inch
GAP = 8  # pixels between two pages
ACROSS = 2  # pages side by side
ANNEXES = chosen(("figures", "entries", "pictures", "compare", "packages"))


class Subject(NamedTuple):
    """Whose report: the name of the pictures, the register, the measures and the pages shown.

    Without pages those that hold a chart or a map.
    """

    name: str
    register: str
    measures: tuple[int, ...]
    pages: tuple[int, ...]


SUBJECTS = (
    Subject("kostanay", "KZ-39-Kostanay-Region", (), (1, 2, -2, -1)),
    Subject("aktobe", "KZ-15-Aktobe-Region", (1, 10, 13, 19, 52), (1, 2, 3, 4)),
    Subject("ministry", "ministry", (), (1, 5, -2, -1)),
    Subject("ministry_charts", "ministry", (1, 6), ()),
)
CAPTIONS = ("-сурет. ", "Рисунок ")  # of pictures, in the languages
LANGUAGES: tuple[Language, ...] = ("kk", "ru")


def main() -> None:
    """Take all pictures."""
    target = Path(sys.argv[1])
    demo = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("build/demo")
    with tempfile.TemporaryDirectory() as folder:
        for subject in SUBJECTS:
            for lang in LANGUAGES:
                take(subject, lang, demo, Path(folder), target)


def take(subject: Subject, lang: Language, demo: Path, folder: Path, target: Path) -> None:
    """Both pictures of one report in one language."""
    with Register.open(demo / "registers" / f"{subject.register}.taza-register") as register:
        report = compose(
            register, load_plan(), Round(2024), lang, subject.measures, options=ANNEXES
        )
    word.write(report, folder / "report.docx")
    soffice = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    convert = [*soffice, "--convert-to", "pdf", "--outdir", str(folder), "report.docx"]
    subprocess.run(convert, check=True, capture_output=True, cwd=folder)
    shoot(folder / "report.pdf", subject.pages, target / f"report_word_{subject.name}-{lang}.png")
    write_pdf(report, folder / "own.pdf")
    shoot(folder / "own.pdf", subject.pages, target / f"report_pdf_{subject.name}-{lang}.png")


def pictured(pdf: Path) -> tuple[int, ...]:
    """The pages of a PDF with captions of pictures."""
    said = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True)
    pages = enumerate(said.stdout.decode().split("\f"), start=1)
    return tuple(number for number, text in pages if any(it in text for it in CAPTIONS))


def shoot(pdf: Path, pages: tuple[int, ...], target: Path) -> None:
    """The pages (from 1; from the end below 0) of a PDF on one picture."""
    from PIL import Image

    for old in pdf.parent.glob("page-*.png"):
        old.unlink()
    convert = ["pdftoppm", "-r", str(DOTS), "-png", str(pdf), str(pdf.parent / "page")]
    subprocess.run(convert, check=True)
    files = sorted(pdf.parent.glob("page-*.png"))
    pages = pages or pictured(pdf)
    shown = [files[page - 1 if page > 0 else page] for page in pages if abs(page) <= len(files)]
    pictures = [Image.open(file).convert("RGB") for file in shown]
    width, height = pictures[0].size
    rows = -(-len(pictures) // ACROSS)
    sheet = Image.new(
        "RGB", (ACROSS * (width + GAP) + GAP, rows * (height + GAP) + GAP), (150, 150, 150)
    )
    for at, picture in enumerate(pictures):
        across, down = at % ACROSS, at // ACROSS
        sheet.paste(picture, (GAP + across * (width + GAP), GAP + down * (height + GAP)))
    sheet.quantize(32).save(target, optimize=True)


if __name__ == "__main__":
    main()

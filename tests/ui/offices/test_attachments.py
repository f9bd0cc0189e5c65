"""Attachments are looked at inside the window and saved, whatever they claim to be."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from taza_desktop.plan.sheet import SheetKey, Value
from taza_desktop.register.register import Register
from taza_desktop.ui.attachment_viewer import (
    MOST,
    Attached,
    AttachmentDialog,
    Canvas,
    file_name,
    read_picture,
)
from tests.attacks.pictures import claiming
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Part
from tests.ui.offices.world import ALGA, GOOD, ROUND, World, key
from tests.ui.pages import Filling, Grid, Shell, settle

PDF = b"%PDF-1.7\nanything\n%%EOF\n"
CELL, OPEN = "plantings/1/photo", "Open the attachment"
MEDIA = SheetKey(40, ALGA, ROUND.code)


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (20, 120, 60)).save(out, kind)
    return out.getvalue()


def bomb() -> bytes:
    """A whole picture of 144 million pixels in less than a megabyte."""
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    return out.getvalue()


def planted(world: World, data: bytes, name: str, *, slipped_in: str = "") -> None:
    """A row with a file; one that is `slipped_in` as a type passed no door of ours."""
    world.enters(GOOD)
    with Register.open(world.clerk()) as register:
        held: dict[str, Value]
        if slipped_in:
            digest = register.keep_attachment(data)
            held = {"sha256": digest, "name": name, "type": slipped_in, "size": len(data)}
        else:
            held = register.attach(data, name)
        register.add_entry(key(), "plantings", {"place": ALGA, "planted": 5, "photo": held})


def cell_of(shell: Shell) -> Grid:
    """The cell with the file, in the form of the district's sheet."""
    shell.window.open_sheet(key())
    settle()
    return Filling(shell).table("plantings").at(0, "photo")


def menu_of(shell: Shell, cell: str) -> list[str]:
    """What the menu of a cell offers."""
    menu = QMenu(shell.window)
    Filling(shell).page.cell_actions.add_to(menu, cell)
    return [line.text() for line in menu.actions()]


def opened(shell: Shell) -> Part:
    """The dialog about the attachment."""
    dialog = shell.window.findChild(AttachmentDialog)
    assert isinstance(dialog, AttachmentDialog)
    return Part(dialog, shell)


def test_the_clerk_looks_at_a_photo_and_saves_it(
    world: World, open_window: Opener, answers: Answers
) -> None:
    planted(world, picture(), "егу.jpg")
    shell = open_window(world.clerk())
    grid = cell_of(shell)
    assert OPEN in menu_of(shell, CELL)
    assert OPEN not in menu_of(shell, "plantings/1/planted")
    shell.window.activateWindow()
    grid.presses(Qt.Key.Key_O, control=True)
    dialog = opened(shell)
    (canvas,) = dialog.all(Canvas)
    assert canvas.accessibleName().startswith("Picture егу.jpg, 300 × 200 pixels")
    shown = canvas.grab().toImage().pixelColor(canvas.width() // 2, canvas.height() // 2)
    assert (abs(shown.red() - 20), abs(shown.green() - 120), abs(shown.blue() - 60)) < (9, 9, 9)
    answers.path = world.folder / "saved.jpg"
    dialog.clicks("Save as…")
    assert answers.asked[-1].endswith("егу.jpg")
    assert f"Saved: {answers.path}" in dialog.texts()
    with Image.open(answers.path) as saved:
        assert (saved.format, saved.size) == ("JPEG", (300, 200))


def test_the_coordinator_opens_what_came_in_a_package(world: World, open_window: Opener) -> None:
    planted(world, picture("PNG"), "stamp.png")
    world.merges(world.sends().path)
    shell = open_window(world.region)
    cell_of(shell).presses(Qt.Key.Key_Return)
    assert opened(shell).all(Canvas)


def test_a_document_is_saved_and_never_opened(
    world: World, open_window: Opener, answers: Answers
) -> None:
    planted(world, PDF, "акт.pdf")
    world.merges(world.sends().path)
    shell = open_window(world.region)
    cell_of(shell).presses(Qt.Key.Key_Return)
    dialog = opened(shell)
    assert not dialog.all(Canvas)
    assert any(text.startswith("A PDF document, ") for text in dialog.texts())
    answers.path = world.folder / "gone" / "act.pdf"
    dialog.clicks("Save as…")
    assert any("is not there" in text for text in dialog.texts())
    answers.path = world.folder / "act.pdf"
    dialog.clicks("Save as…")
    assert answers.path.read_bytes() == PDF


def test_a_bomb_that_got_into_the_register_is_not_decoded(
    world: World, open_window: Opener
) -> None:
    planted(world, bomb(), "бау.png", slipped_in="image/png")
    shell = open_window(world.clerk())
    cell_of(shell)
    Filling(shell).page.cell_actions.open(CELL)
    assert "The picture бау.png cannot be read." in shell.message()
    assert shell.window.findChild(AttachmentDialog) is None


def test_what_a_file_is_follows_from_its_content(
    world: World, open_window: Opener, answers: Answers
) -> None:
    planted(world, picture(), "есеп.pdf", slipped_in="application/pdf")
    shell = open_window(world.clerk())
    cell_of(shell)
    Filling(shell).page.cell_actions.open(CELL)
    dialog = opened(shell)
    assert dialog.all(Canvas), "a picture, whatever it is called"
    dialog.clicks("Save as…")
    assert answers.asked[-1].endswith("есеп.pdf.jpg")


def test_a_figure_that_is_a_file_is_opened_by_its_name(
    world: World, open_window: Opener, answers: Answers
) -> None:
    with Register.open(world.clerk()) as register:
        register.set_cell(MEDIA, "plan_document", register.attach(PDF, "жоспар.pdf"))
    shell = open_window(world.clerk())
    shell.window.open_sheet(MEDIA)
    settle()
    cell = Part(Filling(shell).cell("plan_document"), shell)
    (link,) = [it for it in cell.all(QPushButton) if it.text().startswith("жоспар.pdf")]
    assert link.accessibleName().startswith("Open the attachment жоспар.pdf")
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert any(text.startswith("A PDF document, ") for text in opened(shell).texts())


@pytest.mark.qt_log_ignore("Not a JPEG file", extend=True)
def test_only_pictures_of_the_type_and_size_are_decoded() -> None:
    assert read_picture(picture(), "image/jpeg") is not None
    assert read_picture(picture("PNG"), "image/jpeg") is None
    assert read_picture(picture("GIF"), "image/png") is None
    assert read_picture(claiming(MOST + 1, 10), "image/png") is None


@pytest.mark.parametrize(
    ("name", "type", "wanted"),
    [
        ("photo.JPEG", "image/jpeg", "photo.jpg"),
        ("act.pdf.exe", "application/pdf", "act.pdf.exe.pdf"),
        ("a:b?.png", "image/png", "ab.png"),
        ("con.png", "image/png", "_con.png"),
        ("COM1.x.png", "image/png", "_COM1.x.png"),
        (" .jpg", "image/jpeg", "_.jpg"),
        ("ж" * 255, "image/png", "ж" * 100 + ".png"),
    ],
)
def test_a_name_is_one_that_every_system_takes(name: str, type: str, wanted: str) -> None:
    assert file_name(Attached(name, type, b"")) == wanted

"""What others wrote is shown as it stands: no page of HTML, no picture fetched from somewhere."""

from __future__ import annotations

import pytest
from PySide6.QtGui import Qt, QTextDocument

from taza_desktop.ui.listing import Column, ListingModel
from taza_desktop.ui.widgets import label, tip

EVIL = (
    '<img src="file:////server/share/x.png">',
    "<b>bold</b>\n<script>alert(1)</script>",
    "<!-- x --><a href='file:///etc/passwd'>click</a>",
    "&lt;img src=x&gt;",
)


class Fetching(QTextDocument):
    """A document that notes what it is asked to fetch, as a tool tip's does."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[object] = []

    def loadResource(self, kind: int, name: object) -> object:
        self.wanted.append(name)
        return None


@pytest.mark.parametrize("text", EVIL)
def test_a_tool_tip_shows_the_text_itself(qapp: object, text: str) -> None:
    document = Fetching()
    shown = tip(text)
    if Qt.mightBeRichText(shown):
        document.setHtml(shown)
    else:
        document.setPlainText(shown)
    document.size()
    assert document.toPlainText() == text
    assert document.wanted == []


def test_the_attack_works_on_a_tool_tip_that_is_not_guarded(qapp: object) -> None:
    document = Fetching()
    document.setHtml(EVIL[0])
    document.size()
    assert document.wanted


@pytest.mark.parametrize("text", EVIL)
def test_tables_guard_their_tool_tips(qapp: object, text: str) -> None:
    rows = ListingModel([Column("x", str.strip, 10)])
    rows.show([text])
    assert rows.data(rows.index(0, 0), Qt.ItemDataRole.ToolTipRole) == tip(text)
    assert rows.data(rows.index(0, 0)) == text


def test_a_label_never_reads_html(qapp: object) -> None:
    assert label(EVIL[0]).textFormat() == Qt.TextFormat.PlainText

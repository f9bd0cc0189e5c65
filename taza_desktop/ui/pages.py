"""Which pages the window has, for whom, in which order; imported when first opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from taza_desktop.i18n import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from taza_desktop.register.model import Role
    from taza_desktop.ui.page import Page


class PageEntry(NamedTuple):
    """A line of the rail; `where` is "module:Class" below `taza_desktop.ui`."""

    name: str
    where: str
    icon: str
    title: str
    roles: tuple[Role, ...]

    def build(self, parent: QWidget) -> Page:
        """Import the page's module and make the page."""
        module, name = self.where.split(":")
        return cast("Page", getattr(import_module(f"taza_desktop.ui.{module}"), name)(parent))


_CLERK: tuple[Role, ...] = ("clerk",)
_ABOVE: tuple[Role, ...] = ("region", "ministry")
_ALL: tuple[Role, ...] = ("clerk", "region", "ministry")

PAGES = (
    PageEntry("inbox", "inbox_page:InboxPage", "inbox", N_("Inbox"), _ABOVE),
    PageEntry("board", "board_page:BoardPage", "board", N_("Board"), _ABOVE),
    PageEntry("report", "report_page:ReportPage", "report", N_("Report"), _ABOVE),
    PageEntry("answers", "answers_page:AnswersPage", "remark", N_("Answers"), _ABOVE),
    PageEntry("due", "due_page:DuePage", "due", N_("Due"), _ALL),
    PageEntry("inbox", "inbox_page:InboxPage", "inbox", N_("Inbox"), _CLERK),
    PageEntry("send", "send_page:SendPage", "send", N_("Send"), _ALL),
    PageEntry("outbox", "outbox_page:OutboxPage", "outbox", N_("Outbox"), _ALL),
    PageEntry("keys", "keys_page:KeysPage", "key", N_("Keys"), _ALL),
    PageEntry("people", "people_page:PeoplePage", "person", N_("People"), _ABOVE),
)
# Opened from another page, never from the rail.
FORM = PageEntry("form", "form_page:FormPage", "due", N_("Form"), ())


def pages_of(role: Role) -> tuple[PageEntry, ...]:
    """The lines of the rail for that role, in order; the first is where the window opens."""
    return tuple(page for page in PAGES if role in page.roles)

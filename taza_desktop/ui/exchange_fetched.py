"""What came over a line, beside the new packages: when it was looked, what is missing, what is bad.

Packages are put into a folder of this user and then opened like those from a stick.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.paths import user_path
from taza_desktop.ui.exchange_standing import Standing, pill
from taza_desktop.ui.icons import icon
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.widgets import button, calling, column, label, row
from taza_desktop.ui.wording import moment

if TYPE_CHECKING:
    from taza_desktop.exchange.inbox import Arrival, Gap
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.parcel import Opened
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

_LISTED = 6  # lines of a notice


_HIDDEN = "exchange.hidden"  # what a person has read and does not want to see again


class Came(NamedTuple):
    """What the place brought: files to be opened, what was refused, what never came.

    Attributes:
        files: to the name at the place.
        hidden: lines of notices that were read; new ones are shown.
    """

    files: dict[Path, str]
    refused: list[Arrival]
    gaps: list[Gap]
    hidden: frozenset[str] = frozenset()


class Fetched(QFrame):
    """A line about the place, and notices; hidden while no place is known.

    Signals:
        found: (list[Path]) packages that have come and are not merged.
    """

    found = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._came = Came({}, [], [])
        self._says, self._fetch = label(role="muted", wrap=True), button()
        self._gaps, self._refused = Notice("warning"), Notice("refused")
        self._hides = {notice: button(role="link") for notice in (self._gaps, self._refused)}
        for notice, hide in self._hides.items():
            notice.below.addLayout(row(hide, 0))
            hide.clicked.connect(calling(self._hide, notice))
        self._fetch.clicked.connect(self._fetch_now)
        head = row(self._fetch, self._says, gap=3)
        head.setStretch(1, 1)
        self.setLayout(column(head, row(self._gaps, self._refused, gap=3), gap=2))
        self.hide()

    def use(self, context: Context) -> None:
        """Show what came for this register."""
        if self._context is None or self._context.exchange is not context.exchange:
            context.exchange.stood.connect(self._stand)
            context.exchange.changed.connect(self._read)
        self._context = context
        self._stand(context.exchange.standing)
        self._read()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._fetch.setText(_("Fetch now"))
        self._fetch.setIcon(icon("refresh"))
        for hide in self._hides.values():
            hide.setText(_("Hide"))
        if self._context is not None:
            self._stand(self._context.exchange.standing)
        self._show()

    def note_opened(self, opened: Mapping[Path, Opened]) -> None:
        """These were opened or merged: what was sealed has a name now."""
        if self._context is None:
            return
        names = {self._came.files[one]: it for one, it in opened.items() if one in self._came.files}
        if names:
            self._context.worker.run(lambda register: _note(register, names), self._noted)

    def _noted(self, _nothing: None) -> None:
        self._read()
        if self._context is not None:
            self._context.exchange.refresh()

    def _stand(self, standing: Standing) -> None:
        self.setVisible(bool(standing.known.places))
        self._says.setText(pill(standing).tip)

    def _read(self) -> None:
        if self._context is not None and self._context.exchange.standing.known.places:
            plan, path = self._context.plan, self._context.path
            self._context.worker.run(
                lambda register: lay_out(register, plan, folder_of(path)), self._laid, owner=self
            )

    def _laid(self, came: Came) -> None:
        self._came = came
        self._show()
        self.found.emit(list(came.files))

    def _show(self) -> None:
        came = self._came
        gaps = [one for one in came.gaps if _gap_key(one) not in came.hidden]
        refused = [one for one in came.refused if _refused_key(one) not in came.hidden]
        says = ngettext("A package has not come", "Packages have not come", len(gaps))
        whole = _("Nothing is lost: each package holds the whole round. Ask when it matters.")
        lines = [_missing(one) for one in gaps[:_LISTED]]
        self._gaps.say(says if gaps else "", "\n".join([*lines, whole]))
        says = ngettext("{count} file was refused", "{count} files were refused", len(refused))
        lines = [f"{moment(one.at)} · {one.text}" for one in refused[:_LISTED]]
        self._refused.say(says.format(count=len(refused)) if refused else "", "\n".join(lines))

    def _hide(self, notice: Notice) -> None:
        """What stands there was read; what comes new is shown."""
        came = self._came
        read = [_gap_key(one) for one in came.gaps]
        if notice is self._refused:
            read = [_refused_key(one) for one in came.refused]
        hidden = frozenset(came.hidden | set(read))
        self._came = came._replace(hidden=hidden)
        self._show()
        if self._context is not None:
            text = "\n".join(sorted(hidden))
            self._context.worker.run(lambda register: register.put_setting(_HIDDEN, text))

    def _fetch_now(self) -> None:
        if self._context is not None:
            self._context.exchange.fetch()


def folder_of(register: Path) -> Path:
    """Where the packages lie that came for that register."""
    place = zlib.crc32(str(register.resolve()).encode())  # a hash would load OpenSSL at the start
    key = f"{register.stem}-{place:08x}"
    return user_path("arrived", key, "x").parent


def lay_out(register: Register, plan: Plan, folder: Path) -> Came:
    """Put what came and is not merged into the folder; take away what is not needed any more."""
    from taza_desktop.exchange import inbox
    from taza_desktop.packages import private

    arrived = inbox.arrivals(register)
    files: dict[Path, str] = {}
    for one in arrived:
        if one.state in ("arrived", "sealed"):
            sealed = ".age" if inbox.is_sealed(register, one.path) else ""
            path = folder / f"{_file_name(one)}{sealed}"
            if not path.is_file() or path.stat().st_size != one.size:
                private.write(path, inbox.data_of(register, one.path))
            files[path] = one.path
    for path in set(folder.iterdir()) - files.keys():
        with suppress(OSError):
            path.unlink()
    refused = [one for one in arrived if one.state == "refused"]
    hidden = frozenset(register.setting(_HIDDEN).splitlines())
    return Came(files, refused, inbox.gaps(register, plan), hidden)


def _file_name(one: Arrival) -> str:
    """Whose package it is, which one; part of its hash, as two may claim the same number."""
    _root, above, below, way, year, name = one.path.split("/")
    sender = below if way == "up" else above
    return f"{sender}-{year}-{one.seq}-{name.partition('-')[2][:6]}.taza"


def _note(register: Register, names: Mapping[str, Opened]) -> None:
    from taza_desktop.exchange import inbox

    for path, opened in names.items():
        inbox.note_opened(register, path, opened)
    inbox.tidy(register)


def _gap_key(gap: Gap) -> str:
    return f"{gap.signer} {gap.missing}"


def _refused_key(arrival: Arrival) -> str:
    return f"{arrival.path} {arrival.code}"


def _missing(gap: Gap) -> str:
    numbers = ", ".join(map(str, gap.missing))
    return _("{name}: number {numbers}").format(name=gap.signer, numbers=numbers)

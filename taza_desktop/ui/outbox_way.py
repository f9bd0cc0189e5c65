"""The way of one package: where it is, why it is not further, what comes next."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from taza_desktop.exchange.layout import lane_of
from taza_desktop.exchange.wording import SENT
from taza_desktop.i18n import N_, _, gettext, ngettext
from taza_desktop.ui.icons import pixmap
from taza_desktop.ui.theme import colour
from taza_desktop.ui.widgets import column, label, row, set_role, show_text
from taza_desktop.ui.wording import moment, size

if TYPE_CHECKING:
    from taza_desktop.exchange.jobs import Progress
    from taza_desktop.exchange.outbox import Parcel, State
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.receipts import Receipt
    from taza_desktop.register.shelf import StoredPackage

_TOKENS: dict[State, str] = {
    "made": "idle",
    "waiting": "info",
    "placed": "info",
    "received": "info",
    "accepted": "ok",
    "returned": "warn",
    "stopped": "idle",
    "handed": "info",
}
_JUDGED = ("received", "accepted", "returned")
_KINDS = {
    "submission": N_("figures"),
    "attachments": N_("photos"),
    "return": N_("return"),
    "receipt": N_("receipt"),
    "office": N_("for colleagues"),
}
Sign = Literal["done", "now", "wrong", "later"]
_SIGNS: dict[Sign, tuple[str, str]] = {
    "done": ("check", "ok"),
    "now": ("right", "info"),
    "wrong": ("warning", "warn"),
    "later": ("circle", "muted"),
}
_SILENT = 8  # seconds without a step, before a person wonders
_LONG = 90  # seconds, from which minutes are told


class Sent(NamedTuple):
    """A package that was made here: what was said of it, how it travels, its file if known."""

    receipt: Receipt
    parcel: Parcel
    path: str

    @property
    def package(self) -> StoredPackage:
        """The package itself."""
        return self.receipt.package

    @property
    def package_id(self) -> str:
        """Its id."""
        return self.package.envelope.package_id

    @property
    def goes_up(self) -> bool:
        """Whether it is confirmed; what goes down or to colleagues is not."""
        return self.package.envelope.kind in ("submission", "attachments")

    @property
    def at(self) -> State:
        """How far it has come; whether it was judged stands in its receipt."""
        said, state = self.receipt.state, self.parcel.state
        if self.package.envelope.kind != "submission" or state not in _JUDGED:
            return state
        return cast("State", said) if said in _JUDGED else "received"

    @property
    def are_photos(self) -> bool:
        """Whether it holds nothing but photos and scans, which may wait for a cheaper line."""
        return self.package.envelope.kind == "attachments"

    def kind(self) -> str:
        """What is in it."""
        return gettext(_KINDS[self.package.envelope.kind])

    def receiver(self) -> str:
        """The office that it goes to."""
        from taza_desktop.plan.catalogue import load_plan

        return str(load_plan().territories[self.package.envelope.audience].name)

    def state(self, progress: Progress | None = None, *, photos_wait: bool = False) -> str:
        """The same in words; `progress` of the package that is being sent now."""
        if progress is not None and progress.package_id == self.package_id:
            return _("sending {percent} %").format(percent=_percent(progress))
        if photos_wait and self.are_photos and self.at == "waiting" and not self.parcel.code:
            return _("photos wait for another line")
        return _("made") if self.at == "made" else gettext(SENT[self.at])

    def token(self) -> str:
        """The colour of the state."""
        wrong = self.at == "waiting" and self.parcel.code
        return "warn" if wrong else _TOKENS[self.at]


def meets_at(sent: Sent, plan: Plan) -> str:
    """The office whose place a package goes by."""
    return lane_of(sent.package.envelope, plan.territories).above


class Step(NamedTuple):
    """One line of the way."""

    sign: Sign
    text: str


def way(sent: Sent, *, sending: bool, photos_wait: bool) -> list[Step]:
    """What has happened, what is happening, what is still to come."""
    steps = [Step("done", _("Made {time}").format(time=moment(sent.package.at)))]
    if sent.path:
        steps.append(Step("done", _("File: {path}").format(path=Path(sent.path).name)))
    steps += _underway(sent, sending=sending, photos_wait=photos_wait)
    if not sent.goes_up:
        return steps
    at, received = sent.at, sent.receipt.received
    if received:
        steps.append(Step("done", _("Received {time}").format(time=moment(received))))
    elif at not in ("accepted", "returned"):
        steps.append(Step("later", _("The office above confirms that it has come")))
    if sent.package.envelope.kind == "submission":
        steps.append(_judged(at))
    return steps


class WayView(QWidget):
    """The lines of the way, and how far the sending is."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=1)
        self._made: list[_Line] = []  # kept, as making widgets takes long and a way changes often
        self._bar = QProgressBar(textVisible=False)
        self._far, self._silent = label(role="small"), label(role="small", wrap=True)
        self._silence = QTimer(self, interval=_SILENT * 1000, singleShot=True)
        self._silence.timeout.connect(self._say_silent)
        self.setLayout(column(self._lines, self._bar, self._far, self._silent, gap=2))
        self.show_progress(None)

    def show_way(self, steps: list[Step]) -> None:
        """Show other lines."""
        while len(self._made) < len(steps):
            self._made.append(_Line())
            self._lines.addWidget(self._made[-1])
        for line, step in zip_longest(self._made, steps):
            line.show_step(step, self.devicePixelRatioF())

    def show_progress(self, progress: Progress | None) -> None:
        """Bytes, speed, time left; nothing while it is not being sent."""
        self._bar.setVisible(progress is not None)
        self._far.setVisible(progress is not None)
        self._silent.hide()
        self._silence.stop()
        if progress is not None:
            self._silence.start()
            self._bar.setValue(_percent(progress))
            self._far.setText(told(progress))
            self._bar.setAccessibleName(self._far.text())

    def _say_silent(self) -> None:
        says = _("Nothing gets through just now. It goes on by itself when the line is back.")
        show_text(self._silent, says)


def told(progress: Progress) -> str:
    """How far it is: «2.1 MB of 5.0 MB · 61.0 KB a second · 40 s left»."""
    far = _("{arrived} of {size}")
    said = [far.format(arrived=size(progress.arrived), size=size(progress.size))]
    if progress.speed:
        said.append(_("{size} a second").format(size=size(round(progress.speed))))
    if progress.left:
        said.append(_left(progress.left))
    return " · ".join(said)


def _percent(progress: Progress) -> int:
    return 100 * progress.arrived // max(1, progress.size)


def _left(seconds: float) -> str:
    if seconds < _LONG:
        count = max(1, round(seconds))
        return ngettext("{count} second left", "{count} seconds left", count).format(count=count)
    count = round(seconds / 60)
    return ngettext("{count} minute left", "{count} minutes left", count).format(count=count)


def _underway(sent: Sent, *, sending: bool, photos_wait: bool) -> list[Step]:
    """The part of the way that goes over a line or by stick."""
    parcel = sent.parcel
    if sending:
        return [Step("now", _("Being sent to the place of exchange"))]
    if parcel.state == "waiting":
        return _waits(parcel, photos_wait=photos_wait and sent.are_photos)
    if parcel.state == "stopped":
        return [Step("wrong", _("Paused: it is not sent until you want it"))]
    if parcel.state == "handed":
        return [Step("done", _("Handed over by stick"))]
    if parcel.path:
        return [Step("done", _("At the place of exchange"))]
    return []


def _waits(parcel: Parcel, *, photos_wait: bool) -> list[Step]:
    if parcel.code:
        again = _("Tried again {time}.").format(time=moment(parcel.due))
        return [Step("wrong", f"{parcel.text} {again}")]
    if photos_wait:
        return [Step("now", _("Photos wait for a line that does not cost by size"))]
    return [Step("now", _("Waits for the line"))]


def _judged(at: State) -> Step:
    if at == "accepted":
        return Step("done", _("Accepted"))
    if at == "returned":
        return Step("wrong", _("Returned: remarks wait in “Due”"))
    return Step("later", _("Accepted or returned with remarks"))


class _Line(QWidget):
    """One step: a sign and the words."""

    def __init__(self) -> None:
        super().__init__()
        self._sign, self._text = label(), label(wrap=True)
        line = row(column(self._sign, 0), self._text, gap=2)
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_step(self, step: Step | None, ratio: float) -> None:
        """Show another step, or nothing."""
        self.setVisible(step is not None)
        if step is not None:
            name, token = _SIGNS[step.sign]
            self._sign.setPixmap(pixmap(name, colour(token), 18, ratio))
            self._text.setText(step.text)
            set_role(self._text, "muted" if step.sign == "later" else "")

"""How exchange stands, as few words for the header. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from taza_desktop.exchange.backlog import Waiting
    from taza_desktop.exchange.jobs import Progress
    from taza_desktop.exchange.place import Where
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.register import Register


NOT_READ = -1


class Known(NamedTuple):
    """What the register knows about exchange.

    Attributes:
        places: by the office whose they are; `offered`: on a card, and nobody decided about it.
        waits: packages on their way out.
        came: how many packages have come and are not merged; NOT_READ before anything was read.
    """

    places: dict[str, Where]
    offered: dict[str, Where]
    waits: tuple[Waiting, ...]
    came: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the line now.

    Attributes:
        fault: why the last errand failed; None since one worked.
        at: when an errand worked last, in words; empty before the first.
        only_data: photos wait for another line.
        progress: of the package that is being sent.
    """

    known: Known = field(default_factory=lambda: Known({}, {}, (), NOT_READ))
    offline: bool = False
    by_hand: bool = False
    only_data: bool = False
    busy: bool = False
    fault: Refusal | None = None
    at: str = ""
    progress: Progress | None = None

    @property
    def is_cut_off(self) -> bool:
        """Whether nothing can be sent right now, as far as is known."""
        return self.offline or self.fault is not None


class Pill(NamedTuple):
    """A few words, the colour of `style.qss` they have, and the whole sentence behind them."""

    text: str
    tone: str
    tip: str


def look(register: Register, plan: Plan) -> Known:
    """Read what the pill needs; quick, as it is asked for often."""
    from taza_desktop.exchange import card_place, inbox
    from taza_desktop.exchange.backlog import waiting
    from taza_desktop.exchange.places import office_above, places

    above = office_above(register, plan.territories)
    on_card = card_place.offered(register, above)
    offered = {above: on_card} if on_card is not None else {}
    return Known(places(register), offered, waiting(register), inbox.count_new(register))


def pill(standing: Standing) -> Pill:
    """The few words: what a person has to do goes before what the program is doing."""
    known, waiting = standing.known, len(standing.known.waits)
    if not known.places:
        return _no_place(bool(known.offered))
    if (mend := to_mend(standing)) is not None:
        return Pill(_("exchange needs you"), "warn", mend)
    if standing.progress is not None:
        return _sending(standing.progress, waiting)
    if standing.is_cut_off:
        why = standing.fault.text() if standing.fault else _("This PC has no network now.")
        return Pill(_with(_("offline"), waiting), "idle", why)
    if waiting and standing.only_data and all(one.photos for one in known.waits):
        return Pill(_("photos wait"), "idle", _about_photos())
    if waiting:
        return Pill(_with("", waiting), "info", _("They go as soon as the line allows it."))
    if not standing.at and (standing.busy or not standing.by_hand):
        return Pill(_("asking the place…"), "idle", "")
    if not standing.at:
        return Pill(_("exchange by hand"), "idle", _("Nothing is sent or fetched by itself."))
    says = _("Everything was sent and fetched at {time}.").format(time=standing.at)
    return Pill(_("up to date at {time}").format(time=standing.at), "ok", says)


def _about_photos() -> str:
    return _(
        "Figures were sent. Photos wait for a line that does not cost by size; “Outbox” sends them"
        " all the same."
    )


def to_mend(standing: Standing) -> str | None:
    """What a person has to do first, e.g. type the password again; None when nothing."""
    from taza_desktop.exchange.faults import passes

    if standing.fault is not None and not passes(standing.fault.code):
        return standing.fault.text()
    waits = standing.known.waits
    return next((one.text for one in waits if one.code and not passes(one.code)), None)


def _no_place(offered: bool) -> Pill:
    if offered:
        says = _("The card brought a place of exchange. Click to use it.")
        return Pill(_("place of exchange offered"), "info", says)
    says = _("Packages go by stick or mail. Click to name a place where they can meet.")
    return Pill(_("no place of exchange"), "idle", says)


def _sending(progress: Progress, waiting: int) -> Pill:
    percent = 100 * progress.arrived // max(1, progress.size)
    text = _("sending {count}").format(count=max(1, waiting))
    return Pill(f"{text} · {percent} %", "info", _("A package is on its way."))


def _with(said: str, waiting: int) -> str:
    """The words, and how many packages wait."""
    if not waiting:
        return said
    waits = ngettext("{count} waits", "{count} wait", waiting).format(count=waiting)
    return f"{said} · {waits}" if said else waits

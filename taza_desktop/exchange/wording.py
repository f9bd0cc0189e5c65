"""What people read about packages on their way, for window and command line alike."""

from __future__ import annotations

from taza_desktop.exchange import inbox, journal, outbox
from taza_desktop.i18n import N_, gettext

SENT: dict[outbox.State, str] = {
    "made": N_("made, not sent"),
    "waiting": N_("waits for the line"),
    "placed": N_("at the place of exchange"),
    "received": N_("received"),
    "accepted": N_("accepted"),
    "returned": N_("returned"),
    "stopped": N_("stopped"),
    "handed": N_("handed over by stick"),
}
CAME: dict[inbox.State, str] = {
    "arrived": N_("has come, not merged"),
    "sealed": N_("has come, encrypted"),
    "refused": N_("refused"),
    "merged": N_("merged"),
}
TRIED: dict[journal.Way, str] = {
    "send": N_("sending"),
    "look": N_("looking"),
    "fetch": N_("fetching"),
    "test": N_("test"),
}


def parcel_says(parcel: outbox.Parcel) -> str:
    """The state of a package that goes out, and why it is not there yet."""
    state = gettext(SENT[parcel.state])
    return f"{state} – {parcel.text}" if parcel.text and parcel.state == "waiting" else state


def arrival_says(arrival: inbox.Arrival) -> str:
    """The state of a package that came, and what is wrong with it."""
    state = gettext(CAME[arrival.state])
    return f"{state} – {arrival.text}" if arrival.state == "refused" else state

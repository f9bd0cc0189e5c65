"""The persons that an office certified, as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.i18n import N_, _, ngettext
from taza_desktop.ui.listing import Column
from taza_desktop.ui.wording import day

if TYPE_CHECKING:
    from taza_desktop.packages.credentials import Issued
    from taza_desktop.plan.catalogue import Plan

SOON = timedelta(days=60)


class Person(NamedTuple):
    """A person who was certified, and the plan that names the territory."""

    plan: Plan
    issued: Issued

    def territory(self) -> str:
        """The name of the territory."""
        return str(self.plan.territories[self.issued.territory].name)

    def until(self) -> str:
        """The last day of the certificate."""
        return day(self.issued.until.date(), short=True)

    def state(self) -> str:
        """Whether packages of this person are accepted, and that it ends soon."""
        if self.issued.revoked:
            return _("revoked")
        left = self.left()
        if left <= timedelta():
            return _("expired")
        if left > SOON:
            return _("valid")
        return ngettext("{count} day left", "{count} days left", left.days).format(count=left.days)

    def token(self) -> str:
        """The colour of the state."""
        if self.issued.revoked or self.left() <= timedelta():
            return "stop"
        return "ok" if self.left() > SOON else "warn"

    def left(self) -> timedelta:
        """How long the certificate can still be used."""
        return self.issued.until - datetime.now(UTC)


COLUMNS: tuple[Column[Person], ...] = (
    Column(N_("Name"), lambda one: one.issued.name, 30, grows=True),
    Column(N_("Signs for"), Person.territory, 28),
    Column(N_("Valid until"), Person.until, 16),
    Column(N_("State"), Person.state, 14, Person.token),
)


def ending(person: Person, people: Iterable[Person]) -> bool:
    """Whether a certificate ends soon and the person has no later one for the same territory."""
    if person.token() != "warn":
        return False
    same = (each.issued for each in people if each.issued.name == person.issued.name)
    return not any(
        one.territory == person.issued.territory and one.until > person.issued.until
        for one in same
        if not one.revoked
    )

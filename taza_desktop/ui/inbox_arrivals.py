"""Packages that came but are not merged yet: read in the worker, shown with their verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, _, gettext, language, ngettext
from taza_desktop.plan.rounds import Round
from taza_desktop.ui.listing import Column
from taza_desktop.ui.said_cells import is_for_people

if TYPE_CHECKING:
    from taza_desktop.merging.preview import Preview
    from taza_desktop.packages.keys import Secret
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.parcel import Opened
    from taza_desktop.register.register import Register

Verdict = Literal["reading", "sealed", "good", "refused", "merged"]
PACKAGES = ("*.taza", "*.asice", "*.taza.age")
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "reading": (N_("being checked…"), "muted"),
    "sealed": (N_("encrypted"), "info"),
    "good": (N_("can be merged"), "ok"),
    "refused": (N_("refused"), "stop"),
    "merged": (N_("merged"), "muted"),
}


class Read(NamedTuple):
    """A verified package and what merging it would do."""

    opened: Opened
    preview: Preview


@dataclass(slots=True, eq=False)
class Arrival:
    """One file that was dropped here; `read` or `refusal` once it was looked at."""

    path: Path
    plan: Plan
    verdict: Verdict = "reading"
    read: Read | None = None
    refusal: Refusal | None = None

    def sender(self) -> str:
        """The verified name and territory; before that the name of the file."""
        if self.read is None:
            return self.path.name
        signer = self.read.preview.signer
        territory = self.plan.territories.get(signer.territory)
        return f"{territory.name if territory else signer.territory} — {signer.name}"

    def round(self) -> str:
        """The round in the language in force."""
        if self.read is None:
            return ""
        return Round.parse(self.read.preview.package.round).name(language())

    def verdict_text(self) -> str:
        """The verdict; of a good package how much it would change."""
        if self.verdict == "good" and self.read is not None:
            return brings(self.read.preview)
        return gettext(_VERDICTS[self.verdict][0])

    def token(self) -> str:
        """The colour of the verdict."""
        conflicts = self.read is not None and self.read.preview.counts["conflict"]
        return "warn" if self.verdict == "good" and conflicts else _VERDICTS[self.verdict][1]


COLUMNS: tuple[Column[Arrival], ...] = (
    Column(N_("From"), Arrival.sender, 34, grows=True),
    Column(N_("Verdict"), Arrival.verdict_text, 20, Arrival.token),
)


def brings(preview: Preview) -> str:
    """What merging would do, in a few words."""
    if preview.already:
        return _("already merged")
    conflicts = preview.counts["conflict"]
    if conflicts:
        says = ngettext("{count} conflict", "{count} conflicts", conflicts)
        return says.format(count=conflicts)
    count = sum(is_for_people(one.table, one.cell) for one in preview.changes)
    if not count:
        return _("changes nothing")
    return ngettext("{count} cell changes", "{count} cells change", count).format(count=count)


def find(paths: Iterable[Path]) -> list[Path]:
    """The files among `paths`, and the packages in those that are folders, however deep."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = {file for pattern in PACKAGES for file in path.rglob(pattern)}
            found.extend(sorted(inside))
        else:
            found.append(path)
    return found


def read(register: Register, plan: Plan, path: Path, keys: Callable[[], Secret]) -> Read:
    """Verify a package and preview it; writes nothing.

    `keys` opens an encrypted one. Refuses PKG-…, MERGE-…, and what `keys` refuses.
    """
    from taza_desktop.merging.preview import preview
    from taza_desktop.packages.read import verify_for
    from taza_desktop.packages.sealing import Identities

    opened = verify_for(register, path, plan, identities=Identities(register, keys))
    return Read(opened, preview(register, opened))

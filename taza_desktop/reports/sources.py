"""What the figures are taken from: a hash of all of them, and the packages that they came in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import asdict

from taza_desktop.i18n import Text
from taza_desktop.plan.form import Figure
from taza_desktop.plan.kinds import say
from taza_desktop.register.register import Register
from taza_desktop.register.shelf import Direction, StoredPackage
from taza_desktop.reports.captions import Captions
from taza_desktop.reports.columns import fitted, heads
from taza_desktop.reports.neutral import Block, Cell, Column, Grid, Heading, Row, plain
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

HEARD: tuple[Direction, ...] = ("in", "via")  # also those that regions passed on
SHOWN = 16  # hex digits of a manifest that are printed: enough to tell packages apart
_DATE = Figure("date", "date", Text("", "", ""))


def data_hash(scope: Scope, measures: Collection[int]) -> str:
    """SHA-256 of the sheets in canonical JSON: the same figures give the same hash anywhere."""
    digest = hashlib.sha256()
    for number in sorted(measures):
        for sheet in scope.sheets[number]:
            entries = {
                name: sorted((asdict(it) for it in rows), key=lambda it: str(it["id"]))
                for name, rows in sheet.entries.items()
                if rows
            }
            said = json.dumps([sheet.key, sheet.cells, entries], ensure_ascii=False, sort_keys=True)
            digest.update(said.encode())
            digest.update(b"\n")
    return digest.hexdigest()


def packages(register: Register, scope: Scope) -> list[StoredPackage]:
    """The packages from within the territory that stand for this round, by their sender.

    Of a country also the districts' packages, which it knows from those of their regions.
    """
    covers, here = scope.plan.territories.covers, scope.territory.kato
    found = [
        it
        for direction in HEARD
        for it in register.packages(direction)
        if it.active
        and it.envelope.round == scope.round.code
        and covers(here, it.envelope.territory)
    ]
    return sorted(found, key=lambda it: (it.envelope.territory, it.envelope.created))


def sources(
    register: Register, scope: Scope, fingerprint: str, captions: Captions
) -> Iterator[Block]:
    """The end of a report: the hash, and who sent which package when."""
    lang = scope.lang
    yield Heading(word("sources", lang), 2)
    yield plain(word("data_hash", lang, hash=fingerprint), "source")
    came = packages(register, scope) if scope.options.packages else []
    if came:
        names = ("territory", "sent_by", "sent_on", "package_number", "manifest")
        title = word("packages", lang)
        grid = Grid(
            columns=(Column(1), Column(1), Column(1), Column(1, "centre"), Column(1)),
            rows=tuple(_row(scope, it) for it in came),
            header=(heads(word(name, lang) for name in names),),
            alt=title,
            caption=captions.table(title),
        )
        yield fitted(grid)


def _row(scope: Scope, package: StoredPackage) -> Row:
    envelope = package.envelope
    said = (
        scope.name(envelope.territory),
        package.signer.name,
        say(_DATE, envelope.created[:10], scope.lang),
        str(envelope.seq),
        package.manifest_sha256[:SHOWN],
    )
    return tuple(Cell((plain(it),)) for it in said)

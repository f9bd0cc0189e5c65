"""The printed receipt: which package arrived where, and what was decided about its sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from taza_desktop.i18n import Language, Text
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.form import Figure
from taza_desktop.plan.kinds import say
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.receipts import Receipt
from taza_desktop.register.reviewing_verdicts import Verdict
from taza_desktop.reports.neutral import (
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Report,
    Row,
    plain,
)
from taza_desktop.reports.settings import defaults
from taza_desktop.reports.words import word

_DATE = Figure("date", "date", Text("", "", ""))
_WIDTHS = (1, 8, 5)


def compose(receipt: Receipt, plan: Plan, lang: Language) -> Report:
    """The receipt of a package that an office above confirmed, on portrait pages."""
    said = receipt.package.envelope
    blocks = (
        Heading(word("receipt_title", lang)),
        plain(_subtitle(receipt, plan, lang), "subtitle"),
        *(plain(line) for line in _sentences(receipt, plan, lang)),
        _sheets(receipt, plan, lang),
        plain(""),
        *(plain(line, "small") for line in _proof(receipt, lang)),
    )
    return Report(
        title=word("receipt_title", lang),
        language=lang,
        territory=said.territory,
        round=said.round,
        draft=False,
        mark="",
        notes=(),
        blocks=tuple[Block, ...](blocks),
        layout=replace(defaults().layout, landscape=False),
        author=receipt.package.signer.name,
    )


def _subtitle(receipt: Receipt, plan: Plan, lang: Language) -> str:
    said = receipt.package.envelope
    place = plan.territories[said.territory].name.to(lang)
    return word("subtitle", lang, territory=place, round=Round.parse(said.round).name(lang))


def _sentences(receipt: Receipt, plan: Plan, lang: Language) -> Iterator[str]:
    """Which package it is, and who received it when."""
    package = receipt.package
    yield word(
        "receipt_package",
        lang,
        number=package.envelope.seq,
        day=_day(package.envelope.created, lang),
        name=package.signer.name,
    )
    person, office = receipt.by
    name = plan.territories[office].name.to(lang)
    day = _day(receipt.received, lang)
    yield word("receipt_received", lang, office=name, person=person, day=day)


def _sheets(receipt: Receipt, plan: Plan, lang: Language) -> Grid:
    """A row for each sheet with its verdict."""
    names = [Cell((plain(word(f"receipt_{it}", lang)),)) for it in ("no", "measure", "verdict")]
    rows = tuple(_row(key, said, plan, lang) for key, said in receipt.sheets.items())
    aligned = ("centre", "left", "left")
    columns = tuple(Column(width, to) for width, to in zip(_WIDTHS, aligned, strict=True))
    return Grid(columns, rows, (tuple(names),))


def _row(key: SheetKey, said: Verdict, plan: Plan, lang: Language) -> Row:
    title = plan.measures[key.measure].title.to(lang)
    texts = (str(key.measure), title, _verdict(said, lang))
    return tuple(Cell((plain(text),)) for text in texts)


def _verdict(said: Verdict, lang: Language) -> str:
    if not said.verdict:
        return word("receipt_arrived", lang)
    text = word(f"receipt_{said.verdict}", lang, person=said.by, day=_day(said.at, lang))
    if said.verdict == "accepted" and not said.fresh:
        return f"{text} {word('receipt_changed', lang)}"
    return f"{text} {word('receipt_reason', lang, text=said.reason)}" if said.reason else text


def _proof(receipt: Receipt, lang: Language) -> Iterator[str]:
    """How the package is told from every other one."""
    yield word("receipt_id", lang, id=receipt.package.envelope.package_id)
    yield word("receipt_manifest", lang, hash=receipt.package.manifest_sha256)


def _day(utc: str, lang: Language) -> str:
    return say(_DATE, utc[:10], lang)

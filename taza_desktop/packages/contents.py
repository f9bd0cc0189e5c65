"""What stands in a package whose signature is good: steps 5 to 10 of reading, in that order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import attachments, container, descriptor, envelope, manifest, payload
from taza_desktop.packages.container import Container, Files
from taza_desktop.packages.payload import Payload
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.cell_checks import cell_problems
from taza_desktop.plan.form import Form
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Cells, Entry, Sheet
from taza_desktop.register.ids import sheet_record
from taza_desktop.register.model import DELETED, SHEET, Record, Revision
from taza_desktop.register.parcel import Envelope, Opened, Signer

_STORED = ("unknown", "computed", "value")  # the checks of a form that concern a single revision
_SAYS = {
    "PKG-FILES": N_("{file} holds other files than were signed ({what}). Do not use it."),
    "PKG-CHANGED": N_("{what} in {file} was changed after it was signed. Ask for the file again."),
    "PKG-DESCRIPTOR": N_(
        "The description of the data in {file} does not fit the data. Ask the sender for it again."
    ),
    "PKG-COUNTS": N_(
        "{file} announces other numbers of records than it holds. Ask the sender for it again."
    ),
    "PKG-AUDIENCE": N_(
        "{file} is meant for another office: {what}. Send it on, or ask for the one meant for you."
    ),
    "PKG-TERRITORY": N_(
        "{name} may not speak for {what}, but {file} does. Ask the sender to send only their own."
    ),
    "PKG-ROUND": N_(
        "{file} holds figures of the round {what}, which it is not meant for. Ask for it again."
    ),
    "PKG-FORM": N_(
        "{file} holds a sheet of measure {what}, for which this program has no such form."
        " Update the program."
    ),
    "PKG-CELL": N_(
        "Measure {measure}, {territory}: the cell {what} in {file} is not as its form wants it."
        " Ask the sender to mend it and to send the sheet again."
    ),
    "PKG-ATTACHMENTS": N_(
        "The attachments in {file} are not those that its sheets name ({what})."
        " Ask the sender for it again."
    ),
}


def read(box: Container, signer: Signer, audience: str, plan: Plan) -> Opened:
    """Steps 5 to 10; `audience` is the KATO code of the office whose authority was trusted.

    Refuses PKG-… as `docs/package-format.md` lists them; nothing is written anywhere.
    """
    listed = box.read(container.MANIFEST)
    files = _signed(box, manifest.read_both(box))
    said = envelope.read(files[container.ENVELOPE], box.file)
    reader = _Reader(said, signer, plan, box.file)
    reader.check_audience(audience)
    lineages = payload.read(files[container.RECORDS], box.file)
    reader.check_descriptor(files, lineages)
    for record, revisions in lineages:
        reader.check_rights(record, revisions)
        reader.check_form(record, revisions)
    return Opened(
        envelope=said,
        signer=signer,
        manifest_sha256=sha256(listed).hexdigest(),
        records=[record for record, _ in lineages],
        revisions=[revision for _, revisions in lineages for revision in revisions],
        attachments=reader.attachments(files, lineages),
        container=box.data,
    )


def counts(lineages: Payload) -> dict[str, int]:
    """What an envelope announces."""
    return {
        "records": len(lineages),
        "revisions": sum(len(revisions) for _, revisions in lineages),
        "attachments": len({str(named["sha256"]) for named in payload.attachments(lineages)}),
    }


def _signed(box: Container, digests: Mapping[str, bytes]) -> Files:
    """Step 6: exactly the files that were signed, with exactly those contents; none is held."""
    there = box.entries.keys() - set(container.UNSIGNED)
    if odd := there ^ digests.keys():
        raise _refusal("PKG-FILES", box.file, what=min(odd))
    for name, digest in digests.items():
        if box.digest(name) != digest:
            raise _refusal("PKG-CHANGED", box.file, what=name)
    return box.files(digests)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What every check of steps 7 to 10 needs to know."""

    said: Envelope
    signer: Signer
    plan: Plan
    file: str

    def check_audience(self, audience: str) -> None:
        """Step 7: for us, and from somebody who may speak for that territory."""
        if self.said.audience != audience:
            raise self._refusal("PKG-AUDIENCE", what=self._name(self.said.audience))
        self._check_covers(audience, self.signer.territory)
        self._check_covers(self.signer.territory, self.said.territory)
        try:
            Round.parse(self.said.round)
        except Refusal as fault:
            raise self._refusal("PKG-ROUND", what=self.said.round) from fault

    def check_descriptor(self, files: Files, lineages: Payload) -> None:
        """Descriptor and counts follow from the rest, so they cannot tell an auditor otherwise."""
        others = files.without(container.DESCRIPTOR)
        if descriptor.write(self.said, others) != files[container.DESCRIPTOR]:
            raise self._refusal("PKG-DESCRIPTOR")
        if dict(self.said.counts) != counts(lineages):
            raise self._refusal("PKG-COUNTS")

    def check_rights(self, record: Record, revisions: Iterable[Revision]) -> None:
        """Step 7 for a record: of this round, of the sender's territory, written there."""
        if record.sheet.round != self.said.round:
            raise self._refusal("PKG-ROUND", what=record.sheet.round)
        for kato in {record.sheet.territory, *(revision.office for revision in revisions)}:
            self._check_covers(self.said.territory, kato)

    def check_form(self, record: Record, revisions: Iterable[Revision]) -> None:
        """Step 9: a sheet that there is a form for, and every cell as it must be stored."""
        measure = record.sheet.measure
        if not self.plan.has_form(measure):
            raise self._refusal("PKG-FORM", what=measure)
        form = self.plan.form(measure)
        tables = {SHEET, *(table.name for table in form.tables)}
        misnamed = record.table == SHEET and record.id != sheet_record(record.sheet)
        if record.table not in tables or misnamed:
            raise self._refusal("PKG-FORM", what=measure)
        for revision in revisions:
            if wrong := _wrong_cell(form, record, revision):
                territory = self._name(record.sheet.territory)
                raise self._refusal("PKG-CELL", measure=measure, territory=territory, what=wrong)

    def attachments(self, files: Files, lineages: Payload) -> Files:
        """Step 10: the attachments that cells name, all of them and no others, by sha256."""
        named = payload.attachments(lineages)
        wanted = {attachments.entry_name(one) for one in named}
        there = {name for name in files if container.ATTACHMENT.fullmatch(name)}
        if odd := wanted ^ there:
            raise self._refusal("PKG-ATTACHMENTS", what=min(odd))
        return files.named(attachments.check(named, files, self.file))

    def _check_covers(self, office: str, kato: str) -> None:
        territories = self.plan.territories
        known = office in territories and kato in territories
        if not known or not territories.covers(office, kato):
            raise self._refusal("PKG-TERRITORY", name=self.signer.name, what=self._name(kato))

    def _name(self, kato: str) -> object:
        territory = self.plan.territories.get(kato)
        return territory.name if territory else kato

    def _refusal(self, code: str, **fields: object) -> Refusal:
        return _refusal(code, self.file, **fields)


def _wrong_cell(form: Form, record: Record, revision: Revision) -> str:
    """The first cell that its form does not know or that is not stored as it must be."""
    cells: Cells = {cell: value for cell, value in revision.changes.items() if value is not None}
    sheet = Sheet(record.sheet, cells)
    if record.table != SHEET:
        if cells.pop(DELETED, True) is not True:
            return DELETED
        sheet = Sheet(record.sheet, {}, {record.table: [Entry(cells)]})
    wrong = (one.cell for one in cell_problems(form, sheet) if one.check in _STORED)
    return next(wrong, "")


def _refusal(code: str, file: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], file=file, **fields)

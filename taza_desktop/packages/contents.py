"""What stands in a package whose signature is good: steps 5 to 10 of reading, in that order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import (
    attachments,
    cells,
    container,
    descriptor,
    envelope,
    manifest,
    payload,
    relays,
)
from taza_desktop.packages.container import Container
from taza_desktop.packages.kinds import KINDS
from taza_desktop.packages.manifest import media_type
from taza_desktop.packages.payload import Payload
from taza_desktop.packages.rights import Rights
from taza_desktop.plan import upgrades
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Value
from taza_desktop.register.model import Record, Revision
from taza_desktop.register.parcel import Opened, Relayed, Signer

Files = Mapping[str, bytes]  # by their names in the container
_SAYS = {
    "PKG-FILES": N_("{file} holds other files than were signed ({what}). Do not use it."),
    "PKG-CHANGED": N_("{what} in {file} was changed after it was signed. Ask for the file again."),
    "PKG-UNKNOWN": N_(
        "{file} holds something that a package of its kind has no place for ({what})."
        " Do not use it; ask the sender."
    ),
    "PKG-DESCRIPTOR": N_(
        "The description of the data in {file} does not fit the data. Ask the sender for it again."
    ),
    "PKG-COUNTS": N_(
        "{file} announces other numbers of records or attachments than it holds."
        " Ask the sender for it again."
    ),
    "PKG-AUDIENCE": N_(
        "{file} is meant for another office: {what}. Send it on, or ask for the one meant for you."
    ),
    "PKG-WAY": N_(
        "{file} does not go the way that a package of its kind goes: it says that it comes from"
        " {sender} and is meant for {what}. Do not use it; ask the sender."
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
    "PKG-PLAN-NEWER": N_(
        "{file} was filled in by version {what} of the plan, which this program does not know yet."
        " Update the program with its plan, then open the file again."
    ),
    "PKG-ATTACHMENTS": N_(
        "The attachments in {file} are not those that its sheets name ({what})."
        " Ask the sender for it again."
    ),
}


def read(box: Container, signer: Signer, authority: str, audience: str, plan: Plan) -> Opened:
    """Steps 5 to 10.

    `authority` is the KATO code of the office that certified the signer, `audience` that of the
    office that reads. Refuses PKG-… as `docs/package-format.md` lists them; writes nothing.
    """
    listed = box.read(container.MANIFEST)
    files = _signed(box, manifest.read(listed, box.file))
    said = envelope.read(files[container.ENVELOPE], box.file)
    reader = _Reader(said, signer, plan, box.file)
    reader.check_way(authority, audience)
    reader.check_entries(files)
    relayed = reader.relayed(files)
    lineages, via = payload.read(files[container.RECORDS], box.file, len(relayed), said.minor)
    reader.check_description(files, counts(lineages, relayed, files))
    lineages = reader.lifted(lineages)
    for record, revisions in lineages:
        reader.check_rights(record, revisions)
        reader.check_cells(record, revisions)
    return Opened(
        envelope=said.envelope,
        signer=signer,
        manifest_sha256=sha256(listed).hexdigest(),
        records=[record for record, _ in lineages],
        revisions=[revision for _, revisions in lineages for revision in revisions],
        attachments=reader.attachments(files, lineages),
        container=box.data,
        relayed={one.package_id: one for one in relayed},
        via=relays.named(via, relayed),
    )


def counts(lineages: Payload, relayed: list[Relayed], names: Iterable[str]) -> dict[str, int]:
    """What an envelope announces; `names` are the files of the container."""
    named = {str(one["sha256"])[:32] for one in payload.attachments(lineages)}
    there = {found[1] for name in names if (found := container.ATTACHMENT.fullmatch(name))}
    return {
        "records": len(lineages),
        "revisions": sum(len(revisions) for _, revisions in lineages),
        "attachments": len(there),
        "awaited": len(named - there),
        "packages": len(relayed),
    }


def _signed(box: Container, digests: Mapping[str, bytes]) -> dict[str, bytes]:
    """Step 6: exactly the files that were signed, with exactly those contents."""
    there = box.entries.keys() - set(container.UNSIGNED)
    if odd := there ^ digests.keys():
        raise _refusal("PKG-FILES", box.file, what=min(odd))
    contents: dict[str, bytes] = {}
    for name, digest in digests.items():
        contents[name] = box.read(name)
        if sha256(contents[name]).digest() != digest:
            raise _refusal("PKG-CHANGED", box.file, what=name)
    return contents


@dataclass(frozen=True, slots=True)
class _Reader:
    """What every check of steps 7 to 10 needs to know."""

    head: envelope.Read
    signer: Signer
    plan: Plan
    file: str

    @property
    def rights(self) -> Rights:
        """What may stand in this package."""
        return Rights(self.head.envelope, self.plan.territories)

    def check_way(self, authority: str, audience: str) -> None:
        """Step 7: for us, on the way of its kind, from somebody who may speak for the sender."""
        said = self.head.envelope
        if said.audience != audience:
            raise self._refusal("PKG-AUDIENCE", what=self._name(said.audience))
        if outside := self.rights.stranger(authority, self.signer):
            raise self._outside(outside)
        if not self.rights.goes_its_way():
            sender, what = self._name(said.territory), self._name(said.audience)
            raise self._refusal("PKG-WAY", sender=sender, what=what)
        try:
            Round.parse(said.round)
        except Refusal as fault:
            raise self._refusal("PKG-ROUND", what=said.round) from fault
        if not upgrades.is_known(said.plan, self.plan.version):
            raise self._refusal("PKG-PLAN-NEWER", what=said.plan)

    def check_entries(self, files: Files) -> None:
        """Step 7: no tables that this version of the format and this kind do not have."""
        kind = KINDS[self.head.envelope.kind]
        allowed = {container.RECORDS: True, container.PACKAGES: kind.relays}
        allowed[container.TRUST] = kind.trust
        for name in filter(container.RESOURCE.fullmatch, files):
            if not allowed.get(name, self.head.minor > envelope.MINOR):
                raise self._refusal("PKG-UNKNOWN", what=name)

    def relayed(self, files: Files) -> list[Relayed]:
        """Step 7: the packages that the sender passes on, all of the round and of its territory."""
        if container.PACKAGES not in files:
            return []
        found = relays.read(files[container.PACKAGES], self.file, self.head.minor)
        for one in found:
            if one.round != self.head.envelope.round:
                raise self._refusal("PKG-ROUND", what=one.round)
            if outside := self.rights.hearsay(one):
                raise self._outside(outside)
        return found

    def check_description(self, files: Files, counted: Mapping[str, int]) -> None:
        """Descriptor and counts follow from the rest, so they cannot tell an auditor otherwise."""
        said, minor = self.head
        others = {name: data for name, data in files.items() if name != container.DESCRIPTOR}
        if not descriptor.fits(files[container.DESCRIPTOR], said, others, minor):
            raise self._refusal("PKG-DESCRIPTOR")
        names = envelope.counts_of(minor)
        told = {name: said.counts.get(name) for name in names}
        odd = said.counts.keys() - names and minor <= envelope.MINOR
        empty = counted["records"] and not KINDS[said.kind].records
        if odd or empty or told != {name: counted[name] for name in names}:
            raise self._refusal("PKG-COUNTS")

    def lifted(self, lineages: Payload) -> Payload:
        """The lineages as this version of the plan has them."""
        since = self.head.envelope.plan
        if since == self.plan.version:
            return lineages
        return [(record, [_lift(record, one, since) for one in of]) for record, of in lineages]

    def check_rights(self, record: Record, revisions: Iterable[Revision]) -> None:
        """Step 7 for a record: of this round, about whom it may be, by whom it may be."""
        if record.sheet.round != self.head.envelope.round:
            raise self._refusal("PKG-ROUND", what=record.sheet.round)
        found = (self.rights.misplaced(record), *map(self.rights.intruder, revisions))
        if outside := next(filter(None, found), ""):
            raise self._outside(outside)

    def check_cells(self, record: Record, revisions: Iterable[Revision]) -> None:
        """Step 9: a record that the plan knows, every cell as it must be stored, nobody else's."""
        measure, territory = record.sheet.measure, self._name(record.sheet.territory)
        if not cells.is_known(self.plan, record):
            raise self._refusal("PKG-FORM", what=measure)
        for one in revisions:
            if wrong := cells.wrong(self.plan, record, one):
                raise self._refusal("PKG-CELL", measure=measure, territory=territory, what=wrong)
            if office := cells.intruder(self.rights, record, one):
                raise self._outside(office)

    def attachments(self, files: Files, lineages: Payload) -> dict[str, bytes]:
        """Step 10: sound attachments by sha256, those that cells name and no others.

        A package of attachments alone has no cells; merging takes what is waited for.
        """
        found: dict[str, bytes] = {}
        there = {name for name in files if container.ATTACHMENT.fullmatch(name)}
        named = payload.attachments(lineages)
        if not KINDS[self.head.envelope.kind].records:
            named = [_described(name, files[name]) for name in sorted(there)]
        if odd := there - {attachments.entry_name(one) for one in named}:
            raise self._refusal("PKG-ATTACHMENTS", what=min(odd))
        for one in named:
            entry = attachments.entry_name(one)
            if entry in there:
                attachments.check(files[entry], one, entry, self.file)
                found[str(one["sha256"])] = files[entry]
        return found

    def _outside(self, kato: str) -> Refusal:
        return self._refusal("PKG-TERRITORY", name=self.signer.name, what=self._name(kato))

    def _name(self, kato: str) -> object:
        territory = self.plan.territories.get(kato)
        return territory.name if territory else kato

    def _refusal(self, code: str, **fields: object) -> Refusal:
        return _refusal(code, self.file, **fields)


def _lift(record: Record, one: Revision, since: str) -> Revision:
    changes = upgrades.lift(record.sheet.measure, record.table, one.changes, since)
    return replace(one, changes=changes)


def _described(name: str, content: bytes) -> Mapping[str, Value]:
    """An attachment as a cell would name it."""
    digest = sha256(content).hexdigest()
    return {"sha256": digest, "name": name, "type": media_type(name), "size": len(content)}


def _refusal(code: str, file: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], file=file, **fields)

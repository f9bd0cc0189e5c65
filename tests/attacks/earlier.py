"""Packages that contradict what the same office merged before: step 8."""

from __future__ import annotations

from dataclasses import replace

from taza_desktop.packages import container
from tests.attacks.kit import Attack, Table
from tests.packages.kit import Sample

ANOTHER = "1d0e6c1f-53c1-4f0b-8a6e-2f4f6f0c9b02"


def two_faces(sample: Sample) -> bytes:
    """Another package under the id of one that was merged."""
    return container.write(sample.signed(sample.files(replace(sample.said, seq=4))))


def rewritten(sample: Sample) -> bytes:
    """A revision that is known already, with other content than it had."""
    other = replace(sample, said=replace(sample.said, package_id=ANOTHER, seq=4))
    return other.with_changes(planned=999_999)


def moved(sample: Sample) -> bytes:
    """An entry that is known already, in another table's sheet of the same district."""
    village = next(one.kato for one in sample.plan.territories.children(sample.said.territory))
    (entry, revisions) = sample.lineages[1]
    key = entry.sheet._replace(territory=village)
    other = replace(sample, said=replace(sample.said, package_id=ANOTHER, seq=4))
    fresh = [replace(one, id=b"\x77" * 16) for one in revisions]
    return other.with_lineages([(replace(entry, sheet=key), fresh)], {})


REFUSED: Table = {
    "MERGE-TWO-FACES": {"another package under a known id": two_faces},
    "MERGE-REVISION-CHANGED": {"history rewritten": rewritten},
    "MERGE-BROKEN": {"a known entry in another sheet": moved},
}


def fast_forward(sample: Sample) -> bytes:
    """The sender's thousandth package, they say."""
    said = replace(sample.said, package_id=ANOTHER, seq=1000)
    return container.write(sample.signed(sample.files(said)))


ANSWERED: dict[str, tuple[str, Attack]] = {
    "replayed": ("", Sample.good),
    "a number far ahead": ("MERGE-GAP", fast_forward),
}

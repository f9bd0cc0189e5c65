"""The list of attacks: for each kind of package what is refused, and with which code.

Run as a module it prints docs/attacks.md. A new kind brings a good package of it (`SAMPLES`) and
what its own content may not say (`OWN`); containers, signatures, lists of contents and envelopes
are attacked in the same way for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.attacks import (
    cells,
    containers,
    earlier,
    envelopes,
    manifests,
    pictures,
    rows,
    signatures,
)
from tests.attacks.kit import Attack, Table
from tests.packages.kit import Sample, new_sample

SAMPLES: dict[str, Callable[[], Sample]] = {"submission": new_sample}
EVERY = {
    "The container": containers.REFUSED,
    "The signature and its certificates": signatures.REFUSED,
    "The list of contents": manifests.REFUSED,
    "The envelope": envelopes.REFUSED,
    "What came before": earlier.REFUSED,
}
OWN: dict[str, dict[str, Table]] = {
    "submission": {
        "The rows": rows.REFUSED,
        "The cells": cells.REFUSED,
        "Pictures and documents": pictures.REFUSED,
    },
}
GOOD = {**containers.GOOD, **signatures.GOOD, **manifests.GOOD, **envelopes.GOOD}
OWN_GOOD = {"submission": {**rows.GOOD, **cells.GOOD, **pictures.GOOD}}


class Case(NamedTuple):
    """One attack on packages of a kind."""

    kind: str
    part: str
    code: str
    name: str
    attack: Attack

    def __str__(self) -> str:
        return f"{self.kind}-{self.code}-{self.name}"


def _cases() -> Iterator[Case]:
    """Every attack on every kind."""
    for kind in SAMPLES:
        for part, table in (EVERY | OWN[kind]).items():
            for code, attacks in table.items():
                for name, attack in attacks.items():
                    yield Case(kind, part, code, name, attack)


def _good_cases() -> Iterator[Case]:
    """What is odd and must be read all the same."""
    for kind in SAMPLES:
        for name, attack in (GOOD | OWN_GOOD[kind]).items():
            yield Case(kind, "", "good", name, attack)


CASES, GOOD_CASES = list(_cases()), list(_good_cases())


def page() -> str:
    """docs/attacks.md."""
    every = CASES
    lines = [
        "# Packages that are refused",
        "",
        f"Printed by `make docs` out of `tests/attacks`: {len(every)} attacks. After each of them",
        "the register is the same byte for byte, nothing was written, and the sentence that",
        "refuses it stands in three languages.",
    ]
    for part in dict.fromkeys(case.part for case in every):
        lines += ["", f"## {part}", "| refused with | what it is |", "|---|---|"]
        of_part = [case for case in every if case.part == part]
        for code in dict.fromkeys(case.code for case in of_part):
            names = dict.fromkeys(case.name for case in of_part if case.code == code)
            lines.append(f"| `{code}` | {' · '.join(names)} |")
    lines += ["", "## Odd, and read all the same", ""]
    lines += [f"* {name}" for name in dict.fromkeys(case.name for case in GOOD_CASES)]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(page(), end="")

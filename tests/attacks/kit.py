"""What an attack is: bytes made of a good package, and what the reader believes meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from cryptography import x509

from taza_desktop.packages import container
from tests.packages.kit import Sample


class Given(NamedTuple):
    """A file, whom its reader trusts (PEM), and when it came; None: just now."""

    data: bytes
    trust: bytes
    moment: datetime | None = None


Attack = Callable[[Sample], bytes | Given]
Table = dict[str, dict[str, Attack]]  # by the code that it is refused with, by what it is


def given(attack: Attack, sample: Sample) -> Given:
    """The attack on that package; most leave alone what the reader believes."""
    made = attack(sample)
    return made if isinstance(made, Given) else Given(made, sample.authority.trust)


def with_files(sample: Sample, **files: bytes) -> bytes:
    """The package with other bytes in some of its files: `manifest`, `signature`, …"""
    named = {name.upper(): content for name, content in files.items()}
    return container.write(
        {**sample.parts, **{getattr(container, name): content for name, content in named.items()}}
    )


def signed_by(sample: Sample, key: Any, certificate: x509.Certificate) -> bytes:
    """The package signed by somebody else."""
    return replace(sample, key=key, certificate=certificate).good()

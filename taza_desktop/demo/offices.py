"""The offices of the example: their registers, their keys, who certified whom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from taza_desktop import i18n
from taza_desktop.i18n import Language, _
from taza_desktop.packages.credentials import certify, create_authority, enrol, request
from taza_desktop.packages.keys import Keyring, Protector
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.model import Office, Role
from taza_desktop.register.register import Register

PASSPHRASE = "taza-2024"  # of every key of the example, and told to everybody
SUFFIX = ".taza-register"


@dataclass(frozen=True, slots=True)
class Founding:
    """A region to be set up: where, which of its districts, and how keys are locked."""

    folder: Path
    region: str
    districts: tuple[str, ...]
    language: Language
    protector: Protector | None


@dataclass(frozen=True, slots=True)
class Founded:
    """A region that is set up but for the Ministry's answer to its coordinator's request."""

    region: str
    asked: bytes
    keys: Keyring


def register_path(folder: Path, kato: str) -> Path:
    """The file of an office: `KZ-39-Kostanay-Region`, `KZ-39-391000000-Kostanay-city`."""
    if kato == REPUBLIC:
        return folder / f"ministry{SUFFIX}"
    territories = load_plan().territories
    region = territories.region_of(kato)
    code = "" if region is None else region.iso
    below = "" if region and region.kato == kato else f"-{kato}"
    name = "-".join(territories[kato].name.en.split())
    return folder / f"{code}{below}-{name}{SUFFIX}"


def office(role: Role, kato: str) -> Office:
    """An office of the example; nobody real is named."""
    name = load_plan().territories[kato].name
    return Office(role, kato, _("{office} (example)").format(office=name))


def found(founding: Founding) -> Founded:
    """Set up a region with its clerks; runs in a process of its own, as each key takes a second."""
    i18n.set_language(founding.language)
    keys = Keyring(PASSPHRASE, founding.protector)
    path = register_path(founding.folder, founding.region)
    with Register.create(path, office("region", founding.region)) as region:
        create_authority(region, keys)
        for district in founding.districts:
            whose = office("clerk", district)
            with Register.create(register_path(founding.folder, district), whose) as clerk:
                asked = request(clerk, keys)
                enrol(clerk, certify(region, asked, district, whose.name, keys))
        return Founded(founding.region, request(region, keys), keys)

"""The envelope: what a package says about itself, as `envelope.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple, cast

from taza_desktop import __version__
from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import patterns, strict_json
from taza_desktop.packages.kinds import KINDS
from taza_desktop.packages.patterns import Check, text, whole
from taza_desktop.register.parcel import Envelope

FORMAT = "taza-package"
MAJOR, MINOR = 1, 1
CRITICAL = frozenset[str]()  # names in `critical` that this version understands
_COUNTS = {"records": 0, "revisions": 0, "attachments": 0, "awaited": 1, "packages": 1}  # since

_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")
_PATTERNS = {
    "package_id": patterns.PACKAGE,
    "kind": patterns.KIND,
    "territory": patterns.KATO,
    "round": patterns.ROUND,
    "plan": r"[0-9A-Za-z.\-]{1,40}",
    "audience": patterns.KATO,
    "prev": rf"({patterns.DIGEST})?",
    "created": patterns.MADE,
    "app": r"[ -~]{0,80}",
}
_SAYS = {
    "PKG-NEWER": N_(
        "{file} was made by a newer version of the program ({version}). Update the program."
    ),
    "PKG-CRITICAL": N_(
        "{file} needs something that this version of the program does not know ({what})."
        " Update the program."
    ),
    "PKG-KIND": N_(
        "{file} is of a kind that this version of the program cannot open ({what})."
        " Update the program."
    ),
    "PKG-ENVELOPE": N_("The envelope of {file} is not in order ({what}). Ask for the file again."),
}


class Read(NamedTuple):
    """An envelope, and the minor version of the format that it was written in."""

    envelope: Envelope
    minor: int


def write(envelope: Envelope) -> bytes:
    """`envelope.json`, for people and programs."""
    head = {"format": FORMAT, "version": f"{MAJOR}.{MINOR}", "critical": list[str]()}
    said = {**head, **asdict(envelope), "app": f"taza-desktop {__version__}"}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read(data: bytes, file: str) -> Read:
    """The envelope. Refuses PKG-NEWER, PKG-CRITICAL, PKG-KIND, PKG-ENVELOPE."""
    try:
        said = strict_json.load(data)
    except ValueError as fault:
        raise _refusal("PKG-ENVELOPE", file, what=str(fault)) from fault
    if not isinstance(said, dict):
        raise _refusal("PKG-ENVELOPE", file, what="JSON")
    values = cast("dict[str, Any]", said)
    minor = _check_version(values, file)
    for name in _FIELDS:
        if name not in values or not _FIELDS[name](values[name]):
            raise _refusal("PKG-ENVELOPE", file, what=name)
    unknown = values.keys() - _FIELDS.keys()
    if unknown and minor <= MINOR:
        raise _refusal("PKG-ENVELOPE", file, what=min(unknown))
    if strange := set(values["critical"]) - CRITICAL:
        raise _refusal("PKG-CRITICAL", file, what=min(strange))
    if values["kind"] not in KINDS:
        raise _refusal("PKG-KIND", file, what=values["kind"])
    return Read(Envelope(**{name: values[name] for name in Envelope.__dataclass_fields__}), minor)


def counts_of(minor: int) -> set[str]:
    """What an envelope of that minor version counts."""
    return {name for name, since in _COUNTS.items() if since <= minor}


def _check_version(values: Mapping[str, Any], file: str) -> int:
    """The minor version; a newer major one may have changed everything else."""
    version = values.get("version")
    found = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if values.get("format") != FORMAT or not found:
        raise _refusal("PKG-ENVELOPE", file, what="format")
    if int(found[1]) > MAJOR:
        raise _refusal("PKG-NEWER", file, version=found[0])
    return int(found[2])


def _is_counts(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_count, cast("dict[str, Any]", value).values()))


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(map(_name, cast("list[Any]", value)))


_count, _name = whole(0), text(r"[a-z0-9_\-]{1,40}")
_FIELDS: dict[str, Check] = {
    "format": text(FORMAT),
    "version": text(_VERSION.pattern),
    "critical": _are_names,
    "seq": whole(1),
    "counts": _is_counts,
    **{name: text(pattern) for name, pattern in _PATTERNS.items()},
}


def _refusal(code: str, file: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], file=file, **fields)

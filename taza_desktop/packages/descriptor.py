"""The descriptor: a Frictionless data package, so that any data tool can open the payload."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, cast

from taza_desktop.packages import container, payload, relays, strict_json
from taza_desktop.packages.envelope import MINOR
from taza_desktop.packages.manifest import media_type
from taza_desktop.packages.rows import columns_of
from taza_desktop.register.parcel import Envelope

_TABLES = {container.RECORDS: payload.COLUMNS, container.PACKAGES: relays.COLUMNS}


def write(envelope: Envelope, contents: Mapping[str, bytes], minor: int = MINOR) -> bytes:
    """`datapackage.json` for these files (all but itself), always the same."""
    resources = [_resource(name, contents[name], minor) for name in sorted(contents)]
    described = {
        "profile": "data-package",
        "name": f"taza-{envelope.territory}-{envelope.round.lower()}-{envelope.seq}",
        "id": envelope.package_id,
        "created": envelope.created,
        "resources": resources,
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def fits(described: bytes, envelope: Envelope, contents: Mapping[str, bytes], minor: int) -> bool:
    """Whether it describes these files.

    Of our version and older ones it follows from the files byte for byte. What a newer one may say
    besides is unknown; it must name just these files, with their sizes and hashes.
    """
    if minor <= MINOR:
        return described == write(envelope, contents, minor)
    try:
        said = cast("dict[str, Any]", strict_json.load(described))
        listed = {one["path"]: (one["bytes"], one["hash"]) for one in said["resources"]}
    except (ValueError, TypeError, KeyError):
        return False
    return listed == {name: _measured(content) for name, content in contents.items()}


def _resource(path: str, content: bytes, minor: int) -> dict[str, Any]:
    size, digest = _measured(content)
    described: dict[str, Any] = {
        "name": path.rpartition("/")[2].rpartition(".")[0],
        "path": path,
        "mediatype": media_type(path),
        "bytes": size,
        "hash": digest,
    }
    if path not in _TABLES:
        return {**described, "type": "file"}
    fields = [
        {"name": column.name, "type": column.type, "description": column.description}
        for column in columns_of(_TABLES[path], minor)
    ]
    table = {"type": "table", "format": "jsonl", "encoding": "utf-8", "schema": {"fields": fields}}
    return {**described, **table}


def _measured(content: bytes) -> tuple[int, str]:
    return len(content), f"sha256:{sha256(content).hexdigest()}"

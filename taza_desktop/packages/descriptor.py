"""The descriptor: a Frictionless data package, so that any data tool can open the payload."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from taza_desktop.packages import container
from taza_desktop.packages.manifest import media_type
from taza_desktop.packages.payload import COLUMNS
from taza_desktop.register.parcel import Envelope


def write(envelope: Envelope, contents: Mapping[str, bytes]) -> bytes:
    """`datapackage.json` for these files (envelope, records, attachments), always the same."""
    described = {
        "profile": "data-package",
        "name": f"taza-{envelope.territory}-{envelope.round.lower()}-{envelope.seq}",
        "id": envelope.package_id,
        "created": envelope.created,
        "resources": [_resource(name, contents[name]) for name in sorted(contents)],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _resource(path: str, content: bytes) -> dict[str, Any]:
    stem = path.rpartition("/")[2].rpartition(".")[0]
    described: dict[str, Any] = {
        "name": stem,
        "path": path,
        "mediatype": media_type(path),
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
    }
    if path != container.RECORDS:
        return {**described, "type": "file"}
    fields = [
        {"name": column.name, "type": column.type, "description": column.description}
        for column in COLUMNS
    ]
    table = {"type": "table", "format": "jsonl", "encoding": "utf-8", "schema": {"fields": fields}}
    return {**described, **table}

"""AWS Signature Version 4 for S3: HMACs over a canonical form of the request.

Libraries that sign bring a whole client along (botocore: 26 MB); this is the published algorithm,
tried on its published examples.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

_ALGORITHM = "AWS4-HMAC-SHA256"


class Key(NamedTuple):
    """An access key, and the region that it is used in."""

    id: str
    secret: str
    region: str


def sign(
    key: Key,
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes | memoryview,
    moment: float,
) -> dict[str, str]:
    """The headers of a request with its signature; path and query of `url` are encoded already.

    `moment`: seconds since 1970, by the server's clock.
    """
    stamp = datetime.fromtimestamp(moment, UTC).strftime("%Y%m%dT%H%M%SZ")
    digest = sha256(body).hexdigest()
    parts = urlsplit(url)
    signed = {
        **{name.lower(): value.strip() for name, value in headers.items()},
        "host": parts.netloc,
        "x-amz-content-sha256": digest,
        "x-amz-date": stamp,
    }
    names = ";".join(sorted(signed))
    canonical = "\n".join(
        (
            method,
            parts.path or "/",
            "&".join(sorted(part for part in parts.query.split("&") if part)),
            *(f"{name}:{signed[name]}" for name in sorted(signed)),
            "",
            names,
            digest,
        )
    )
    scope = f"{stamp[:8]}/{key.region}/s3/aws4_request"
    hashed = sha256(canonical.encode()).hexdigest()
    text = "\n".join((_ALGORITHM, stamp, scope, hashed))
    signature = hmac.new(_derived(key, stamp[:8]), text.encode(), sha256).hexdigest()
    proof = f"{_ALGORITHM} Credential={key.id}/{scope},SignedHeaders={names},Signature={signature}"
    return {**signed, "authorization": proof}


def _derived(key: Key, day: str) -> bytes:
    """The key of one day, region and service."""
    made = f"AWS4{key.secret}".encode()
    for step in (day, key.region, "s3", "aws4_request"):
        made = hmac.new(made, step.encode(), sha256).digest()
    return made

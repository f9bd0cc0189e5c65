"""Other people's clients, run in an environment of their own: one upload, then a line of JSON.

`python exchange_peers.py CLIENT ADDRESS USER SECRET FILE SECONDS`; a client that has no retries of
its own is called again until the time is over, as a person would.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit


def with_httpx(address: str, user: str, secret: str, file: Path, seconds: float) -> None:
    """One PUT."""
    import httpx

    with httpx.Client(auth=(user, secret), timeout=seconds, trust_env=False) as client:
        client.put(f"{address}/{file.name}", content=file.read_bytes()).raise_for_status()


def with_webdav4(address: str, user: str, secret: str, file: Path, seconds: float) -> None:
    """Its own upload."""
    from webdav4.client import Client

    client = Client(address, auth=(user, secret), timeout=seconds, trust_env=False)
    client.upload_file(str(file), file.name, overwrite=True)


def with_boto3(address: str, user: str, secret: str, file: Path, seconds: float) -> None:
    """Its own managed upload, with as many retries as it allows."""
    import boto3
    from botocore.config import Config

    parts = urlsplit(address)
    config = Config(
        retries={"max_attempts": 20, "mode": "standard"},
        connect_timeout=seconds,
        read_timeout=seconds,
        s3={"addressing_style": "path"},
    )
    client = boto3.client(
        "s3",
        endpoint_url=f"{parts.scheme}://{parts.netloc}",
        aws_access_key_id=user,
        aws_secret_access_key=secret,
        region_name="us-east-1",
        config=config,
    )
    client.upload_file(str(file), parts.path.strip("/"), file.name)


CLIENTS: dict[str, Callable[[str, str, str, Path, float], None]] = {
    "httpx": with_httpx,
    "webdav4": with_webdav4,
    "boto3": with_boto3,
}


def main() -> None:
    """Try until it is there or the time is over."""
    name, address, user, secret, file, seconds = sys.argv[1:]
    patience, client = float(seconds), CLIENTS[name]
    client_is_loaded = time.monotonic()
    begun, tries, done, said = client_is_loaded, 0, False, ""
    while not done and time.monotonic() - begun < patience and tries < 20:
        tries += 1
        try:
            client(address, user, secret, Path(file), patience)
            done = True
        except Exception as fault:  # whatever it is, it is one try that failed
            said = f"{type(fault).__name__}: {fault}"[:200]
    taken = time.monotonic() - begun
    print(json.dumps({"done": done, "tries": tries, "seconds": taken, "said": said}))


if __name__ == "__main__":
    main()

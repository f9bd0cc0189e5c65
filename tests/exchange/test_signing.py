"""Signature V4 on the published examples of its authors."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from taza_desktop.exchange.signing import Key, sign

KEY = Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
MOMENT = datetime(2013, 5, 24, tzinfo=UTC).timestamp()
HOST = "https://examplebucket.s3.amazonaws.com"
STORED = {"date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "signature"),
    [
        (
            "GET", "/test.txt", {"range": "bytes=0-9"}, b"",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "PUT", "/test%24file.text", STORED, b"Welcome to Amazon S3.",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (
            "GET", "/?lifecycle=", {}, b"",
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
        (
            "GET", "/?prefix=J&max-keys=2", {}, b"",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
)  # fmt: skip
def test_published_examples(
    method: str, path: str, headers: dict[str, str], body: bytes, signature: str
) -> None:
    signed = sign(KEY, method, HOST + path, headers, body, MOMENT)
    assert signed["authorization"].endswith(f"Signature={signature}")


def test_the_secret_is_in_no_header() -> None:
    signed = sign(KEY, "GET", HOST + "/x", {}, b"", MOMENT)
    assert KEY.secret not in str(signed)

"""Opening an age file behind a passphrase on a PC much slower than the one that locked it.

age chooses the work of a guess so that it takes a second where it locks, and refuses to open what
would take over sixteen times as long as a second's work here. A register that was made on a new PC
must open on an old or busy one too, which then takes its time.
https://github.com/C2SP/C2SP/blob/main/age.md
"""

from __future__ import annotations

import base64
import re

from taza_desktop.errors import EnvironmentFault
from taza_desktop.i18n import N_

_HEADER = re.compile(
    rb"(age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n"
    rb"([A-Za-z0-9+/]{43})\n---) ([A-Za-z0-9+/]{43})\n"
)
_MOST = 20  # log2 of the rounds: a gigabyte of memory, half a minute on an old PC
_CHUNK = 64 * 1024 + 16  # with its tag
_MEMORY = N_(
    "This PC has too little free memory to open the key; it takes {size} MB. Close other programs,"
    " then try again."
)


def unlock(locked: bytes, passphrase: str) -> bytes:
    """The content; ValueError when it is no such file, was changed, or the passphrase is wrong.

    Refuses ENV-MEMORY.
    """
    from cryptography.exceptions import InvalidSignature, InvalidTag

    head = _HEADER.match(locked)
    if head is None or int(head[3]) > _MOST:
        raise ValueError("not an age file that can be opened here")
    try:
        file_key = _file_key(passphrase, _plain(head[2]), int(head[3]), _plain(head[4]))
        _check_header(file_key, head[1], _plain(head[5]))
        return _content(file_key, locked[head.end() :])
    except (InvalidTag, InvalidSignature) as fault:
        raise ValueError("wrong passphrase") from fault


def _file_key(passphrase: str, salt: bytes, work: int, wrapped: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    salt = b"age-encryption.org/v1/scrypt" + salt
    try:
        key = Scrypt(salt=salt, length=32, n=1 << work, r=8, p=1).derive(passphrase.encode())
    except MemoryError as fault:
        raise EnvironmentFault("ENV-MEMORY", _MEMORY, size=1 << work >> 10) from fault
    return ChaCha20Poly1305(key).decrypt(bytes(12), wrapped, None)


def _check_header(file_key: bytes, header: bytes, proof: bytes) -> None:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.hmac import HMAC

    mac = HMAC(_derived(file_key, b"", b"header"), SHA256())
    mac.update(header)
    mac.verify(proof)


def _content(file_key: bytes, sealed: bytes) -> bytes:
    """Chunks of 64 KB, each with its number, the last one marked."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce, body = sealed[:16], sealed[16:]
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    chunks = [body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK)] or [b""]
    return b"".join(
        cipher.decrypt(number.to_bytes(11, "big") + bytes([number == len(chunks) - 1]), chunk, None)
        for number, chunk in enumerate(chunks)
    )


def _derived(file_key: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, purpose).derive(file_key)


def _plain(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)

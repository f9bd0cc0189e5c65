"""Private keys at rest: PKCS#8 behind a passphrase, unlocked once in the life of a keyring."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Protocol, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey


class Protector(Protocol):
    """How a key is made unreadable without its passphrase."""

    def lock(self, plain: bytes, passphrase: str) -> bytes:
        """The plain bytes made unreadable."""
        ...

    def unlock(self, locked: bytes, passphrase: str) -> bytes:
        """The plain bytes again; ValueError when the passphrase is not the one."""
        ...


class Age:
    """age with scrypt, over a second a guess on the PC that locked it; `age -d` opens it."""

    def lock(self, plain: bytes, passphrase: str) -> bytes:
        """An age file."""
        import pyrage

        return pyrage.passphrase.encrypt(plain, passphrase)

    def unlock(self, locked: bytes, passphrase: str) -> bytes:
        """The content of an age file."""
        import pyrage

        try:
            return pyrage.passphrase.decrypt(locked, passphrase)
        except pyrage.DecryptError as fault:
            raise ValueError("wrong passphrase") from fault


class Keyring:
    """A passphrase and the keys it has opened so far; never written anywhere.

    Each lock and unlock costs a second and more by design, so one keyring serves a whole job.
    """

    def __init__(self, passphrase: str, protector: Protector | None = None) -> None:
        """`protector` is age unless told otherwise."""
        self._passphrase = passphrase
        self._protector = protector or Age()
        self._open: dict[bytes, bytes] = {}

    def lock(self, key: EllipticCurvePrivateKey) -> bytes:
        """The key as it is stored. Refuses CRED-NO-PASSPHRASE."""
        from cryptography.hazmat.primitives import serialization

        if not self._passphrase:
            raise Refusal(
                "CRED-NO-PASSPHRASE", N_("A passphrase is needed to protect the key. Choose one.")
            )
        plain = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        locked = self._protector.lock(plain, self._passphrase)
        self._open[sha256(locked).digest()] = plain
        return locked

    def unlock_der(self, locked: bytes) -> bytes:
        """The stored key as PKCS#8, DER. Refuses CRED-PASSPHRASE."""
        name = sha256(locked).digest()
        if name not in self._open:
            try:
                self._open[name] = self._protector.unlock(locked, self._passphrase)
            except ValueError as fault:
                says = N_("This is not the passphrase of the key. Type it again.")
                raise Refusal("CRED-PASSPHRASE", says) from fault
        return self._open[name]

    def unlock(self, locked: bytes) -> EllipticCurvePrivateKey:
        """The stored key. Refuses CRED-PASSPHRASE."""
        from cryptography.hazmat.primitives.serialization import load_der_private_key

        return cast("EllipticCurvePrivateKey", load_der_private_key(self.unlock_der(locked), None))


Secret = str | Keyring  # a passphrase, or the keyring of a longer job


def keyring(secret: Secret) -> Keyring:
    """The keyring of a longer job, or a new one for this passphrase."""
    return secret if isinstance(secret, Keyring) else Keyring(secret)

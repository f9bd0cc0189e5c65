"""Private keys at rest: behind a passphrase, unlocked once in the life of a keyring.

What is locked is text: the signing key as PKCS#8 in PEM, then the age identities that belong to it,
one a line. So `age -d` gives a file that `openssl pkey` reads and whose last lines are identities
for `age -d -i`. Registers of the first release locked the bare PKCS#8 in DER.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Protocol, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import encoding, patient_age

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_DER = b"\x30"  # how PKCS#8 in DER begins; PEM begins with a dash
_IDENTITY = b"AGE-SECRET-KEY-1"
_TOO_SLOW = "Excessive work"  # pyrage has one class for all


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
        """The content of an age file, also of one that age finds too much work for this PC."""
        import pyrage

        try:
            return pyrage.passphrase.decrypt(locked, passphrase)
        except pyrage.DecryptError as fault:
            if _TOO_SLOW in str(fault):
                return patient_age.unlock(locked, passphrase)
            raise ValueError("wrong passphrase") from fault


class Passphrase:
    """A passphrase that does not show itself in messages and logs, and can be wiped.

    Python may have copied the text it was made from, and age copies it again; those copies are not
    in reach and go when their memory is used anew.
    """

    def __init__(self, text: str) -> None:
        self._bytes = bytearray(text, "utf-8")

    def text(self) -> str:
        """The passphrase itself, for what asks for a text."""
        return self._bytes.decode("utf-8")

    def wipe(self) -> None:
        """Overwrite it; afterwards it is empty."""
        wipe(self._bytes)

    def __bool__(self) -> bool:
        return bool(self._bytes)

    def __repr__(self) -> str:
        return "Passphrase(…)"


class Keyring:
    """A passphrase and the keys it has opened so far; never written anywhere.

    Each lock and unlock costs a second and more by design, so one keyring serves a whole job.
    """

    def __init__(self, passphrase: str | Passphrase, protector: Protector | None = None) -> None:
        """`protector` is age unless told otherwise."""
        self._passphrase = Passphrase(passphrase) if isinstance(passphrase, str) else passphrase
        self._protector = protector or Age()
        self._open: dict[bytes, bytearray] = {}

    @property
    def passphrase(self) -> Passphrase:
        """What it opens with, for the system's key store."""
        return self._passphrase

    def lock(self, key: EllipticCurvePrivateKey, *identities: str) -> bytes:
        """The key, and the age identities that go with it, as stored. Refuses CRED-NO-PASSPHRASE.

        What was locked here need not be unlocked here.
        """
        from cryptography.hazmat.primitives import serialization

        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        plain = pem + "".join(f"{identity}\n" for identity in identities).encode("ascii")
        return self._lock(plain)

    def relock(self, locked: bytes, under: Keyring) -> bytes:
        """What is locked here as another keyring locks it.

        Refuses CRED-PASSPHRASE, CRED-NO-PASSPHRASE.
        """
        return under._lock(bytes(self._plain(locked)))

    def unlock(self, locked: bytes) -> EllipticCurvePrivateKey:
        """The stored key. Refuses CRED-PASSPHRASE."""
        from cryptography.hazmat.primitives import serialization

        plain = bytes(self._plain(locked))
        if plain.startswith(_DER):
            key = serialization.load_der_private_key(plain, None)
        else:
            key = serialization.load_pem_private_key(plain, None)
        return cast("EllipticCurvePrivateKey", key)

    def unlock_der(self, locked: bytes) -> bytes:
        """The stored key as PKCS#8, DER. Refuses CRED-PASSPHRASE."""
        return encoding.private_der(self.unlock(locked))

    def identities(self, locked: bytes) -> list[str]:
        """The age identities that were locked with the key. Refuses CRED-PASSPHRASE."""
        lines = self._plain(locked).splitlines()
        return [line.decode("ascii") for line in lines if line.startswith(_IDENTITY)]

    def forget(self) -> None:
        """Wipe the passphrase and every open key; the keyring opens nothing any more."""
        self._passphrase.wipe()
        for plain in self._open.values():
            wipe(plain)
        self._open.clear()

    def _lock(self, plain: bytes) -> bytes:
        if not self._passphrase:
            raise Refusal(
                "CRED-NO-PASSPHRASE", N_("A passphrase is needed to protect the key. Choose one.")
            )
        locked = self._protector.lock(plain, self._passphrase.text())
        self._open[sha256(locked).digest()] = bytearray(plain)
        return locked

    def _plain(self, locked: bytes) -> bytearray:
        name = sha256(locked).digest()
        if name not in self._open:
            try:
                plain = self._protector.unlock(locked, self._passphrase.text())
            except ValueError as fault:
                says = N_("This is not the passphrase of the key. Type it again.")
                raise Refusal("CRED-PASSPHRASE", says) from fault
            self._open[name] = bytearray(plain)
        return self._open[name]


Secret = str | Passphrase | Keyring  # what opens keys; a keyring for a longer job


def keyring(secret: Secret) -> Keyring:
    """The keyring of a longer job, or a new one for this passphrase."""
    return secret if isinstance(secret, Keyring) else Keyring(secret)


def no_keys() -> Refusal:
    """CRED-NO-KEYS, for whatever needs keys of a register that has none."""
    says = N_("This register has no keys yet. Make a request, or the authority of your office.")
    return Refusal("CRED-NO-KEYS", says)


def wipe(buffer: bytearray) -> None:
    """Overwrite with zeros, then empty."""
    buffer[:] = bytes(len(buffer))
    buffer.clear()

"""What a register keeps beside its records: attachments and credentials."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.plan.kazakh import one_line
from taza_desktop.plan.sheet import Value
from taza_desktop.register.pictures import fit, recognise
from taza_desktop.register.writing import Writing

_LONGEST_NAME = 255  # characters of a file's name; its end is kept, which says what it is


class Keeping(Writing):
    """Attachments by the hash of their content, credentials and settings by their name."""

    def attach(self, data: bytes, name: str) -> dict[str, Value]:
        """Keep a picture or a PDF; returns the value of an attachment's cell.

        Raises Refusal REG-ATTACHMENT, REG-ATTACHMENT-LARGE, REG-ATTACHMENT-BROKEN.
        """
        kept = fit(data, name)
        digest = self.keep_attachment(kept)
        shown = one_line(name)[-_LONGEST_NAME:] or digest[:8]
        return {"sha256": digest, "name": shown, "type": recognise(kept), "size": len(kept)}

    def attachment(self, sha256: str) -> bytes:
        """The bytes of an attachment as they are signed, for packages.

        Raises Refusal REG-ATTACHMENT-AWAITED (a cell names it, not here yet), REG-NO-ATTACHMENT.
        """
        row = self.db.execute("SELECT data FROM attachments WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None and sha256 in self.awaited():
            raise Refusal(
                "REG-ATTACHMENT-AWAITED",
                N_("The attachment is on its way. Merge the package of attachments that has it."),
            )
        if row is None:
            raise Refusal(
                "REG-NO-ATTACHMENT",
                N_("The attachment is not in this register. Merge the package that has it."),
            )
        return cast("bytes", row[0])

    def awaited(self) -> dict[str, set[str]]:
        """The attachments that cells name and that are not here: sha256 → KATO of their sheets."""
        rows = self.db.execute(
            "SELECT DISTINCT json_extract(named.value, '$.sha256') AS digest, territory"
            " FROM revisions JOIN records ON records.id = record, json_each(changes) AS named"
            " WHERE changes LIKE '%\"sha256\"%' AND named.type = 'object'"
            " AND digest NOT IN (SELECT sha256 FROM attachments)"
        )
        found: dict[str, set[str]] = {}
        for digest, territory in cast("Iterable[tuple[str, str]]", rows):
            found.setdefault(digest, set()).add(territory)
        return found

    def attachment_to_show(self, sha256: str, name: str = "") -> bytes:
        """An attachment for eyes: a picture drawn anew, so nothing hidden in it gets any further.

        A PDF is given as it is (docs/decisions/0005). `name` is what a refusal calls it. Raises
        Refusal REG-ATTACHMENT-AWAITED, REG-ATTACHMENT-BROKEN.
        """
        return fit(self.attachment(sha256), name or sha256)

    def keep_attachment(self, data: bytes) -> str:
        """Keep bytes that are fit already; returns their hash."""
        import hashlib

        digest = hashlib.sha256(data).hexdigest()
        with self.transaction():
            self.db.execute(
                "INSERT OR IGNORE INTO attachments (sha256, type, data) VALUES (?, ?, ?)",
                (digest, recognise(data), data),
            )
        return digest

    def put_credential(self, name: str, **parts: bytes) -> None:
        """Keep a certificate, an encrypted key, a revocation list …; replaces that credential."""
        with self.transaction():
            self.db.execute("DELETE FROM credentials WHERE name = ?", (name,))
            self.db.executemany(
                "INSERT INTO credentials (name, part, value) VALUES (?, ?, ?)",
                ((name, part, value) for part, value in parts.items()),
            )

    def credential(self, name: str) -> dict[str, bytes]:
        """The parts of a credential; empty when there is none of that name."""
        rows = self.db.execute("SELECT part, value FROM credentials WHERE name = ?", (name,))
        return dict(cast("Iterable[tuple[str, bytes]]", rows))

    def setting(self, name: str) -> str:
        """What this office chose; empty when it chose nothing. Settings never travel."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (f"setting:{name}",))
        found = cast("tuple[str] | None", row.fetchone())
        return found[0] if found else ""

    def put_setting(self, name: str, value: str) -> None:
        """Keep what this office chose."""
        with self.transaction():
            self.db.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (f"setting:{name}", value)
            )

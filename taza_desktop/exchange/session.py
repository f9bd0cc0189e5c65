"""The places of a register in use: their credentials, and what is known about each line."""

from __future__ import annotations

from collections.abc import Callable

from taza_desktop.errors import Refusal
from taza_desktop.exchange import keystore
from taza_desktop.exchange.download import SPOILT, download, lies_whole
from taza_desktop.exchange.layout import Item
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.looking import Found, Look, look
from taza_desktop.exchange.outbox import Load
from taza_desktop.exchange.place import Credential, Place, Where, open_place
from taza_desktop.exchange.requests import Steps, aside
from taza_desktop.exchange.shelf import FolderShelf
from taza_desktop.exchange.upload import Tell, upload
from taza_desktop.i18n import N_
from taza_desktop.packages import limits

_NO_CREDENTIAL = N_(
    "User name and password for {place} are not known on this PC. Type them; on the command line"
    " put them into the variables {user} and {secret}."
)


class Session:
    """Opens places; what was learned about a line serves everything that goes over it."""

    def __init__(
        self, patience: float = 15.0, recall: Callable[[Where], Credential | None] = keystore.recall
    ) -> None:
        """`patience`: seconds that an answer may take on a line that is otherwise fast.

        `recall` knows who may use a place; a window must not wait for the key store here.
        """
        self._patience = patience
        self._recall = recall
        self._lines: dict[str, Line] = {}

    def line(self, where: Where, reach: int = 0) -> Line:
        """What is known about the line to a place; `reach` is remembered from another session."""
        if where.key not in self._lines:
            known = {"reach": reach} if reach else {}
            self._lines[where.key] = Line(patience=self._patience, **known)
        return self._lines[where.key]

    def place(self, where: Where, reach: int = 0) -> Place:
        """The place, ready to be used. Refuses EXC-NO-CREDENTIAL."""
        credential = self._recall(where)
        if credential is None:
            raise Refusal(
                "EXC-NO-CREDENTIAL",
                _NO_CREDENTIAL,
                place=where.label,
                user=keystore.USER,
                secret=keystore.SECRET,
            )
        return open_place(where, credential, self.line(where, reach))

    def sending(self, load: Load, tell: Tell) -> Steps[Item]:
        """Carry a package to its place; `tell` is called with the bytes that are there for sure."""
        place = self.place(load.where, load.reach)
        line = self.line(load.where)
        return upload(place, line, load.item, load.data, load.sha256, tell, again=load.again)

    def lies_there(self, load: Load) -> Steps[bool]:
        """Whether a package still lies at its place; unknown counts as yes."""
        try:
            place, line = self.place(load.where, load.reach), self.line(load.where)
            return (yield from lies_whole(place, line, load.item, load.size, load.sha256))
        except Refusal:
            return True

    def looking(self, at: Look) -> Steps[list[Found]]:
        """See what lies in a lane."""
        return look(self.place(at.where), at)

    def fetching(self, at: Look, found: Found, shelf: FolderShelf) -> Steps[bytes]:
        """Fetch a package; pieces of it are kept on the shelf until it is whole.

        When it lies there twice, as a file and in parts, and one is spoilt, the other serves.
        """
        *first, last = found, *found.also
        for one in first:
            try:
                return (yield from self._fetching(at.where, one, shelf))
            except Refusal as refusal:
                if refusal.code not in SPOILT:
                    raise
        return (yield from self._fetching(at.where, last, shelf))

    def reach(self, where: Where) -> int:
        """What the line was seen to carry between two breaks, to be remembered."""
        return self.line(where).reach

    def _fetching(self, where: Where, found: Found, shelf: FolderShelf) -> Steps[bytes]:
        place, line = self.place(where), self.line(where)
        try:
            data = yield from download(place, line, found.item, found.size, limits.SEALED, shelf)
        except Refusal as refusal:
            if refusal.code in SPOILT:
                yield from aside(shelf.clear)  # it may be a piece here that is
            raise
        yield from aside(shelf.clear)
        return data

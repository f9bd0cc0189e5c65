"""The register: one SQLite file with everything that an office entered, sent and received."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from taza_desktop import __version__
from taza_desktop.plan.upgrades import newest
from taza_desktop.register.carrying import Carrying
from taza_desktop.register.dump import write_dump
from taza_desktop.register.model import Office
from taza_desktop.register.opening import connect, make_file

_MAKER = f"{__version__}, plan {newest()}"  # what the views of a register were made by


class Register(Carrying):
    """An open register; used by one thread at a time."""

    @classmethod
    def create(cls, path: Path, office: Office) -> Self:
        """Make the file and open it.

        Raises Refusal REG-EXISTS, EnvironmentFault when it cannot be written.
        """
        make_file(path, office)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a register, bringing an older one and its views up to date.

        Raises Refusal REG-NOT-ONE or REG-NEWER (nothing is touched then), EnvironmentFault.
        """
        register = cls(path, connect(path))
        if register.views_by != _MAKER:
            register.follow_plan()
        return register

    def follow_plan(self) -> None:
        """Lift cells of older plans, make the views of its forms; seldom needed, so loaded late."""
        from taza_desktop.plan.catalogue import load_plan
        from taza_desktop.register.lifting import lift_register
        from taza_desktop.register.views import refresh_views

        plan = load_plan()
        with self.transaction():
            lift_register(self)
            refresh_views(self, map(plan.form, plan.form_numbers()))
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('views_by', ?)", (_MAKER,))

    def dump(self, out: BinaryIO) -> None:
        """Write the canonical JSON Lines; the same content gives the same bytes."""
        write_dump(self.db, out)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

"""How the sheets of a round came and went: the packages in and out, and what was not sent yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, cast

from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import REVIEW
from taza_desktop.register.store import Store

_LAST_PACKAGE = (
    "(SELECT max(packages.id) FROM carried JOIN packages ON packages.id = package"
    " WHERE revision = number AND direction = '{}' AND packages.active)"
)
# A sheet and what is said about it travel together, and are asked for apart.
_WAYS = f"""
WITH
  travelled AS (
    SELECT measure, territory, round, own, entry_of = :review AS said,
      {_LAST_PACKAGE.format("in")} AS came, {_LAST_PACKAGE.format("out")} AS went
    FROM records JOIN revisions ON record = records.id AND active
    WHERE round = :round AND (entry_of NOT GLOB '*:' OR entry_of = :review)),
  sheets AS (
    SELECT measure, territory, round,
      max(own AND NOT said AND went IS NULL) AS unsent,
      max(own AND went IS NULL) AS anything_unsent,
      max(iif(said, NULL, came)) AS came, max(iif(said, NULL, went)) AS went,
      max(iif(said, came, NULL)) AS judged, max(went) AS anything_went
    FROM travelled GROUP BY measure, territory)
SELECT measure, territory, sheets.round, unsent,
  coalesce(inbound.package_id, ''), coalesce(outbound.package_id, ''),
  coalesce(judging.package_id, ''), NOT anything_unsent AND coalesce(anything_went > judged, 0)
FROM sheets
  LEFT JOIN packages AS inbound ON inbound.id = came
  LEFT JOIN packages AS outbound ON outbound.id = went
  LEFT JOIN packages AS judging ON judging.id = judged
"""
_CONFLICTS = """
SELECT measure, territory, round, sum(json_array_length(conflicts)) FROM records
WHERE round = ? AND conflicts IS NOT NULL AND entry_of NOT GLOB '*:' GROUP BY measure, territory
"""

_JUDGED = ("returned", "accepted", "changed")


class Way(NamedTuple):
    """How a sheet came and went.

    Attributes:
        unsent: something was entered here since it was last sent.
        came, went: the last packages in and out that carried any of it, by their ids.
        judged: the last one in that carried anything said about it.
        answer_went: everything was sent, after the last word about the sheet came.
        conflicts: how many of its cells stand in conflict.
    """

    unsent: bool = False
    came: str = ""
    went: str = ""
    judged: str = ""
    answer_went: bool = False
    conflicts: int = 0

    def package(self, state: str) -> str:
        """The package that a state speaks of; of what was sent the last one out."""
        if state == "sent":
            return self.went or self.came
        return self.came or (self.judged if state in _JUDGED else "")


NO_WAY = Way()


def ways(register: Store, round: str) -> dict[SheetKey, Way]:
    """How each sheet of the round came and went; of those alone that anything was written to."""
    rows = register.db.execute(_WAYS, {"round": round, "review": REVIEW}).fetchall()
    counted = register.db.execute(_CONFLICTS, (round,)).fetchall()
    conflicts = {
        SheetKey(*row[:3]): row[3] for row in cast("list[tuple[int, str, str, int]]", counted)
    }
    return {
        key: Way(bool(row[3]), *row[4:7], bool(row[7]), conflicts.get(key, 0))
        for row in cast("Iterable[tuple[int, str, str, int, str, str, str, int]]", rows)
        for key in [SheetKey(*row[:3])]
    }

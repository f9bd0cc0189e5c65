"""Trying a place: every step says what works, and nothing is left behind."""

from __future__ import annotations

import pytest

from taza_desktop.exchange.checking import Report, check
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.requests import Request, Response
from tests.exchange.kit import LANE, Post, quick_line
from tests.exchange.pretend import DAV, WHERE, WHO, Mishap, Pretend, PretendDav, PretendLine
from tests.exchange.pretend import PretendS3 as S3

PLACES: dict[str, tuple[Where, type[Pretend]]] = {"s3": (WHERE, S3), "webdav": (DAV, PretendDav)}


def tried(service: Pretend, where: Where, mishaps: list[Mishap] | None = None) -> Report:
    post = Post.at(where, WHO, quick_line())
    report = PretendLine(service, iter(mishaps or [])).run(
        check(post.place, where, post.line, LANE)
    )
    assert report is not None
    return report


def ends(report: Report) -> dict[str, str | bool | None]:
    return {one.step: one.refusal.code if one.refusal else one.works for one in report.checks}


@pytest.mark.parametrize("kind", PLACES)
def test_all_of_it_works_and_is_taken_away(kind: str) -> None:
    where, service = PLACES[kind][0], PLACES[kind][1]()
    assert tried(service, where).works
    assert service.files == {}


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("spoil", [lambda data: bytes(len(data)), lambda data: data[:-1]])
def test_what_comes_back_changed(kind: str, spoil) -> None:
    where, kind_of = PLACES[kind]

    class Spoils(kind_of):
        def _get(self, path: str, request: Request) -> Response:
            said = super()._get(path, request)
            return Response(said.status, said.headers, spoil(said.body) if path else said.body)

    service = Spoils()
    report = tried(service, where)
    assert ends(report)["read"] == "EXC-ANSWER"
    assert ends(report)["delete"] is None
    refusal = next(one.refusal for one in report.checks if one.refusal)
    assert refusal.text().startswith("place.test")
    assert service.files == {}


def test_a_line_that_breaks_is_no_fault_of_the_place() -> None:
    breaks: list[Mishap] = [("fine", 0), ("broken", 0.5), ("fine", 0), ("half", 0.3), ("lost", 0)]
    assert tried(S3(), WHERE, breaks).works

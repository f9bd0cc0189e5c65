"""Places that are none, are full, forbid, lie: each is told in a sentence of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.exchange.faults import LineFault
from taza_desktop.exchange.place import Credential, Where
from tests.exchange.drivers import RUNNERS, AnyRunner
from tests.exchange.kit import KB, LANE, Post, goods, quick_line
from tests.exchange.web import Asked, Said, web

PAGE = b"<!DOCTYPE html><html><body>Please log in to the network</body></html>"
HTML = {"Content-Type": "text/html; charset=utf-8"}
WHO = Credential("user", "secret")


@pytest.fixture(params=RUNNERS)
def runner(request: pytest.FixtureRequest, qapp: object) -> Iterator[AnyRunner]:
    made = RUNNERS[request.param]()
    yield made
    made.close()


def post(kind: str, port: int) -> Post:
    address = f"http://127.0.0.1:{port}"
    where = Where("webdav", f"{address}/x") if kind == "webdav" else Where("s3", address, "taza")
    line = quick_line()
    line.patience = 0.6
    return Post.at(where, WHO, line)


def refusal_of(runner: AnyRunner, steps) -> Refusal:
    with pytest.raises(Refusal) as refused:
        runner.run(steps)
    assert refused.value.text()
    return refused.value


ANSWERS = {
    "a page of a portal": (Said(200, PAGE, HTML), "EXC-PORTAL", True),
    "a portal that redirects": (Said(302, b"", {"Location": "http://portal.test/"}),
                                "EXC-PORTAL", True),
    "511": (Said(511, PAGE, HTML), "EXC-PORTAL", True),
    "moved on the same host": (Said(302, b"", {"Location": "/elsewhere"}), "EXC-MOVED", False),
    "a wrong password": (Said(401, b""), "EXC-LOGIN", False),
    "forbidden": (Said(403, b""), "EXC-DENIED", False),
    "read only": (Said(405, b""), "EXC-ANSWER", False),
    "full": (Said(507, b""), "EXC-FULL", False),
    "too large": (Said(413, b""), "EXC-TOO-LARGE", False),
    "down for now": (Said(503, b""), "EXC-SERVER", True),
    "too many requests": (Said(429, b""), "EXC-SERVER", True),
}  # fmt: skip


@pytest.mark.parametrize("size", [3 * KB, 200 * KB])
@pytest.mark.parametrize("kind", ["webdav", "s3"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_sending_to_what_is_no_place(runner: AnyRunner, answer: str, kind: str, size: int) -> None:
    said, code, passes = ANSWERS[answer]
    with web(lambda asked: said) as port:
        refusal = refusal_of(runner, post(kind, port).sending(goods(size)))
    assert refusal.code == code
    assert isinstance(refusal, LineFault) == passes


@pytest.mark.parametrize("kind", ["webdav", "s3"])
@pytest.mark.parametrize("answer", sorted(set(ANSWERS) - {"too large", "full"}))
def test_looking_into_what_is_no_place(runner: AnyRunner, answer: str, kind: str) -> None:
    said, code, _passes = ANSWERS[answer]
    with web(lambda asked: said) as port:
        assert refusal_of(runner, post(kind, port).listing()).code == code


S3_ERRORS = {
    "QuotaExceeded": (403, "EXC-FULL"),
    "AccessDenied": (403, "EXC-DENIED"),
    "NoSuchBucket": (404, "EXC-MISSING"),
    "InvalidAccessKeyId": (403, "EXC-LOGIN"),
    "SignatureDoesNotMatch": (403, "EXC-LOGIN"),
    "RequestTimeTooSkewed": (403, "EXC-TIME"),
    "SlowDown": (503, "EXC-SERVER"),
    "EntityTooLarge": (400, "EXC-TOO-LARGE"),
    "InternalError": (500, "EXC-SERVER"),
    "AuthorizationHeaderMalformed": (400, "EXC-LOGIN"),
    "SomethingNew": (418, "EXC-ANSWER"),
}


@pytest.mark.parametrize("code", S3_ERRORS)
def test_what_s3_says(runner: AnyRunner, code: str) -> None:
    status, wanted = S3_ERRORS[code]
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code></Error>".encode()
    with web(lambda asked: Said(status, body, {"Content-Type": "application/xml"})) as port:
        assert refusal_of(runner, post("s3", port).listing()).code == wanted


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    b'<multistatus xmlns="DAV:"><response><href>&b;</href></response></multistatus>'
)
WORM = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<multistatus xmlns="DAV:"><response><href>&a;</href></response></multistatus>'
)
CROWD = b'<m xmlns="DAV:">' + b"<a/>" * 1_600_000 + b"</m>"
SIZE = (
    b'<multistatus xmlns="DAV:"><response><href>/x/%s/2024</href><propstat><prop>'
    b"<getcontentlength>many</getcontentlength></prop></propstat></response></multistatus>"
) % LANE.folder.encode()


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"not xml", b"\x00\x01", BOMB, WORM, b"<a>" * 5000, CROWD, SIZE],
    ids=range(9),
)
def test_a_listing_that_is_none(runner: AnyRunner, body: bytes) -> None:
    with web(lambda asked: Said(207, body)) as port:
        assert refusal_of(runner, post("webdav", port).listing()).code == "EXC-ANSWER"
    with web(lambda asked: Said(200, body)) as port:
        assert refusal_of(runner, post("s3", port).listing()).code == "EXC-ANSWER"


def test_a_listing_without_end_is_cut(runner: AnyRunner) -> None:
    with web(lambda asked: Said(207, b" " * (17 * 1024 * KB))) as port:
        assert refusal_of(runner, post("webdav", port).listing()).code == "EXC-ANSWER"


def test_pages_of_a_listing_without_end(runner: AnyRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taza_desktop.exchange.place_s3._PAGES", 5)

    def page(asked: Asked) -> Said:
        token = str(hash(asked.path))
        return Said(200, (
            '<ListBucketResult xmlns="s3"><IsTruncated>true</IsTruncated>'
            f"<NextContinuationToken>{token}</NextContinuationToken></ListBucketResult>"
        ).encode())  # fmt: skip

    with web(page) as port:
        assert refusal_of(runner, post("s3", port).listing()).code == "EXC-ANSWER"


def test_names_that_lead_elsewhere_are_passed_over(runner: AnyRunner) -> None:
    folder = f"/x/{LANE.folder}/"
    hrefs = [
        folder, f"{folder}../secret.taza", "/etc/passwd", f"{folder}2024", f"{folder}%2e%2e",
        "http://other.test/x/v1/", f"{folder}a/b/c", f"{folder}%00.taza", "//other.test/x",
    ]  # fmt: skip
    rows = "".join(
        f"<response><href>{href}</href><propstat><prop><getcontentlength>7</getcontentlength>"
        "</prop></propstat></response>"
        for href in hrefs
    )
    body = f'<multistatus xmlns="DAV:">{rows}</multistatus>'.encode()
    with web(lambda asked: Said(207, body)) as port:
        place = post("webdav", port).place
        assert [entry.name for entry in runner.run(place.names(LANE.folder))] == ["2024"]


def test_a_package_behind_a_page_is_none(runner: AnyRunner) -> None:
    what = goods(3 * KB)
    with web(lambda asked: Said(200, PAGE, HTML)) as port:
        steps = post("webdav", port).fetching(what.item, len(PAGE))
        assert refusal_of(runner, steps).code == "EXC-PORTAL"


def test_a_file_longer_than_announced_is_cut(runner: AnyRunner) -> None:
    what = goods(3 * KB)
    with web(lambda asked: Said(200, what.data * 100)) as port:
        steps = post("webdav", port).fetching(what.item, 3 * KB)
        assert refusal_of(runner, steps).code == "EXC-DAMAGED"


def test_the_wrong_piece_is_not_taken(runner: AnyRunner) -> None:
    """A server that answers a range with another one."""
    what = goods(100 * KB)
    ranges: list[str] = []

    def serve(asked: Asked) -> Said:
        wanted = asked.headers.get("range", asked.headers.get("Range", ""))
        ranges.append(wanted)
        if not wanted:
            whole = {"Content-Length": str(len(what.data)), "Connection": "close"}
            return Said(200, what.data[:1000], whole)
        return Said(206, what.data[:99], {"Content-Range": "bytes 0-98/102400"})

    with web(serve) as port:
        refusal = refusal_of(runner, post("webdav", port).fetching(what.item, len(what.data)))
    assert refusal.code in ("EXC-ANSWER", "EXC-TIMEOUT", "EXC-DROPPED")


def test_the_password_goes_nowhere_else(runner: AnyRunner) -> None:
    """A redirect is never followed: another host would be told the password."""
    told: list[str] = []

    def other(asked: Asked) -> Said:
        told.append(asked.path)
        return Said(200)

    with web(other) as elsewhere:
        to = {"Location": f"http://localhost:{elsewhere}/"}
        with web(lambda asked: Said(307, b"", to)) as port:
            refusal_of(runner, post("webdav", port).listing())
    assert told == []


def test_a_server_whose_clock_is_days_ahead(runner: AnyRunner) -> None:
    """S3 refuses what is signed for another time; its own Date is what we sign for then."""
    seen: list[str] = []

    def serve(asked: Asked) -> Said:
        headers = {name.lower(): value for name, value in asked.headers.items()}
        seen.append(headers["x-amz-date"])
        date = {"Date": "Tue, 01 Jan 2030 12:00:00 GMT"}
        if not headers["x-amz-date"].startswith("20300101T1200"):
            return Said(403, b"<Error><Code>RequestTimeTooSkewed</Code></Error>", date)
        return Said(200, b'<ListBucketResult xmlns="s3"/>', date)

    with web(serve) as port:
        assert runner.run(post("s3", port).place.names("v1")) == []
    assert len(seen) == 2


def test_the_list_of_parts_is_sent_ahead_once_to_a_folder_that_is_not_there_yet(
    runner: AnyRunner,
) -> None:
    """While the last part is on its way there is time for many tries."""
    ahead, made = list[str](), set[str]()

    def answer(asked: Asked) -> Said:
        folder = asked.path.rpartition("/")[0]
        if asked.method == "MKCOL":
            made.add(folder)
        if asked.path.endswith(".new") and asked.method == "PUT":
            ahead.append(asked.path)
            return Said(201 if folder in made else 404)
        if asked.method == "PUT":
            time.sleep(0.1)
        return Said(201)

    with web(answer) as port:
        runner.run(post("webdav", port).sending(goods(100 * KB)))
    assert len(ahead) <= 4  # ahead, again when the folder is missing, once more when it is made

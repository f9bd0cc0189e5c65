"""Real servers behind real bad lines: nothing is lost and nothing doubled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from _pytest.mark.structures import ParameterSet

from tests.exchange.clusters_all import KINDS
from tests.exchange.kit import KB, Post, goods
from tests.exchange.servers import Server
from tests.exchange.trials import LONG, STORES, TRIALS, Trial, run_trial

MOST_SENT = {  # times the size; what is not named here may cost what it likes
    "nothing, 400 KB": 1.02,
    "breaks every 100 KB": 1.45,
    "answers are lost, 5 times": 1.15,
    "answers never come, twice": 1.1,
    "killed at half": 1.25,
    "breaks every 1 MB, 5 MB": 1.1,
    "breaks every 100 KB, 5 MB": 1.3,
}
HOSTILE = ("nothing, 3 KB", "breaks every 100 KB", "answers are lost, 5 times", "killed at half")
QUICK = ("apache", "seaweed", "wsgidav", "nginx")
SERVERS = [
    pytest.param(name, marks=[] if name in QUICK else pytest.mark.thorough) for name in KINDS
]


def cases() -> Iterator[ParameterSet]:
    """Every trial on every server; what takes long, or is like another, is thorough."""
    for name in KINDS:
        for trial in TRIALS + LONG + (STORES if name == "replicated" else ()):
            quick = trial.name in HOSTILE if name in QUICK[2:] else trial in TRIALS
            quick &= name == "apache" or trial.halfway != "restart"
            marks = [] if quick and name in QUICK else pytest.mark.thorough
            yield pytest.param(name, trial, marks=marks, id=f"{name}-{trial.name}")


@pytest.mark.parametrize(("server", "trial"), list(cases()), indirect=["server"])
def test_a_package_arrives(server: Server, trial: Trial) -> None:
    outcome = run_trial(server, trial)
    assert (outcome.lost, outcome.doubled) == (0, 0)
    if server.name != "nextcloud":  # it may take longer to answer than these trials wait
        assert outcome.ratio <= MOST_SENT.get(trial.name, 100)


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_looking_and_taking_away(server: Server, driver) -> None:
    post = Post.at(server.where, server.credential)
    place = post.place
    folder = "v1/700000000/701000000/up"
    assert driver.run(place.names(folder)) == []
    assert driver.run(place.size(f"{folder}/2024/x")) is None
    for number in (3, 1, 2):
        driver.run(place.publish(f"{folder}/2024/{number:06}-x", bytes(number)))
    driver.run(place.publish(f"{folder}/2025/000001-x", b"later"))
    found = driver.run(place.names(folder))
    assert [(one.name, one.size) for one in found] == [
        ("2024/000001-x", 1), ("2024/000002-x", 2), ("2024/000003-x", 3), ("2025/000001-x", 5),
    ]  # fmt: skip
    later = driver.run(place.names(folder, "2024/000003-x"))
    assert later[-1].name == "2025/000001-x"
    driver.run(place.publish(f"{folder}/2024/000001-x", bytes(1)))  # again: nothing happens
    assert driver.run(place.size(f"{folder}/2024/000001-x")) == 1
    driver.run(place.remove(f"{folder}/2024/000001-x"))
    driver.run(place.remove(f"{folder}/2024/000001-x"))
    assert driver.run(place.size(f"{folder}/2024/000001-x")) is None


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_publishing_mends_what_is_there_half(server: Server, driver) -> None:
    """As a server left it that shows what a broken PUT brought so far."""
    post = Post.at(server.where, server.credential)
    what = goods(20 * KB, 77)
    driver.run(post.place.publish(what.item.path, what.data[:5000]))
    driver.run(post.sending(what))
    assert post.lies_whole(driver, what)


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_a_range_of_a_file(server: Server, driver) -> None:
    post = Post.at(server.where, server.credential)
    what = goods(300 * KB, 78)
    item = driver.run(post.sending(what))
    listed = driver.run(post.listing())
    name = f"{item.parts}/{driver.run(post.place.names(item.parts))[0].name}"
    size = driver.run(post.place.size(name))
    assert size is not None

    def rest():
        finished = yield (post.place.get(name, 1000, size),)
        return post.place.got(finished.response, 1000)

    assert driver.run(rest()) == (what.data[1000:size], 1000)
    assert listed[item] > 0

"""A coordinator answers a district, colleagues share, pictures follow; with registers of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.merging.undo import undo
from taza_desktop.packages import answer, credentials, read, write
from taza_desktop.packages.build import Exported
from taza_desktop.packages.keys import Keyring
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register import reviewing
from taza_desktop.register.model import PACKAGE, REVIEW, Office
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from tests.packages.kit import (
    CLERK,
    DISTRICT,
    KEY,
    NEIGHBOUR,
    REGION,
    cheap,
    dumped,
    enrolled,
    new_register,
    picture,
)

YEAR = Round.parse("2024")
COLLEAGUE = Office("region", REGION, "Сәуле Оспанқызы")
MINISTRY = Office("ministry", "000000000", "Министрлік")


class Bench:
    """One plan, one passphrase, one stick, for tests that send to and fro."""

    def __init__(self, plan: Plan, secret: Keyring, stick: Path) -> None:
        self.plan, self.secret, self.stick = plan, secret, stick

    def submit(self, register: Register, **how: bool) -> Exported:
        return write.export(register, self.plan, YEAR, self.stick, self.secret, **how)

    def answer(self, register: Register, district: str = DISTRICT) -> Exported:
        return answer.answer(register, self.plan, YEAR, district, self.stick, self.secret)

    def share(self, register: Register) -> Exported:
        return answer.share(register, self.plan, YEAR, self.stick, self.secret)

    def follow(self, register: Register) -> Exported:
        return write.export_attachments(register, self.plan, YEAR, self.stick, self.secret)

    def merge(self, register: Register, made: Exported) -> Opened:
        opened = read.verify_for(register, made.path, self.plan)
        apply(register, opened)
        return opened


@pytest.fixture
def bench(plan: Plan, secret: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    for module in ("reviewing", "reviewing_verdicts"):  # their plan is the small one, too
        monkeypatch.setattr(f"taza_desktop.register.{module}.load_plan", lambda: plan)
    return Bench(plan, secret, tmp_path / "stick")


@pytest.fixture
def filled(clerk: Register) -> Register:
    clerk.set_cell(KEY, "planned", 200)
    clerk.set_cell(KEY, "planted", 176)
    return clerk


@pytest.fixture
def colleague(tmp_path: Path, region: Register, secret: Keyring) -> Iterator[Register]:
    """Another coordinator of the region, on a PC of her own."""
    with new_register(tmp_path, "colleague", COLLEAGUE) as register:
        enrolled(register, region, secret)
        yield register


def test_a_receipt_names_every_package_that_was_merged(
    filled: Register, region: Register, bench: Bench
):
    sent = [bench.submit(filled)]
    filled.set_cell(KEY, "planted", 180)
    sent.append(bench.submit(filled))
    for made in sent:
        bench.merge(region, made)
    made = bench.answer(region)
    assert (made.kind, made.path.name) == ("receipt", f"{DISTRICT}-2024-receipt-1.taza")
    bench.merge(filled, made)
    serial = credentials.operator(region).serial
    for one in filled.packages("out"):
        said = filled.state(one.record).cells
        assert said["manifest"] == one.manifest_sha256
        assert f"received:{serial}" in said


def test_a_return_brings_verdict_remarks_and_corrections(
    filled: Register, region: Register, bench: Bench
):
    bench.merge(region, bench.submit(filled))
    region.set_cell(KEY, "planned", 210)
    reviewing.return_sheet(region, KEY, {"planted": "Актіні қоса беріңіз"})
    made = bench.answer(region)
    assert made.kind == "return"
    bench.merge(filled, made)
    assert filled.sheet(KEY).cells == {"planned": 210, "planted": 176}
    said = reviewing.verdict(filled, KEY)
    assert (said.verdict, said.remarks) == ("returned", {"planted": "Актіні қоса беріңіз"})


def test_the_answer_to_a_return_goes_up_with_the_words_of_the_region_as_context(
    filled: Register, region: Register, bench: Bench
):
    bench.merge(region, bench.submit(filled))
    reviewing.return_sheet(region, KEY, {"planted": "Актіні қоса беріңіз"})
    bench.merge(filled, bench.answer(region))
    reviewing.answer_remark(filled, KEY, "planted", "Қостық")
    opened = bench.merge(region, bench.submit(filled))
    assert {one.office for one in opened.revisions} == {DISTRICT, REGION}
    assert reviewing.verdict(region, KEY).answers == {"planted": "Қостық"}


def test_what_a_region_says_of_its_districts_does_not_go_up(
    filled: Register, region: Register, bench: Bench, tmp_path: Path, secret: Keyring
):
    with new_register(tmp_path, "top", MINISTRY) as top:
        credentials.create_authority(top, secret)
        enrolled(region, top, secret)
        bench.merge(region, bench.submit(filled))
        reviewing.accept(region, [KEY])
        bench.answer(region)
        opened = bench.merge(top, bench.submit(region))
        assert REVIEW not in {record.table for record in opened.records}
        assert PACKAGE in {record.table for record in opened.records}
        (passed_on,) = opened.relayed.values()
        assert (passed_on.territory, passed_on.signer.name) == (DISTRICT, CLERK.name)
        assert set(opened.via.values()) == {((passed_on.package_id,),)}


def test_taking_back_travels_upwards(
    filled: Register, region: Register, bench: Bench, tmp_path: Path, secret: Keyring
):
    with new_register(tmp_path, "top", MINISTRY) as top:
        credentials.create_authority(top, secret)
        enrolled(region, top, secret)
        sent = bench.submit(filled)
        bench.merge(region, sent)
        bench.merge(top, bench.submit(region))
        assert top.sheet(KEY).cells["planted"] == 176
        undo(region, sent.package_id)
        region.set_cell(KEY, "planned", 5)
        bench.merge(top, bench.submit(region))
        assert top.sheet(KEY).cells == {"planned": 5}


def test_colleagues_come_to_the_same(
    filled: Register, region: Register, colleague: Register, bench: Bench
):
    bench.merge(region, bench.submit(filled))
    reviewing.return_sheet(region, KEY, {"planted": "Актіні қоса беріңіз"})
    colleague.set_cell(KEY._replace(territory=NEIGHBOUR), "planned", 7)
    ours, theirs = bench.share(region), None
    bench.merge(colleague, ours)
    ours.path.unlink()  # both are called alike: the first package of its operator
    theirs = bench.share(colleague)
    bench.merge(region, theirs)
    assert reviewing.verdict(colleague, KEY).verdict == "returned"
    assert region.sheets() == colleague.sheets()


def test_a_colleague_answers_with_a_certificate_of_the_same_office(
    filled: Register, region: Register, colleague: Register, bench: Bench
):
    made = bench.submit(filled)
    bench.merge(colleague, made)
    opened = bench.merge(filled, bench.answer(colleague))
    assert opened.signer.name == COLLEAGUE.name


def test_two_clerks_of_a_district_share_without_an_authority(
    filled: Register, region: Register, bench: Bench, tmp_path: Path, secret: Keyring
):
    with new_register(tmp_path, "second", Office("clerk", DISTRICT, "Болат")) as second:
        enrolled(second, region, secret)
        bench.merge(second, bench.share(filled))
        assert second.sheets() == filled.sheets()


def test_a_district_that_sent_nothing_is_not_answered(region: Register, bench: Bench):
    before = dumped(region)
    for district, code in {DISTRICT: "PKG-NOTHING-TO-ANSWER", REGION: "PKG-NOT-BELOW"}.items():
        with pytest.raises(Refusal) as refused:
            bench.answer(region, district)
        assert refused.value.code == code
    with pytest.raises(Refusal, match="PKG-NOTHING-TO-SHARE"):
        bench.share(region)
    assert dumped(region) == before
    assert not bench.stick.exists()


def test_a_clerk_cannot_answer_anybody(filled: Register, bench: Bench, plan: Plan):
    (village, *_) = plan.territories.children(DISTRICT)
    with pytest.raises(Refusal, match="CRED-NO-OPERATOR"):
        bench.answer(filled, village.kato)


def test_a_wrong_passphrase_leaves_no_receipt_behind(
    filled: Register, region: Register, bench: Bench, tmp_path: Path
):
    bench.merge(region, bench.submit(filled))
    before = dumped(region)
    with pytest.raises(Refusal, match="CRED-PASSPHRASE"):
        answer.answer(region, bench.plan, YEAR, DISTRICT, tmp_path / "out", cheap("other"))
    assert dumped(region) == before


def test_pictures_may_follow_their_sheets(filled: Register, region: Register, bench: Bench):
    digest = filled.keep_attachment(shot := picture("JPEG"))
    named = {"sha256": digest, "name": "көшет.jpg", "type": "image/jpeg", "size": len(shot)}
    filled.set_cell(KEY, "photo", named)
    light = bench.submit(filled, attachments=False)
    assert (light.counts["attachments"], light.counts["awaited"]) == (0, 1)
    bench.merge(region, light)
    assert region.awaited() == {digest: {DISTRICT}}
    with pytest.raises(Refusal, match="REG-ATTACHMENT-AWAITED"):
        region.attachment(digest)
    after = bench.follow(filled)
    assert after.path.name == f"{REGION}-2024-attachments-2.taza"
    assert after.counts["records"] == 0
    bench.merge(region, after)
    assert region.attachment(digest) == shot
    with pytest.raises(Refusal, match="PKG-NOTHING-AWAITED"):
        bench.follow(filled)


def test_attachments_that_no_cell_waits_for_are_not_taken_in(
    filled: Register, region: Register, bench: Bench
):
    digest = filled.keep_attachment(shot := picture())
    named = {"sha256": digest, "name": "x.png", "type": "image/png", "size": len(shot)}
    filled.set_cell(KEY, "photo", named)
    opened = bench.merge(region, bench.follow(filled))
    assert opened.attachments == {digest: shot}
    assert region.db.execute("SELECT count(*) FROM attachments").fetchone() == (0,)


def test_a_region_passes_on_what_is_still_on_its_way(
    filled: Register, region: Register, bench: Bench, tmp_path: Path, secret: Keyring
):
    with new_register(tmp_path, "top", MINISTRY) as top:
        credentials.create_authority(top, secret)
        enrolled(region, top, secret)
        digest = filled.keep_attachment(shot := picture())
        named = {"sha256": digest, "name": "x.png", "type": "image/png", "size": len(shot)}
        filled.set_cell(KEY, "photo", named)
        bench.merge(region, bench.submit(filled, attachments=False))
        made = bench.submit(region)
        assert made.counts["awaited"] == 1
        bench.merge(top, made)
        bench.merge(region, bench.follow(filled))
        bench.merge(top, bench.follow(region))
        assert top.attachment(digest) == shot


def test_an_answer_brings_the_newest_list_and_it_is_kept_with_the_merge(
    filled: Register, region: Register, colleague: Register, bench: Bench
):
    sent = bench.submit(filled)
    for register in (region, colleague):
        bench.merge(register, sent)
    gone = credentials.operator(colleague)
    since = datetime.fromtimestamp(region.clock() - 60, UTC)
    forged = bench.answer(colleague)
    credentials.revoke(region, gone.serial, since, bench.secret)
    forged.path.rename(forged.path.with_name("forged.taza"))
    answered = bench.answer(region)
    opened = read.verify_for(filled, answered.path, bench.plan)
    assert opened.trust == credentials.trust_pem(region)
    assert filled.credential("person")["trust"] != opened.trust
    apply(filled, opened)
    assert filled.credential("person")["trust"] == opened.trust
    with pytest.raises(Refusal, match="PKG-REVOKED") as refused:
        read.verify_for(filled, forged.path.with_name("forged.taza"), bench.plan)
    said = refused.value.text()
    assert COLLEAGUE.name in said
    assert since.date().isoformat() in said


def test_a_list_that_ran_out_is_no_hindrance_when_the_answer_brings_a_new_one(
    filled: Register, region: Register, bench: Bench
):
    bench.merge(region, bench.submit(filled))
    year_later = datetime.now(UTC) + timedelta(days=500)
    region.clock = lambda: year_later.timestamp()
    credentials.renew_crl(region, bench.secret)
    made = bench.answer(region)
    trust = filled.credential("person")["trust"]
    opened = read.verify(made.path, trust, bench.plan, year_later, DISTRICT)
    assert opened.trust

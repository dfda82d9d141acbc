"""更改：通知单（更改）一签，旧单即时作废，业务单即时是新的一版（第二十二条）。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from orders.models import OrderVersion
from orders.services import LineChange, LineInput
from papers.models import Paper
from reviews import services
from reviews.guards import change_is_agreed, change_is_effective
from reviews.models import Notice, NoticeCopy, Signature
from reviews.selectors import outstanding_copies
from tests.cast import Cast
from tests.cast_changes import agreed, drafted, effective, fresh, more, read, reissued, submitted
from tests.cast_production import producing
from tests.cast_reviews import day
from tests.cast_shipping import again, in_store
from tests.cast_shipping import dispatched as sent
from workflow.guards import Blocked, Guard, WrongState
from workflow.models import TransitionLog

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]


def test_signing_voids_the_old_notice_and_changes_the_order_at_once(cast: Cast) -> None:
    order = producing(cast)
    old = Notice.objects.get(order=order)

    notice = effective(cast, order)

    order = again(order)
    line = order.lines_now[0]
    assert (notice.state, notice.version, notice.order_version, notice.change_of) == ("signed", 2, 2, old)
    assert (order.state, order.version, order.promised_date) == ("producing", 2, day(22))
    assert (line.quantity, line.amount, order.amount) == (Decimal(1200), Decimal("15000.00"), Decimal("16600.00"))
    assert {line.promised_date for line in order.lines_now} == {day(22)}
    assert (read(old).state, fresh(notice.change).state) == ("void", "effective")
    assert read(old).void_reason == f"已更改，见更改单 {notice.change.number}"
    assert [version.version for version in OrderVersion.objects.filter(order=order).order_by("version")] == [1, 2]


def test_the_old_papers_name_their_successor_and_the_copies_are_to_be_returned(cast: Cast) -> None:
    notice = effective(cast)

    old = read(notice.change_of)  # type: ignore[arg-type]
    papers = Paper.objects.filter(about=old.about)
    assert {paper.voided.successor for paper in papers} == {notice.number}
    assert [copy.state for copy in outstanding_copies(notice.order)] == ["acknowledged"] * 4
    assert not NoticeCopy.objects.filter(notice=notice).exists()


def test_the_content_is_the_order_as_it_will_be_with_every_difference_marked(cast: Cast) -> None:
    order = producing(cast)
    wanted = more(order, requested_date=day(25), unit_price=Decimal("11.80"), specification="210 × 297 mm")

    content = drafted(cast, order, wanted).content

    line = content["lines"][0]
    assert (line["ordered"], line["changes"]["ordered"]["old"], line["changes"]["ordered"]["ref"]) == (
        "1200",
        "1000",
        "改1",
    )
    assert [(row["ref"], row["item"]) for row in content["change"]["differences"]] == [
        ("改1", "数量"), ("改2", "要求交期"), ("改3", "承诺交期"), ("改4", "规格"),
        ("改5", "单价"),
    ]  # fmt: skip
    assert content["change"]["differences"][2]["lines"] == "1、2"
    assert "11.8" not in str(content)
    assert content["delivery_was"] == {"ref": "改3", "old": day(18).isoformat()}


def test_a_line_may_be_added_and_a_line_closed(cast: Cast) -> None:
    order = producing(cast)
    added = LineInput(
        quantity=Decimal(300), unit="本", unit_price=Decimal(2), product_name="赠品册", specification="A5"
    )
    lines = [LineChange(add=added), LineChange(order.lines_now[1].pk, close=True)]

    effective(cast, order, *lines)

    rows = [(line.position, line.product_name, line.quantity, line.closed) for line in again(order).lines_now]
    assert rows[1][2:] == (Decimal(500), True)
    assert rows[2] == (3, "赠品册", Decimal(300), False)


def test_somebody_signs_only_what_was_agreed(cast: Cast) -> None:
    notice = drafted(cast)
    services.withdraw_change(fresh(notice.change), actor=cast.xiaoli, reason="客户不改了")

    with pytest.raises(WrongState):
        services.sign_notice(read(notice), actor=cast.gm)
    assert (read(notice).state, again(notice.order).version) == ("void", 1)
    assert read(notice.change_of).state == "issued"  # type: ignore[arg-type]


def test_shipped_meanwhile_beyond_the_new_quantity_refuses_the_signature_and_leaves_no_trace(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1000"))
    notice = drafted(cast, order, more(order, "600"))
    sent(cast, again(order), amounts=[(1, "700")])
    before = TransitionLog.objects.count()

    with pytest.raises(Blocked) as blocked:
        services.sign_notice(read(notice), actor=cast.gm)

    assert "已净发 700 本，数量不能再少" in str(blocked.value)
    assert (TransitionLog.objects.count(), Signature.objects.filter(notice=notice).count()) == (before, 0)
    assert read(notice.change_of).state == "issued"  # type: ignore[arg-type]


def test_the_signed_change_is_issued_and_the_order_keeps_its_state(cast: Cast) -> None:
    notice = reissued(cast)

    assert (notice.state, again(notice.order).state) == ("issued", "producing")
    assert {stone.planned for stone in notice.milestones.all()} == {day(12)}
    assert notice.milestones.count() == read(notice.change_of).milestones.count()  # type: ignore[arg-type]


def test_only_one_draft_stands_for_a_change(cast: Cast) -> None:
    change = agreed(cast)
    services.create_change_notice(change, actor=cast.xiaoli)

    with pytest.raises(WrongState):
        services.create_change_notice(fresh(change), actor=cast.xiaoli)


@pytest.mark.parametrize("held", [change_is_agreed, change_is_effective])
def test_a_notice_waits_for_the_change_it_carries_out(cast: Cast, held: Guard) -> None:
    notice = effective(cast) if held is change_is_effective else drafted(cast)
    assert held.refusals(read(notice)) == ()

    waiting = read(notice)
    waiting.change = submitted(cast)
    (refusal,) = held.refusals(waiting)
    assert (refusal.rule, refusal.article) == ("A22", "第二十二条")

"""业务单被拒绝或取消，评审关闭，通知单作废（第六条、第二十二条）。"""

from __future__ import annotations

import pytest

from orders import services as order_services
from reviews.models import Notice, Round
from tests.cast import Cast
from tests.cast_reviews import drafted, reviewing, signed_notice
from workflow.machine import offers
from workflow.models import TransitionLog


@pytest.mark.rule("A6.1e")
def test_a_rejected_order_closes_its_round(cast: Cast) -> None:
    review = reviewing(cast)

    order_services.reject_order(review.order, "客户资料不实", actor=cast.laowang)

    assert Round.objects.get().state == "closed"
    row = TransitionLog.objects.get(subject_type="reviews_round", move="close")
    assert (row.actor, row.reason) == (cast.laowang, "客户资料不实")


@pytest.mark.rule("A22")
def test_a_cancelled_order_closes_its_round(cast: Cast) -> None:
    order_services.cancel_order(reviewing(cast).order, "客户取消", actor=cast.laowang)

    assert Round.objects.get().state == "closed"


@pytest.mark.rule("A22")
def test_a_cancelled_order_voids_the_signed_notice(cast: Cast) -> None:
    notice = signed_notice(cast)

    order_services.cancel_order(notice.order, "客户取消", actor=cast.laowang)

    notice = Notice.objects.get()
    assert (notice.state, notice.void_reason) == ("void", "客户取消")


@pytest.mark.rule("A22")
def test_a_cancelled_order_voids_the_draft_too(cast: Cast) -> None:
    order_services.cancel_order(drafted(cast).order, "客户取消", actor=cast.laowang)

    assert Notice.objects.get().state == "void"


@pytest.mark.rule("A20.1")
def test_nobody_is_offered_to_close_it_by_hand(cast: Cast) -> None:
    names = {offer.name for offer in offers(reviewing(cast), cast.laowang)}
    assert names == {"conclude_pass", "conclude_negotiate", "conclude_reject"}

"""整单取消，走同一条路：评审、签发，最后业务单取消，什么都不再现行（第二十二条）。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from papers.models import Paper
from reviews import services
from reviews.models import Notice
from reviews.selectors import outstanding_copies
from tests import cast_outsourcing as outside
from tests.cast import Cast
from tests.cast_changes import drafted, effective, fresh, read, requested, reviewing
from tests.cast_production import producing
from tests.cast_reviews import issued
from tests.cast_shipping import again, in_store
from tests.cast_shipping import dispatched as sent
from workflow.guards import Blocked

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]


def test_the_signature_cancels_the_order_and_voids_everything(cast: Cast) -> None:
    order = issued(cast)
    old = Notice.objects.get(order=order)

    notice = effective(cast, order, cancel=True, reason="客户不要了")

    assert (again(order).state, fresh(notice.change).state) == ("cancelled", "effective")
    assert [one.state for one in Notice.objects.filter(order=order)] == ["void", "void"]
    assert read(old).void_reason == f"已取消，见更改单 {notice.change.number}"
    assert {paper.voided.successor for paper in Paper.objects.filter(about=old.about)} == {""}
    assert outstanding_copies(again(order)).count() == 4


def test_the_notice_says_what_is_cancelled(cast: Cast) -> None:
    content = drafted(cast, cancel=True).content

    assert [(row["item"], row["old"]) for row in content["change"]["differences"]] == [("整单取消", "照做")]


def test_makers_are_asked_about_a_cancellation(cast: Cast) -> None:
    review = reviewing(cast, cancel=True)

    assert sorted(one.department.code for one in review.answers_now) == ["material_control", "printing_manufacturing"]


def test_goods_that_are_out_forbid_it_from_the_start(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1000"))
    sent(cast, order, amounts=[(1, "10")])
    change = requested(cast, order, cancel=True)

    with pytest.raises(Blocked, match="已净发 10 本"):
        services.submit_change(change, actor=cast.xiaoli)


def test_goods_shipped_meanwhile_and_open_outsourcing_refuse_the_signature(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1000"))
    outside.sent(cast, order, lines=[outside.outsourced_line(order, quantity=Decimal(100))])
    notice = drafted(cast, order, cancel=True)
    sent(cast, again(order), amounts=[(1, "10")])

    with pytest.raises(Blocked) as blocked:
        services.sign_notice(read(notice), actor=cast.gm)

    said = "；".join(one.words for one in blocked.value.refusals)
    assert "已净发 10 本，先退货才能取消" in said
    assert "外协加工单" in said
    assert (again(order).state, read(notice).state, read(notice.change_of).state) == ("producing", "draft", "issued")

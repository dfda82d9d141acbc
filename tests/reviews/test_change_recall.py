"""旧单作废以后：照它报的工、检的、发的都不收，写明由哪一张取代；各份收回为止（第二十二条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from orders.events import MayComplete
from orders.services import LineChange
from parties.models import User
from production import services as shop
from production.services import InspectionInput
from reviews import services
from reviews.models import Notice, NoticeCopy
from shipping import services as shipping
from tests import cast_outsourcing as outside
from tests.cast import Cast
from tests.cast_changes import agreed, drafted, effective, fresh, read, reissued, reviewing, submitted
from tests.cast_production import producing, visit_input
from tests.cast_reviews import HEADS, day, signed
from tests.cast_shipping import afresh, again, confirmed, in_store
from tests.cast_shipping import drafted as delivery_of
from workflow import clock
from workflow.duties import sweep, waiting_for
from workflow.events import ask
from workflow.guards import Blocked
from workflow.models import Duty

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]


def titles(user: User) -> list[str]:
    return [due.title for due in waiting_for(user, clock.now())]


def said(act: Callable[[], Any]) -> str:
    with pytest.raises(Blocked) as blocked:
        act()
    return str(blocked.value)


def test_work_reported_under_the_void_notice_names_the_one_in_force(cast: Cast) -> None:
    notice = reissued(cast)
    order, old = again(notice.order), notice.change_of
    assert old is not None
    words = f"通知单 {old.number} 现在是「作废」，不能照它做；现行的是 {notice.number}"

    visit = visit_input(order, "10", "10", notice=old.number)
    assert said(lambda: shop.visit_order(order, visit, actor=cast.xiaoli)) == words
    found = InspectionInput(line=order.lines_now[0].pk, accepted=order.lines_now[0].quantity, notice=old.number)
    assert said(lambda: shop.inspect_line(order, found, actor=cast.printing_qc)) == words
    made = {"lines": [outside.outsourced_line(order)], "notice": old.number}
    assert said(lambda: outside.made(cast, order, **made)) == words
    assert not order.visits.exists()


def test_a_delivery_made_under_the_void_notice_goes_nowhere(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "100"))
    delivery = confirmed(cast, delivery_of(cast, order, amounts=[(1, "10")]))
    notice = effective(cast, order)

    words = said(lambda: shipping.notify_warehouse(afresh(delivery), actor=cast.xiaoli))

    assert words == (
        f"通知单 {notice.change_of.number} 现在是「作废」，不能照它做；"  # type: ignore[union-attr]
        f"已由 {notice.number} 取代，等发放；请取消这张送货单，照现行的重开"
    )


def test_nothing_leaves_between_the_signature_and_the_issue(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "100"))
    notice = effective(cast, order)
    delivery = confirmed(cast, delivery_of(cast, again(order), amounts=[(1, "10")]))

    assert "现在是「已签，待发放」" in said(lambda: shipping.notify_warehouse(afresh(delivery), actor=cast.xiaoli))
    services.issue_notice(notice, actor=cast.xiaoli)
    assert shipping.notify_warehouse(afresh(delivery), actor=cast.xiaoli).state == "notified"


def test_a_closed_line_is_shipped_no_more(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (2, "100"))
    notice = effective(cast, order, LineChange(order.lines_now[1].pk, close=True))
    services.issue_notice(notice, actor=cast.xiaoli)
    delivery = confirmed(cast, delivery_of(cast, again(order), amounts=[(2, "10")]))

    assert "第 1 行「宣传海报」已经关闭，不再发货" in said(
        lambda: shipping.notify_warehouse(afresh(delivery), actor=cast.xiaoli)
    )


def test_the_coordinator_is_asked_until_the_last_copy_is_back_and_it_climbs(cast: Cast) -> None:
    notice = reissued(cast)
    old = notice.change_of
    assert old is not None
    (due,) = [one for one in waiting_for(cast.xiaoli, clock.now()) if one.title == "收回作废的通知单"]
    assert due.words == f"{old.number} 还在技术中心、物控部、印刷制造部、印刷品质部手里。"
    assert "交回作废的通知单" in titles(cast.printing_mfg)

    with clock.told(clock.now() + dt.timedelta(days=3)):
        sweep(clock.now())
    duty = Duty.objects.get(about=old.about)
    assert (duty.climbs_to, duty.climbed_at is not None) == (cast.laowang, True)
    for copy in NoticeCopy.objects.filter(notice=old).select_related("notice__order", "department"):
        services.return_copy(copy, actor=getattr(cast, HEADS[copy.department.code]))
    assert "收回作废的通知单" not in titles(cast.xiaoli)


def test_every_step_is_somebodys_duty(cast: Cast) -> None:
    change = submitted(cast)
    assert "组织更改评审" in titles(cast.laowang)
    review = services.open_change_round(change, "distributed", actor=cast.laowang)
    assert "答复评审" in titles(cast.material)
    services.conclude(signed(cast, review), "pass", actor=cast.laowang, delivery_date=day(22))
    assert "编制通知单（更改）" in titles(cast.xiaoli)
    notice = services.create_change_notice(fresh(change), actor=cast.xiaoli)
    assert "编制通知单（更改）" not in titles(cast.xiaoli)
    assert "签发业务通知单（更改）" in titles(cast.gm)
    services.sign_notice(notice, actor=cast.gm)
    assert "发放业务通知单" in titles(cast.xiaoli)


@pytest.mark.rule("A20.6")
def test_an_unmet_review_is_to_be_talked_over(cast: Cast) -> None:
    review = signed(cast, reviewing(cast))
    services.conclude(review, "negotiate", actor=cast.laowang, note="纸要等")

    assert "跟客户谈更改" in titles(cast.xiaoli)
    services.agree_to_change(fresh(review.change), "同意", actor=cast.laowang)
    assert "跟客户谈更改" not in titles(cast.xiaoli)
    assert "编制通知单（更改）" in titles(cast.xiaoli)


def test_an_order_with_an_open_change_is_not_complete(cast: Cast) -> None:
    change = agreed(cast)

    refusals = [one.words for one in ask(MayComplete(again(change.order)))]
    assert f"更改申请 {change.number} 还没有结果" in refusals


def test_a_change_notice_is_signed_alone(cast: Cast) -> None:
    notice = drafted(cast)

    words = said(lambda: services.sign_notices([(read(notice), "")], actor=cast.gm))

    assert words.startswith(f"一签，旧版 {notice.change_of.number} 立即作废，要单独签。")  # type: ignore[union-attr]
    assert read(notice).state == "draft"
    assert Notice.objects.filter(order=notice.order, state="issued").exists()

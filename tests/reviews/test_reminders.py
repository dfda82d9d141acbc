"""待办（第十七条至第二十二条）：该谁、到何时、去哪一页；事情做了自己消失。"""

from __future__ import annotations

import pytest

from orders import services as order_services
from parties.models import User
from reviews import services
from reviews.models import Round
from tests.cast import Cast
from tests.cast_meetings import telling
from tests.cast_reviews import (
    agreed,
    answer_input,
    answer_of,
    copy_of,
    drafted,
    issued_notice,
    reviewing,
    signed,
    signed_notice,
)
from workflow import clock
from workflow.duties import sweep, waiting_for
from workflow.models import Duty


def titles(user: User) -> list[str]:
    return [due.title for due in waiting_for(user, clock.now())]


@pytest.mark.rule("A17")
def test_the_head_is_asked_until_it_is_signed(cast: Cast) -> None:
    review = reviewing(cast)
    (due,) = waiting_for(cast.engineering, clock.now())
    assert (due.title, due.by, due.climbs_to_id) == ("答复评审", review.answer_due, cast.laowang.pk)
    assert due.url == f"/reviews/{review.pk}/answers/engineering/"
    assert titles(cast.engineering2) == []

    services.save_answer(answer_of(review, "engineering"), answer_input(), actor=cast.engineering2)
    assert titles(cast.engineering) == ["签评审表"]
    services.sign_answer(answer_of(review, "engineering"), actor=cast.engineering)
    assert titles(cast.engineering) == []


@pytest.mark.rule("A19.2")
def test_a_proxys_signature_asks_the_head_to_countersign(cast: Cast) -> None:
    review = reviewing(cast)
    services.sign_answer(answer_of(review, "engineering"), answer_input(), actor=cast.engineering2)

    (due,) = waiting_for(cast.engineering, clock.now())
    assert (due.title, due.rule, due.article) == ("补签评审表", "A19.2", "第十九条")
    services.countersign(answer_of(review, "engineering"), actor=cast.engineering)
    assert titles(cast.engineering) == []


@pytest.mark.rule("A20.1")
def test_all_signed_calls_the_supervisor_and_unsigned_the_coordinator(cast: Cast) -> None:
    review = signed(cast)
    assert titles(cast.laowang) == ["下评审结论"]

    planned = answer_input().planned_date
    assert planned is not None
    services.balance(review, {"engineering": planned}, actor=cast.xiaoli)
    assert titles(cast.xiaoli) == []
    services.save_answer(answer_of(review, "engineering"), answer_input(comment="改"), actor=cast.engineering)

    assert titles(cast.xiaoli) == ["平衡评审日期"]
    assert titles(cast.laowang) == []


@pytest.mark.rule("A19.3")
def test_a_wish_for_a_meeting_waits_for_the_supervisor(cast: Cast) -> None:
    services.request_meeting(reviewing(cast), "谈不拢", actor=cast.xiaoli)

    assert titles(cast.laowang) == ["要不要转为集中评审"]


@pytest.mark.rule("A6.3a")
def test_the_notice_is_made_signed_and_issued_by_whom_it_concerns(cast: Cast) -> None:
    order = agreed(cast)
    services.record_told(Round.objects.get(), telling(), actor=cast.xiaoli)
    assert titles(cast.xiaoli) == ["编制业务通知单"]
    notice = services.create_notice(order, actor=cast.xiaoli)
    assert titles(cast.xiaoli) == []
    assert titles(cast.gm) == titles(cast.gm_delegate) == ["签发业务通知单"]

    services.sign_notice(notice, actor=cast.gm)
    assert (titles(cast.xiaoli), titles(cast.gm)) == (["发放业务通知单"], [])


@pytest.mark.rule("A6.3b")
def test_a_copy_is_acknowledged_and_a_void_one_returned(cast: Cast) -> None:
    notice = issued_notice(cast)
    assert titles(cast.material) == ["签收业务通知单"]
    services.acknowledge_copy(copy_of(notice, "material_control"), actor=cast.material)
    assert titles(cast.material) == []

    services.void_notice(notice, "客户取消", actor=cast.laowang)
    assert titles(cast.material) == titles(cast.engineering) == ["交回作废的通知单"]
    services.return_copy(copy_of(notice, "material_control"), actor=cast.xiaoli)
    assert titles(cast.material) == []


@pytest.mark.rule("A6.3a")
def test_the_sweep_writes_each_duty_once_and_closes_it_by_the_fact(cast: Cast) -> None:
    notice = drafted(cast)
    for _again in range(2):
        sweep(clock.now())
    assert [duty.holder for duty in Duty.objects.filter(reminder="notice_to_sign")] == [cast.gm]

    services.sign_notice(notice, actor=cast.evp)
    sweep(clock.now())
    assert Duty.objects.get(reminder="notice_to_sign").closed_at is not None


@pytest.mark.rule("A22")
def test_a_cancelled_order_leaves_no_duty(cast: Cast) -> None:
    notice = signed_notice(cast)

    order_services.cancel_order(notice.order, "客户取消", actor=cast.laowang)

    assert titles(cast.xiaoli) == titles(cast.gm) == titles(cast.engineering) == []

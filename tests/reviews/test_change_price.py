"""只改单价（第二十二条）：不用请部门，主任写明理由同意，新单照样由总经理签；别的更改不能这样过。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders.services import LineChange, LineInput
from parties.models import Department
from reviews import services
from reviews.models import ChangeRequest, Notice
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_changes import fresh, more, submitted
from tests.cast_production import producing
from tests.cast_reviews import day
from tests.cast_shipping import again
from tests.pages import words
from tests.reviews.browsing import browser
from workflow import clock
from workflow.duties import waiting_for
from workflow.guards import Blocked
from workflow.models import TransitionLog

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]


def cheaper(cast: Cast) -> ChangeRequest:
    """第 1 行改成 12 元，提交了。"""
    order = producing(cast)
    return submitted(cast, order, LineChange(order.lines_now[0].pk, unit_price=Decimal(12)))


def test_nobody_is_asked_and_no_round_opens_by_itself(cast: Cast) -> None:
    change = cheaper(cast)

    assert (list(change.departments.all()), change.needs_review) == ([], False)
    with pytest.raises(ValidationError, match="至少请一个部门；只改单价、费用的不用评审"):
        services.open_change_round(change, "distributed", actor=cast.laowang)
    assert not change.rounds.exists()


def test_the_supervisor_agrees_and_the_general_manager_signs(cast: Cast) -> None:
    change = services.agree_without_review(cheaper(cast), "毛利够", actor=cast.laowang)
    assert (change.state, change.decided_by, change.decided_words, change.is_agreed) == (
        "reviewing", cast.laowang, "毛利够", True,
    )  # fmt: skip
    assert again(change.order).version == 1
    old = Notice.objects.get(order=change.order)

    notice = services.create_change_notice(fresh(change), actor=cast.xiaoli)
    assert (notice.round.change_id, notice.content["delivery_date"]) == (None, old.content["delivery_date"])
    assert [row["item"] for row in notice.content["change"]["differences"]] == ["单价"]
    with pytest.raises(PermissionDenied):
        services.sign_notice(notice, actor=cast.laowang)
    services.sign_notice(notice, actor=cast.gm)

    order = again(change.order)
    assert (order.version, order.lines_now[0].unit_price, order.promised_date) == (2, Decimal(12), day(18))
    assert Notice.objects.get(pk=old.pk).state == "void"
    assert fresh(change).state == "effective"


def test_the_supervisor_may_ask_departments_all_the_same(cast: Cast) -> None:
    change = cheaper(cast)
    asked = [Department.objects.get(code="printing_quality")]

    review = services.open_change_round(change, "distributed", actor=cast.laowang, departments=asked)
    assert [answer.department for answer in review.answers_now] == asked
    with pytest.raises(Blocked, match="还有一轮评审没有结束"):
        services.agree_without_review(fresh(change), "毛利够", actor=cast.laowang)


def test_without_a_reason_or_by_who_asked_for_it_or_may_not_it_is_refused(cast: Cast) -> None:
    change = cheaper(cast)
    before = TransitionLog.objects.count()

    for stranger in (cast.xiaoli, cast.finance, cast.printing_mfg, cast.sales):
        with pytest.raises(PermissionDenied):
            services.agree_without_review(change, "毛利够", actor=stranger)
    with pytest.raises(ValidationError):
        services.agree_without_review(change, " ", actor=cast.laowang)
    assert (fresh(change).state, TransitionLog.objects.count()) == ("submitted", before)


def test_a_supervisor_does_not_decide_on_what_they_asked_for_the_director_does(cast: Cast) -> None:
    order = producing(cast)
    given = services.ChangeInput("客户还价", [LineChange(order.lines_now[0].pk, unit_price=Decimal(12))])
    change = services.submit_change(services.request_change(order, given, actor=cast.laowang), actor=cast.laowang)

    with pytest.raises((PermissionDenied, Blocked)):
        services.agree_without_review(change, "毛利够", actor=cast.laowang)
    assert services.agree_without_review(fresh(change), "毛利够", actor=cast.director).is_agreed


def test_what_is_more_than_a_price_is_reviewed(cast: Cast) -> None:
    change = submitted(cast)

    with pytest.raises(Blocked, match="改的不只是单价、费用，要请有关的部门评审"):
        services.agree_without_review(change, "来不及", actor=cast.laowang)
    order = producing(cast, customer_po="X2")
    both = submitted(cast, order, more(order, unit_price=Decimal(12)))
    assert both.needs_review


def test_it_is_agreed_to_once_and_a_round_afterwards_undoes_it(cast: Cast) -> None:
    change = services.agree_without_review(cheaper(cast), "毛利够", actor=cast.laowang)

    with pytest.raises(Blocked, match="已经同意了"):
        services.agree_without_review(change, "毛利够", actor=cast.laowang)
    asked = [Department.objects.get(code="printing_quality")]
    services.open_change_round(fresh(change), "distributed", actor=cast.laowang, departments=asked)
    assert (fresh(change).is_agreed, fresh(change).decided_at) == (False, None)


def test_the_pages_lead_there(cast: Cast) -> None:
    change, page = cheaper(cast), browser(cast.laowang)
    path = f"/changes/{change.pk}/"
    assert "同意更改价格" in [due.title for due in waiting_for(cast.laowang, clock.now())]
    seen = page.get(path)
    assert "只改单价、费用，不用请部门" in words(seen)
    assert 'btn btn-primary" type="button" data-opens="ask-agree_without_review"' in seen.content.decode()

    done = page.post(f"{path}agree-without-review/", {"reason": "毛利够"}, follow=True)
    assert "已同意" in words(done)
    assert "王建国" in words(done)
    assert "编制通知单（更改）" in [due.title for due in waiting_for(cast.xiaoli, clock.now())]
    assert "编制通知单（更改）" in words(browser(cast.xiaoli).get(path))


def test_a_change_of_quantity_does_not_offer_it(cast: Cast) -> None:
    assert "不用评审，同意更改" not in words(browser(cast.laowang).get(f"/changes/{submitted(cast).pk}/"))


def test_the_api_has_it(cast: Cast) -> None:
    change, wang = cheaper(cast), Caller(cast.laowang)
    assert wang.get(f"changes/{change.pk}/").json()["needs_review"] is False
    assert wang.post(f"changes/{change.pk}/agree-without-review/", {}).status_code == 400

    body = wang.post(f"changes/{change.pk}/agree-without-review/", {"reason": "毛利够"}).json()
    assert (body["state"], body["decided_by"], body["decided_words"]) == ("reviewing", "laowang", "毛利够")


def test_a_draft_of_a_price_alone_needs_no_department_on_the_form_either(cast: Cast) -> None:
    order = producing(cast)
    line = order.lines_now[0]
    browser(cast.xiaoli).post(
        f"/orders/{order.number}/changes/new/", {"reason": "还价", f"line-{line.pk}-unit_price": "12"}
    )

    assert list(ChangeRequest.objects.get().departments.all()) == []


@pytest.mark.rule("A61")
def test_a_fee_asks_no_department_either(cast: Cast) -> None:
    order = producing(cast)
    plate = LineInput(quantity=Decimal(1), unit="项", unit_price=Decimal(300), product_name="制版费", fee=True)
    change = submitted(cast, order, LineChange(add=plate))

    assert (list(change.departments.all()), change.needs_review) == ([], False)
    assert services.agree_without_review(change, "客户认了", actor=cast.laowang).is_agreed
    services.withdraw_change(fresh(change), actor=cast.xiaoli)
    both = submitted(cast, again(order), LineChange(add=plate), more(again(order)))
    assert both.needs_review

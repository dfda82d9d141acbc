"""编制业务通知单（第六条、第二十条）：评审有结果、客户也同意了，跟单员才编。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from orders import services as order_services
from orders.models import Order
from reviews import services
from reviews.models import Notice
from tests.cast import Cast, accepted, order_input
from tests.cast_reviews import agreed, day, drafted, signed, signed_notice
from workflow.guards import WrongState


@pytest.mark.rule("A20.6")
def test_it_says_what_the_order_and_the_departments_say(cast: Cast) -> None:
    notice = drafted(cast)

    content = notice.content
    assert (notice.state, notice.version, notice.order_version) == ("draft", 1, 1)
    assert notice.number == f"N-{notice.pk:06d}"
    assert (content["delivery_date"], content["business_kind"]) == (str(day(18)), "印刷类")
    assert [(line["product_code"], line["ordered"], line["production"]) for line in content["lines"]] == [
        ("P001", "1000", "1000"),
        ("P002", "500", "500"),
    ]
    assert [(stone["department"], stone["name"], stone["planned"]) for stone in content["milestones"]] == [
        ("技术中心", "设计制版", str(day(12))),
        ("物控部", "物料到齐", str(day(12))),
        ("印刷制造部", "印刷生产", str(day(12))),
        ("印刷品质部", "检验包装", str(day(12))),
    ]
    assert [(copy["no"], copy["department"]) for copy in content["copies"]] == [
        (1, "技术中心"), (2, "物控部"), (3, "印刷制造部"), (4, "印刷品质部"),
    ]  # fmt: skip


@pytest.mark.rule("B7")
def test_no_price_stands_on_it(cast: Cast) -> None:
    order = Order.objects.get(pk=agreed(cast).pk)

    said = str(services.create_notice(order, actor=cast.xiaoli).content)
    assert "12.5" not in said
    assert "14100" not in said


@pytest.mark.rule("A6.2")
def test_before_the_review_there_is_none(cast: Cast) -> None:
    with pytest.raises(WrongState, match="待评审"):
        services.create_notice(accepted(cast), actor=cast.xiaoli)


@pytest.mark.rule("A20.6")
def test_what_the_customer_agreed_to_is_written(cast: Cast) -> None:
    order = services.conclude(signed(cast), "negotiate", actor=cast.laowang).order
    order = order_services.agree_as_reviewed(order, "同意晚两天", actor=cast.laowang, delivery_date=day(22))

    notice = services.create_notice(order, actor=cast.xiaoli)

    assert notice.content["delivery_date"] == str(day(22))
    assert notice.round.state == "unmet"


@pytest.mark.rule("A3")
def test_a_stranger_may_not(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.create_notice(agreed(cast), actor=cast.xiaochen)


@pytest.mark.rule("A6.3b")
def test_one_notice_per_order(cast: Cast) -> None:
    notice = drafted(cast)
    with pytest.raises(WrongState, match=f"已有通知单 {notice.number}，现在是「待签发」"):
        services.create_notice(notice.order, actor=cast.xiaoli)

    notice = services.sign_notice(notice, actor=cast.gm)
    with pytest.raises(WrongState, match=notice.number):
        services.create_notice(notice.order, actor=cast.xiaoli)


@pytest.mark.rule("A20.6")
def test_after_a_refusal_another_is_made(cast: Cast) -> None:
    notice = services.refuse_notice(drafted(cast), "交期太紧", actor=cast.gm)

    again = services.create_notice(notice.order, actor=cast.xiaoli)
    assert (again.state, again.version) == ("draft", 1)


@pytest.mark.rule("A20.6")
def test_an_outdated_one_that_was_not_issued_makes_way(cast: Cast) -> None:
    old = signed_notice(cast)
    order = order_services.reopen_review(old.order, "客户又改", actor=cast.laowang)
    order_services.edit_order(order, order_input(customer_po="RH-NEW"), actor=cast.xiaoli)
    order = order_services.agree_as_reviewed(order, "同意", actor=cast.laowang)

    new = services.create_notice(order, actor=cast.xiaoli)

    assert (Notice.objects.get(pk=old.pk).state, new.version, new.order_version) == ("void", 2, 2)


@pytest.mark.rule("A6.3a")
def test_no_department_sees_it_before_it_is_signed_and_issued(cast: Cast) -> None:
    notice = drafted(cast)
    assert not Notice.objects.visible_to(cast.engineering).exists()
    assert Notice.objects.visible_to(cast.gm).get() == notice
    assert Notice.objects.visible_to(cast.gm_delegate).exists()

    notice = services.sign_notice(notice, actor=cast.gm)
    assert not Notice.objects.visible_to(cast.engineering).exists()
    services.issue_notice(notice, actor=cast.xiaoli)
    assert Notice.objects.visible_to(cast.engineering).exists()
    assert not Notice.objects.visible_to(cast.paper_mfg).exists()

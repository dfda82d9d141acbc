"""登记与关闭询盘（B类 询报价，B1）。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.models import Inquiry
from tests.cast import Cast
from tests.cast_quotations import day, inquired, inquiry_input, sent
from workflow import clock
from workflow.guards import WrongState
from workflow.models import TransitionLog


@pytest.mark.rule("B1")
def test_an_inquiry_is_recorded_with_its_number(cast: Cast) -> None:
    inquiry = inquired(cast)
    assert (inquiry.number, inquiry.state, inquiry.customer_name) == ("XP26-000001", "open", "瑞禾茶业有限公司")
    assert (inquiry.holder, inquiry.team, inquiry.due) == (cast.xiaoli, cast.xiaoli.team, day(2))
    assert Inquiry.objects.numbered("xp26-000001").get() == inquiry


@pytest.mark.rule("B1")
def test_who_is_no_customer_yet_may_ask(cast: Cast) -> None:
    inquiry = inquired(cast, customer=None, prospect=" 青竹文创工作室 ")
    assert (inquiry.customer, inquiry.customer_name) == (None, "青竹文创工作室")


@pytest.mark.rule("B1")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"customer": None}, "customer"),
        ({"asked_by": " "}, "asked_by"),
        ({"asked": ""}, "asked"),
        ({"due": dt.date(2020, 1, 1)}, "due"),
        ({"received_at": dt.datetime(2099, 1, 1, tzinfo=dt.UTC)}, "received_at"),
    ],
)
def test_what_is_missing_is_said_at_its_field(cast: Cast, changes: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        inquired(cast, **changes)
    assert list(error.value.message_dict) == [field]
    assert not Inquiry.objects.exists()


@pytest.mark.rule("A3")
@pytest.mark.parametrize("username", ["engineering", "finance", "warehouse", "director", "hr"])
def test_only_coordinators_and_sales_register(cast: Cast, username: str) -> None:
    with pytest.raises(PermissionDenied):
        services.register_inquiry(inquiry_input(), actor=getattr(cast, username))
    assert not TransitionLog.objects.filter(subject_type="orders_inquiry").exists()


@pytest.mark.rule("B1")
def test_closing_says_why(cast: Cast) -> None:
    inquiry = inquired(cast)
    with pytest.raises(ValidationError):
        services.close_inquiry(inquiry, " ", actor=cast.xiaoli)
    with pytest.raises(PermissionDenied):
        services.close_inquiry(inquiry, "不做这类", actor=cast.xiaochen)
    inquiry = services.close_inquiry(inquiry, "不做这类", actor=cast.laowang)
    assert (inquiry.state, inquiry.closed_reason) == ("closed", "不做这类")
    with pytest.raises(WrongState):
        services.close_inquiry(inquiry, "再关一次", actor=cast.xiaoli)


@pytest.mark.rule("B1")
def test_a_sent_quotation_answers_it(cast: Cast) -> None:
    inquiry = inquired(cast)
    quotation = sent(cast, inquiry=inquiry)
    inquiry = Inquiry.objects.get()
    assert (inquiry.state, list(inquiry.quotations.all())) == ("answered", [quotation])
    sent(cast, inquiry=inquiry)
    assert Inquiry.objects.get().state == "answered"


@pytest.mark.rule("B1")
def test_a_closed_one_is_not_quoted_for(cast: Cast) -> None:
    inquiry = services.close_inquiry(inquired(cast), "不做这类", actor=cast.xiaoli)
    with pytest.raises(ValidationError, match="已关闭"):
        sent(cast, inquiry=inquiry)


@pytest.mark.rule("A3", "B7")
def test_everybody_sees_their_own(cast: Cast) -> None:
    inquired(cast)
    seen = {name for name, user in cast.people.items() if Inquiry.objects.visible_to(user).exists()}
    assert seen == {"xiaoli", "laowang", "director", "gm", "evp", "gm_delegate", "sales", "erp"}
    assert clock.today() < Inquiry.objects.get().due

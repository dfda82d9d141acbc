"""成交率：按时段、经办人、客户现算，不存（B类 询报价，B1）。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from orders import services
from orders.offers import win_rate, win_rates
from parties.models import Customer
from tests.cast import Cast
from tests.cast_quotations import agreed, day, declined, expired, quotation_input, quoted, sent
from workflow import clock


def accepted_by_chen(cast: Cast) -> None:
    given = quotation_input(customer=Customer.objects.get(code="C002"))
    quotation = services.create_quotation(given, actor=cast.xiaochen)
    quotation = services.send_quotation(quotation, to="彭涛", how="邮件", actor=cast.xiaochen)
    services.accept_quotation(quotation, actor=cast.xiaochen)


@pytest.mark.rule("B1")
def test_accepted_of_those_decided(cast: Cast) -> None:
    for walk in (agreed, agreed, declined, expired, sent, quoted):
        walk(cast)
    rate = win_rate(cast.xiaoli, day(-30), day(0))
    assert (rate.sent, rate.accepted, rate.lost, rate.waiting, rate.rate) == (5, 2, 2, 1, Decimal(50))


@pytest.mark.rule("B1")
def test_nothing_decided_is_no_rate(cast: Cast) -> None:
    sent(cast)
    assert win_rate(cast.xiaoli, day(-30), day(0)).rate is None


@pytest.mark.rule("B1")
def test_all_versions_of_one_count_once(cast: Cast) -> None:
    fresh = services.revise_quotation(sent(cast), actor=cast.xiaoli)
    fresh = services.send_quotation(fresh, to="刘婷", how="邮件", actor=cast.xiaoli)
    services.accept_quotation(fresh, actor=cast.xiaoli)
    again = services.revise_quotation(declined(cast), actor=cast.xiaoli)
    services.send_quotation(again, to="刘婷", how="邮件", actor=cast.xiaoli)
    rate = win_rate(cast.xiaoli, day(-30), day(0))
    assert (rate.sent, rate.accepted, rate.lost) == (2, 1, 0)


@pytest.mark.rule("B1")
def test_by_person_by_customer_and_by_month(cast: Cast) -> None:
    agreed(cast)
    declined(cast)
    accepted_by_chen(cast)

    def told(by: str) -> list[tuple[str, int, object]]:
        return [(row.name, row.sent, row.rate) for row in win_rates(cast.director, day(-30), day(0), by=by)]

    assert told("person") == [("李晓雯", 2, Decimal(50)), ("陈思远", 1, Decimal(100))]
    assert told("customer") == [("瑞禾茶业有限公司", 2, Decimal(50)), ("朗芯电子股份有限公司", 1, Decimal(100))]
    assert told("month") == [(f"{clock.today():%Y-%m}", 3, Decimal(67))]


@pytest.mark.rule("B1", "A3")
def test_only_the_period_and_only_ones_own(cast: Cast) -> None:
    with clock.told(clock.now() - dt.timedelta(days=40)):
        sent(cast)
    accepted_by_chen(cast)
    assert win_rate(cast.xiaoli, day(-30), day(0)).sent == 0
    assert win_rate(cast.xiaoli, day(-50), day(0)).sent == 1
    assert win_rate(cast.laowang, day(-50), day(0)).sent == 2

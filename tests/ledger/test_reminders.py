"""第六章的待办（A6.6、A63、A53）：该开票、该催款、该确认到账。"""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.reminders import goods_to_invoice, payment_to_confirm, receivable_overdue, settlement_to_follow
from orders.models import Order
from parties.models import User
from tests.cast import Cast
from tests.cast_kinds import changed_kind
from tests.cast_ledger import TOTAL, invoiced, paid, registered, sent, shipped
from tests.cast_production import producing
from tests.cast_shipping import again
from workflow import clock
from workflow.duties import Due, Scope


def out(cast: Cast, days: int) -> Order:
    """An order in production whose goods went out so many days ago."""
    order = producing(cast)
    sent(cast, order, on=clock.today() - dt.timedelta(days=days))
    return again(order)


def asked(question: object, holder: User | None = None) -> list[Due]:
    return list(question(Scope(clock.now(), holder)))  # type: ignore[operator]


@pytest.mark.rule("A63")
def test_finance_is_told_what_to_invoice(cast: Cast) -> None:
    order = out(cast, 3)

    due = asked(goods_to_invoice)[0]

    assert (due.about, due.holder_id, due.title) == (order.about, cast.finance.pk, "开发票")
    assert "未开票 14,100.00 元" in due.words
    assert due.by.date() >= clock.today()
    assert [one.about for one in asked(goods_to_invoice, cast.finance)] == [order.about]
    assert asked(goods_to_invoice, cast.xiaoli) == []
    invoiced(cast, order)
    assert asked(goods_to_invoice) == []


@pytest.mark.rule("A6.6")
def test_the_coordinator_is_told_what_is_overdue_with_the_salesperson(cast: Cast) -> None:
    order = out(cast, 31)
    out(cast, 0)

    (due,) = asked(receivable_overdue)

    assert (due.about, due.holder_id, due.climbs_to_id) == (order.about, cast.xiaoli.pk, cast.laowang.pk)
    assert "逾期 14,100.00 元" in due.words
    assert "业务员赵凯" in due.words
    assert asked(receivable_overdue, cast.xiaochen) == []
    paid(cast, order, TOTAL, order=order)
    assert asked(receivable_overdue) == []


@pytest.mark.rule("A53")
def test_finance_is_told_what_to_confirm(cast: Cast) -> None:
    payment = registered(cast, shipped(cast), "100")

    (due,) = asked(payment_to_confirm, cast.finance)

    assert (due.about, due.url) == (payment.about, f"/payments/{payment.pk}/")
    assert asked(payment_to_confirm, cast.director) == []


@pytest.mark.rule("C8")
def test_the_coordinator_follows_the_settlement_until_all_is_received(cast: Cast) -> None:
    changed_kind(cast, papers_before_dispatch=["合同", "装箱单", "发票"])
    order = out(cast, 2)

    (due,) = asked(settlement_to_follow)

    assert (due.about, due.holder_id, due.climbs_to_id) == (order.about, cast.xiaoli.pk, cast.laowang.pk)
    assert due.words.endswith("还有 14,100.00 元没有结汇到账；单证交财务部，问到结清。")
    assert due.by.date() == clock.today() + dt.timedelta(days=8)
    assert [one.about for one in asked(settlement_to_follow, cast.xiaoli)] == [order.about]
    assert asked(settlement_to_follow, cast.xiaochen) == []
    paid(cast, order, "100", order=order)
    assert "还有 14,000.00 元" in asked(settlement_to_follow)[0].words
    paid(cast, order, "14000", order=order)
    assert asked(settlement_to_follow) == []


@pytest.mark.rule("C8")
def test_what_has_not_left_or_wants_no_papers_is_not_followed(cast: Cast) -> None:
    out(cast, 2)
    changed_kind(cast, papers_before_dispatch=["装箱单"])
    producing(cast)
    assert asked(settlement_to_follow) == []

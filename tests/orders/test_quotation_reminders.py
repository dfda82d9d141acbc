"""询盘、报价、合同的待办，过期报主任（B1、B1b）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pytest

from orders import services
from orders.offer_reminders import contract_to_sign, inquiry_to_answer, quotation_to_follow, quotation_to_order
from parties.models import User
from tests.cast import Cast
from tests.cast_quotations import agreed, contracted, day, inquired, posted, sent, signed_back, won
from workflow import clock, duties
from workflow.duties import Due, Scope
from workflow.models import Duty

Asks = Callable[[Scope], Iterable[Due]]


def dues(asks: Asks, person: User | None = None, days: int = 0) -> list[Due]:
    with clock.told(clock.now() + dt.timedelta(days=days)):
        return list(asks(Scope(clock.now(), person)))


@pytest.mark.rule("B1")
def test_an_inquiry_is_answered_by_its_date(cast: Cast) -> None:
    inquiry = inquired(cast)
    (due,) = dues(inquiry_to_answer, cast.xiaoli)
    assert (due.about, due.by.date(), due.climbs_to_id) == (inquiry.about, day(2), cast.laowang.pk)
    assert dues(inquiry_to_answer, cast.xiaochen) == []
    sent(cast, inquiry=inquiry)
    assert dues(inquiry_to_answer) == []


@pytest.mark.rule("B1")
def test_before_it_expires_the_customer_is_asked(cast: Cast) -> None:
    quotation = sent(cast)
    assert dues(quotation_to_follow, cast.xiaoli, days=11) == []
    (due,) = dues(quotation_to_follow, cast.xiaoli, days=12)
    assert (due.about, due.by.date()) == (quotation.about, quotation.valid_until)
    services.accept_quotation(quotation, actor=cast.xiaoli)
    assert dues(quotation_to_follow, days=12) == []


@pytest.mark.rule("B1")
def test_what_is_accepted_becomes_an_order(cast: Cast) -> None:
    quotation = agreed(cast)
    (due,) = dues(quotation_to_order, cast.xiaoli)
    assert due.url == f"/quotations/{quotation.number}/order/"
    order = won(cast, quotation)
    assert dues(quotation_to_order) == []
    services.discard_order(order, actor=cast.xiaoli)
    assert len(dues(quotation_to_order)) == 1


@pytest.mark.rule("B1b")
def test_a_confirmation_is_chased_until_it_is_signed(cast: Cast) -> None:
    (due,) = dues(contract_to_sign, cast.xiaoli) if contracted(cast) else ()
    assert due.title == "发出订单确认书"
    contract = posted(cast)
    titles = {one.about: one.title for one in dues(contract_to_sign, cast.xiaoli)}
    assert titles[contract.about] == "催签回订单确认书"
    done = signed_back(cast)
    assert done.about not in {one.about for one in dues(contract_to_sign)}


@pytest.mark.rule("B1b")
def test_what_is_not_signed_climbs_to_the_supervisor(cast: Cast) -> None:
    contract = posted(cast)
    duties.sweep(clock.now())
    duty = Duty.objects.get(about=contract.about)
    assert (duty.holder, duty.climbed_at) == (cast.xiaoli, None)
    with clock.told(clock.now() + dt.timedelta(days=8)):
        duties.sweep(clock.now())
    duty.refresh_from_db()
    assert (duty.climbs_to, duty.climbed_at is not None) == (cast.laowang, True)

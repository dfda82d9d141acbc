"""提醒（A52、A54）：确认没够的、仓库没发的、回单没回的，到期找人。"""

from __future__ import annotations

import datetime as dt

import pytest

from parties.models import User
from shipping import services
from tests.cast import Cast, draft
from tests.cast_shipping import confirmed, day, dispatched, drafted, notified
from workflow import clock
from workflow.duties import Due, sweep, waiting_for
from workflow.models import Duty

OWN = {"confirmation_due", "delivery_to_dispatch", "receipt_missing"}


def waits(person: User) -> list[Due]:
    return [due for due in waiting_for(person, clock.now()) if due.reminder in OWN]


@pytest.mark.rule("A52")
def test_a_delivery_without_two_confirmations_of_one_day_waits_for_its_coordinator(cast: Cast) -> None:
    delivery = drafted(cast, draft(cast))
    assert [due.words for due in waits(cast.xiaoli)] == ["还没有确认，要两次。"]

    confirmed(cast, delivery, times=1)
    assert [due.words for due in waits(cast.xiaoli)] == [f"说好 {day(1):%m-%d} 到，同一天还差一次。"]
    confirmed(cast, delivery, times=1)
    assert waits(cast.xiaoli) == []
    services.confirm_arrival(delivery, day(4), "刘婷", "电话", actor=cast.xiaoli)
    assert [(due.reminder, due.climbs_to_id) for due in waits(cast.xiaoli)] == [("confirmation_due", cast.laowang.pk)]


@pytest.mark.rule("A54")
def test_what_the_warehouse_was_told_waits_for_its_head(cast: Cast) -> None:
    delivery = notified(cast)

    assert [(due.reminder, due.about) for due in waits(cast.warehouse)] == [("delivery_to_dispatch", delivery.about)]
    assert waits(cast.material) == []
    services.dispatch_delivery(delivery, actor=cast.warehouse)
    assert waits(cast.warehouse) == []


@pytest.mark.rule("A54")
def test_a_receipt_that_does_not_come_back_climbs_to_the_supervisor(cast: Cast) -> None:
    delivery = dispatched(cast)
    assert [due.reminder for due in waits(cast.xiaoli)] == ["receipt_missing"]

    sweep(clock.now() + dt.timedelta(days=6))
    duty = Duty.objects.get(reminder="receipt_missing")
    assert (duty.about, duty.holder, duty.climbs_to) == (delivery.about, cast.xiaoli, cast.laowang)
    assert duty.climbed_at is not None
    services.deliver_delivery(delivery, actor=cast.xiaoli, signed_by="客户仓库", signed_on=day(0))
    assert waits(cast.xiaoli) == []

"""待办（I32）：扫两遍不变；事实没了就关；过期报上一级，只报一次。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from orders import services
from tests.cast import Cast, submitted
from workflow import clock, duties, outbox
from workflow.models import Duty, OutboxMessage


def swept(days: int = 0) -> set[str]:
    now = clock.now() + dt.timedelta(days=days)
    duties.sweep(now)
    return set(Duty.objects.filter(closed_at__isnull=True).values_list("reminder", flat=True))


@pytest.mark.rule("A6.1b")
def test_sweeping_twice_opens_a_duty_once(cast: Cast) -> None:
    submitted(cast, basis="fax")
    assert {"original_missing", "order_to_approve"} <= swept()
    count = Duty.objects.count()
    swept()
    assert Duty.objects.count() == count


@pytest.mark.rule("A6.1b")
def test_the_fact_closes_the_duty(cast: Cast) -> None:
    order = submitted(cast, basis="fax")
    swept()
    services.register_original(order, clock.today(), actor=cast.xiaoli)
    assert "original_missing" not in swept()
    assert Duty.objects.get(reminder="original_missing").closed_at is not None


@pytest.mark.rule("A6.1b")
def test_an_overdue_duty_climbs_once_and_by_mail(cast: Cast) -> None:
    cast.laowang.email = "laowang@example.com"
    cast.laowang.save()
    submitted(cast, basis="fax")
    swept(days=11)
    swept(days=12)
    assert OutboxMessage.objects.filter(kind="duty.climbed").count() == 1
    assert outbox.relay() == 1
    assert mail.outbox[0].to == ["laowang@example.com"]
    assert "补登书面原件" in mail.outbox[0].subject


@pytest.mark.rule("A6.1b")
def test_a_duty_done_in_the_meantime_is_not_told(cast: Cast) -> None:
    cast.laowang.email = "laowang@example.com"
    cast.laowang.save()
    order = submitted(cast, basis="fax")
    swept(days=11)
    services.register_original(order, clock.today(), actor=cast.xiaoli)
    swept(days=11)
    outbox.relay()
    assert mail.outbox == []

"""样品的待办（第六条、第十条、第五章，寄样）：留样、归还、放行、寄样，一直催到了结。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pytest
from django.utils import timezone

from parties.models import User
from samples import reminders, services
from tests.cast import Cast
from tests.cast_production import shipping_ready
from tests.cast_samples import allowed, day, lent, loose, material, pass_of, prepared, sent, standard
from workflow import clock
from workflow.duties import Due, Scope, sweep
from workflow.models import Duty

Asks = Callable[[Scope], Iterable[Due]]


def dues(asks: Asks, person: User | None = None, days: int = 0) -> list[Due]:
    with clock.told(clock.now() + dt.timedelta(days=days)):
        return list(asks(Scope(clock.now(), person)))


@pytest.mark.rule("A10")
def test_each_product_that_is_made_wants_a_retained_sample(cast: Cast) -> None:
    order = shipping_ready(cast)
    asked = dues(reminders.sample_to_retain, cast.xiaoli)
    assert [due.about for due in asked] == [f"orders_orderline:{line.pk}" for line in order.lines_now]
    assert asked[0].url == f"/samples/new/?order={order.number}&line={order.lines_now[0].pk}&kind=retained"
    assert asked[0].climbs_to_id == cast.laowang.pk
    assert dues(reminders.sample_to_retain, cast.xiaochen) == []

    standard(cast, order, kind="retained", line=order.lines_now[0])

    assert [due.about for due in dues(reminders.sample_to_retain)] == [f"orders_orderline:{order.lines_now[1].pk}"]


@pytest.mark.rule("A10")
def test_it_blocks_nothing_and_is_counted(cast: Cast) -> None:
    order = shipping_ready(cast)
    assert order.state == "shipping"
    sweep(clock.now())
    assert Duty.objects.filter(reminder="sample_to_retain", closed_at__isnull=True).count() == 2


@pytest.mark.rule("A10")
def test_the_end_of_the_retention_is_told_to_its_keeper(cast: Cast) -> None:
    sample = standard(cast, retention_until=day(8))
    assert dues(reminders.retention_ends) == []
    (due,) = dues(reminders.retention_ends, cast.xiaoli, days=1)
    assert (due.by.astimezone(timezone.get_default_timezone()).date(), due.url) == (
        day(8),
        f"/samples/{sample.number}/",
    )
    services.close_sample(sample, "已销毁", actor=cast.xiaoli)
    assert dues(reminders.retention_ends, days=1) == []


@pytest.mark.rule("C7")
def test_what_is_left_of_theirs_is_asked_for_after_production(cast: Cast) -> None:
    order = shipping_ready(cast)
    sample = material(cast, order)
    (due,) = dues(reminders.material_left_over, cast.warehouse)
    assert "还剩 100 卷" in due.words
    services.use_up_sample(sample, sample.quantity, "用完", actor=cast.warehouse)
    assert dues(reminders.material_left_over) == []


@pytest.mark.rule("A6.3c")
def test_the_department_acknowledges_and_is_chased_until_it_is_back(cast: Cast) -> None:
    loan = lent(cast)
    (due,) = dues(reminders.loan_to_settle, cast.printing_mfg)
    assert (due.about, due.climbs_to_id) == (loan.about, cast.xiaoli.pk)
    services.acknowledge_loan(loan, actor=cast.printing_mfg)
    assert dues(reminders.loan_to_settle) == []
    for days in (6, 7, 30):
        assert [due.about for due in dues(reminders.loan_to_settle, cast.printing_mfg, days)] == [loan.about]
    services.take_back(loan, actor=cast.xiaoli)
    assert dues(reminders.loan_to_settle, days=30) == []


@pytest.mark.rule("A6.3c")
def test_an_overdue_one_climbs_to_who_handed_it_out(cast: Cast) -> None:
    loan = lent(cast)
    sweep(clock.now() + dt.timedelta(days=9))
    duty = Duty.objects.get(reminder="loan_to_settle", title="归还样品", about=loan.about)
    assert (duty.holder, duty.climbs_to) == (cast.printing_mfg, cast.xiaoli)
    assert duty.climbed_at is not None


@pytest.mark.rule("C7")
def test_the_supervisor_is_asked_for_the_pass(cast: Cast) -> None:
    dispatch = prepared(cast)
    (due,) = dues(reminders.pass_to_approve, cast.laowang)
    assert due.url == f"/sample-dispatches/{dispatch.number}/"
    services.approve_pass(pass_of(dispatch), actor=cast.laowang)
    assert dues(reminders.pass_to_approve) == []
    assert [due.holder_id for due in dues(reminders.dispatch_to_follow)] == [cast.xiaoli.pk]


@pytest.mark.rule("A57", "A6.5b")
def test_a_dispatch_is_followed_to_the_answer(cast: Cast) -> None:
    dispatch = sent(cast)
    assert [due.title for due in dues(reminders.dispatch_to_follow, cast.xiaoli)] == ["查样品送到没有"]
    services.arrive_dispatch(dispatch, actor=cast.xiaoli)
    assert dues(reminders.dispatch_to_follow) == []
    (due,) = dues(reminders.dispatch_to_follow, cast.xiaoli, days=4)
    assert (due.climbs_to_id, "确认打样颜色" in due.words) == (cast.laowang.pk, True)
    services.answer_dispatch(dispatch, "认可", actor=cast.xiaoli)
    assert dues(reminders.dispatch_to_follow, days=9) == []


@pytest.mark.rule("A57")
def test_one_without_an_order_belongs_to_who_prepared_it(cast: Cast) -> None:
    allowed(cast, loose(cast))
    assert [due.holder_id for due in dues(reminders.dispatch_to_follow)] == [cast.xiaoli.pk]

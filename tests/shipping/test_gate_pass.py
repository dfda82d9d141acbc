"""成品出厂的放行条（C7）：种类规定了才要；主任批准了才发，用过即止；默认的种类照旧。"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from orders.models import BusinessKind
from samples import services as samples
from samples.models import GatePass
from shipping import services
from shipping.models import Delivery
from shipping.reminders import goods_pass_to_approve
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_production import shipping_ready
from tests.cast_shipping import afresh, notified
from tests.pages import browser, words
from workflow import clock
from workflow.duties import Scope
from workflow.guards import Blocked, WrongState


def passing(cast: Cast, **changes: Any) -> Delivery:
    """印刷类规定了要放行条；通知仓库了，放行条在主任那里。"""
    kind = BusinessKind.objects.get(code="printing")
    before = dict(kind.options)
    BusinessKind.objects.filter(pk=kind.pk).update(options=before | {"gate_pass": True})
    try:
        order = shipping_ready(cast, **changes)
    finally:
        BusinessKind.objects.filter(pk=kind.pk).update(options=before)
    return afresh(notified(cast, order))


def refused(cast: Cast, **changes: Any) -> Delivery:
    """主任没有批。"""
    delivery = passing(cast, **changes)
    samples.refuse_pass(pass_of(delivery), "装车数不对", actor=cast.laowang)
    return delivery


def pass_of(delivery: Delivery) -> GatePass:
    found: GatePass = samples.goods_passes(delivery.about)[0]
    return found


def sent(cast: Cast, delivery: Delivery) -> Delivery:
    return services.dispatch_delivery(afresh(delivery), actor=cast.warehouse, waybill="SF0001")


@pytest.mark.rule("C7")
def test_goods_leave_only_with_an_approved_pass(cast: Cast) -> None:
    delivery = passing(cast)
    assert (pass_of(delivery).state, pass_of(delivery).purpose) == ("asked", "goods")
    with pytest.raises(Blocked, match="还没有主任批准的放行条"):
        sent(cast, delivery)
    samples.approve_pass(pass_of(delivery), actor=cast.laowang)
    assert sent(cast, delivery).state == "dispatched"
    assert pass_of(delivery).state == "used"


@pytest.mark.rule("C7")
def test_other_kinds_ask_for_none(cast: Cast) -> None:
    delivery = notified(cast)
    assert not GatePass.objects.exists()
    with pytest.raises(WrongState, match="不用放行条"):
        services.ask_gate_pass(afresh(delivery), actor=cast.xiaoli)
    assert sent(cast, delivery).state == "dispatched"


@pytest.mark.rule("C7")
def test_a_refused_one_is_asked_for_again(cast: Cast) -> None:
    delivery = refused(cast)
    with pytest.raises(Blocked, match="放行条"):
        sent(cast, delivery)
    services.ask_gate_pass(afresh(delivery), actor=cast.xiaoli)
    with pytest.raises(WrongState, match="已经申请过"):
        services.ask_gate_pass(afresh(delivery), actor=cast.xiaoli)
    samples.approve_pass(pass_of(delivery), actor=cast.laowang)
    assert sent(cast, delivery).state == "dispatched"


@pytest.mark.rule("C7", "A3")
def test_nobody_passes_what_they_asked_for(cast: Cast) -> None:
    delivery = passing(cast)
    for who in (cast.xiaoli, cast.warehouse):
        with pytest.raises(PermissionDenied):
            samples.approve_pass(pass_of(delivery), actor=who)
    with pytest.raises(PermissionDenied):
        services.ask_gate_pass(afresh(delivery), actor=cast.xiaochen)


@pytest.mark.rule("C7")
def test_what_is_not_sent_needs_no_pass_any_more(cast: Cast) -> None:
    delivery = passing(cast)
    services.cancel_delivery(afresh(delivery), actor=cast.xiaoli, reason="客户改期")
    assert pass_of(delivery).state == "refused"


@pytest.mark.rule("C7")
def test_the_supervisor_is_asked_and_led_there(cast: Cast) -> None:
    delivery = passing(cast)
    (due,) = goods_pass_to_approve(Scope(clock.now()))
    assert (due.holder_id, due.url) == (cast.laowang.pk, f"/deliveries/{delivery.number}/")
    page = words(browser(cast.laowang).get(due.url))
    assert all(text in page for text in ("放行条", "批准放行", "还没有主任批准的放行条"))
    answer = browser(cast.laowang).post(f"/passes/{pass_of(delivery).number}/approve/")
    assert (answer.status_code, pass_of(delivery).state) == (302, "approved")


@pytest.mark.rule("C7")
def test_the_api_asks_again(cast: Cast) -> None:
    delivery = refused(cast)
    answer = Caller(cast.xiaoli).post(f"deliveries/{delivery.number}/ask-pass/")
    assert (answer.status_code, pass_of(delivery).state) == (200, "asked")


@pytest.mark.rule("C7", "A5")
@pytest.mark.parametrize(("code", "asks"), [("dyeing", True), ("garment", True), ("furniture", True), ("paper", False)])
def test_the_ready_kinds_say_so(cast: Cast, code: str, asks: bool) -> None:
    assert BusinessKind.objects.get(code=code).rules.turned_on("gate_pass") is asks

"""销售合同、订单确认书：出、发、签回、作废（B类 合同，B1b）。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.models import Order, OrderContract
from papers.models import Paper
from tests.cast import Cast, accepted, draft, order_input, submitted
from tests.cast_changes import effective
from tests.cast_quotations import contracted, posted, scan, signed_back
from tests.cast_reviews import issued
from workflow import clock
from workflow.guards import WrongState


@pytest.mark.rule("B1b")
def test_it_is_of_the_orders_present_version(cast: Cast) -> None:
    order = accepted(cast)
    contract = services.make_contract(order, actor=cast.xiaoli, terms="一、按签样验收。")
    assert (contract.number, contract.state, contract.order_version) == ("HT26-000001", "made", 1)
    paper = Paper.objects.get()
    assert (paper.kind, paper.number, paper.content["total"]) == ("confirmation", "HT26-000001", "14100")
    assert (paper.content["buyer"]["name"], paper.content["buyer"]["person"]) == ("瑞禾茶业有限公司", "刘婷")
    assert paper.content["terms"] == "一、按签样验收。"
    sale = contracted(cast, form="contract")
    assert Paper.objects.get(about=sale.about).kind == "contract"


@pytest.mark.rule("B1b")
@pytest.mark.parametrize("walk", [draft, submitted])
def test_not_before_the_order_is_accepted(cast: Cast, walk: object) -> None:
    with pytest.raises(WrongState, match="受理以后"):
        contracted(cast, walk(cast))  # type: ignore[operator]
    assert not OrderContract.objects.exists()


@pytest.mark.rule("B1b")
def test_one_is_current(cast: Cast) -> None:
    order = accepted(cast)
    contracted(cast, order)
    with pytest.raises(WrongState, match="HT26-000001"):
        contracted(cast, order)


@pytest.mark.rule("A3")
@pytest.mark.parametrize("username", ["xiaochen", "sales", "director", "finance", "engineering"])
def test_only_who_works_the_order_makes_it(cast: Cast, username: str) -> None:
    with pytest.raises(PermissionDenied):
        services.make_contract(accepted(cast), actor=getattr(cast, username))
    assert not Paper.objects.exists()


@pytest.mark.rule("B1b")
def test_sending_says_when_to_whom_and_how(cast: Cast) -> None:
    contract = contracted(cast)
    with pytest.raises(ValidationError) as error:
        services.send_contract(contract, to=" ", how="", actor=cast.xiaoli)
    assert sorted(error.value.message_dict) == ["how", "to"]
    with pytest.raises(PermissionDenied):
        services.send_contract(contract, to="刘婷", how="邮件", actor=cast.sales)
    contract = services.send_contract(contract, to="刘婷", how="邮件", actor=cast.laowang)
    assert (contract.state, contract.sent_to, contract.sent_how) == ("sent", "刘婷", "邮件")
    assert contract.sent_at is not None
    with pytest.raises(WrongState):
        services.send_contract(contract, to="刘婷", how="邮件", actor=cast.xiaoli)


@pytest.mark.rule("B1b")
def test_signed_back_with_date_and_scan(cast: Cast) -> None:
    contract = posted(cast)
    filed = scan(cast, contract)
    contract = services.sign_back(contract, signed_on=clock.today(), scan=filed, actor=cast.xiaoli)
    assert (contract.state, contract.signed_on, contract.scan) == ("signed", clock.today(), filed)
    assert Paper.objects.get().voided is None


@pytest.mark.rule("B1b")
def test_without_scan_or_on_an_impossible_day_it_is_not_signed(cast: Cast) -> None:
    contract = posted(cast)
    foreign = scan(cast, contracted(cast))
    for filed in (None, foreign):
        with pytest.raises(ValidationError, match="扫描"):
            services.sign_back(contract, signed_on=clock.today(), scan=filed, actor=cast.xiaoli)
    for off in (-1, 1):
        day = clock.today() + dt.timedelta(days=off)
        with pytest.raises(ValidationError, match="签回日期"):
            services.sign_back(contract, signed_on=day, scan=scan(cast, contract), actor=cast.xiaoli)
    unsent = contracted(cast)
    with pytest.raises(WrongState):
        services.sign_back(unsent, signed_on=clock.today(), scan=scan(cast, unsent), actor=cast.xiaoli)


@pytest.mark.rule("B1b")
def test_what_is_not_signed_may_be_voided_and_made_anew(cast: Cast) -> None:
    contract = posted(cast)
    with pytest.raises(ValidationError):
        services.void_contract(contract, " ", actor=cast.xiaoli)
    contract = services.void_contract(contract, "付款方式写错", actor=cast.xiaoli)
    assert (contract.state, Paper.objects.get().voided.reason) == ("void", "付款方式写错")
    assert contracted(cast, contract.order).number == "HT26-000002"
    with pytest.raises(WrongState):
        services.void_contract(signed_back(cast), "写错", actor=cast.xiaoli)


@pytest.mark.rule("B1b")
@pytest.mark.parametrize("walk", [contracted, posted, signed_back])
def test_a_new_version_of_the_order_supersedes_it(cast: Cast, walk: object) -> None:
    contract = walk(cast)  # type: ignore[operator]
    services.edit_order(contract.order, order_input(customer_po="RH-2"), actor=cast.xiaoli)
    contract = OrderContract.objects.get(pk=contract.pk)
    assert contract.state == "superseded"
    void = Paper.objects.get(about=contract.about).voided
    assert (void.successor, void.cause) == ("GD26-000001 第 2 版", "已更改")
    fresh = contracted(cast, Order.objects.get())
    assert (fresh.number, fresh.order_version) == ("HT26-000002", 2)


@pytest.mark.rule("B1b")
def test_it_falls_with_its_order(cast: Cast) -> None:
    cancelled, rejected = contracted(cast), posted(cast)
    services.cancel_order(cancelled.order, "客户不要了", actor=cast.laowang)
    services.reject_order(rejected.order, "做不了", actor=cast.laowang)
    assert set(OrderContract.objects.values_list("state", flat=True)) == {"void"}
    assert {paper.voided.reason for paper in Paper.objects.all()} == {"客户不要了", "做不了"}


@pytest.mark.rule("B1b", "A22")
def test_a_change_that_takes_effect_supersedes_it_too(cast: Cast) -> None:
    order = issued(cast)
    contract = signed_back(cast, order)
    effective(cast, order)
    contract = OrderContract.objects.get(pk=contract.pk)
    assert (contract.state, Paper.objects.get(about=contract.about).voided.cause) == ("superseded", "已更改")
    assert contracted(cast, Order.objects.get(pk=order.pk)).order_version == 2

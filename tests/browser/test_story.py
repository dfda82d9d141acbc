"""The whole story through the browser: ten people carry one order from 接单 to 收款 (A1)."""

from __future__ import annotations

import pytest

from orders.models import Order
from tests.browser import steps_ledger, steps_orders, steps_production, steps_reviews, steps_shipping
from tests.browser.stage import People
from workflow.history import verify_chain

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.rule("A1")
def test_one_order_walks_from_intake_to_collection(people: People) -> None:
    number = taken_in(people)
    reviewed(people, number)
    produced(people, number)
    shipped(people, number)
    steps_ledger.invoice(people)
    steps_ledger.pay(people)
    steps_ledger.complete(people, number)

    assert Order.objects.get(formal_number=number).state == "completed"
    assert list(verify_chain()) == []


def taken_in(people: People) -> str:
    """接单：登记、审核；业务单号。"""
    return steps_orders.accept(people, steps_orders.register(people))


def reviewed(people: People, number: str) -> None:
    """评审与下单。"""
    steps_reviews.convene(people, number)
    steps_reviews.answer_all(people, number)
    steps_reviews.conclude(people, number)
    steps_reviews.make_notice(people, number)
    steps_reviews.sign_batch(people)
    steps_reviews.acknowledge_all(people, steps_reviews.issue_notice(people, number))


def produced(people: People, number: str) -> None:
    """生产跟进；检验以前，完成不了。"""
    steps_production.start(people, number)
    assert steps_production.LACKING in steps_production.refused_to_finish(people, number)
    steps_production.visit(people, number)
    steps_production.inspect(people, number)
    steps_production.finish(people, number)


def shipped(people: People, number: str) -> None:
    """发货，签收，回单收齐。"""
    steps_shipping.make_delivery(people, number)
    steps_shipping.confirm_twice(people)
    delivery = steps_shipping.notify(people)
    steps_shipping.dispatch(people, delivery)
    steps_shipping.receive_receipt(people, delivery)
    steps_shipping.finish(people, number)

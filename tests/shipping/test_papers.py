"""《送货单》与给业务员的信（A54）：五联、哪联列价、补货不计价。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core import mail

from papers.models import Paper
from shipping import services
from shipping.channels import tell_salesperson
from shipping.services import LineInput
from tests.cast import Cast
from tests.cast_production import shipping_ready
from tests.cast_shipping import again, carrier, dispatched, line_of, notified, received


@pytest.mark.rule("A54")
def test_the_note_has_five_copies_and_says_what_goes(cast: Cast) -> None:
    order = shipping_ready(cast)
    delivery = dispatched(cast, order, carrier=carrier())

    note = Paper.objects.get(kind="delivery", number=delivery.number).content
    assert [(copy["holder"], copy["priced"]) for copy in note["copies"]] == [
        ("客户", False),
        ("仓库存根", False),
        ("财务", True),
        ("业务", False),
        ("收款", True),
    ]
    assert (note["carrier"], note["waybill"], note["total"], note["tax_note"]) == (
        "顺途物流",
        "SF0001",
        "14100",
        "含税 13 %",
    )
    lines = [(line["order_number"], line["quantity"], line["price"], line["amount"]) for line in note["lines"]]
    assert lines == [(order.number, "1000", "12.5", "12500"), (order.number, "500", "3.2", "1600")]


@pytest.mark.rule("A56")
def test_a_replacement_costs_nothing(cast: Cast) -> None:
    order = shipping_ready(cast)
    back = received(cast, dispatched(cast, order), "100").lines.get()
    line = LineInput(order_line=line_of(order, 1), quantity=Decimal(100), replaces=back)
    delivery = notified(cast, again(order), amounts=[], lines=[line])
    services.dispatch_delivery(delivery, actor=cast.warehouse)

    note = Paper.objects.get(kind="delivery", number=delivery.number).content
    assert [(line["price"], line["amount"], line["remark"]) for line in note["lines"]] == [("0", "0", "补退货，不计价")]


@pytest.mark.rule("A54")
def test_the_salesperson_gets_one_letter_with_one_identity(cast: Cast) -> None:
    delivery = dispatched(cast)
    tell_salesperson({"delivery": delivery.pk})
    assert mail.outbox == []

    type(cast.sales).objects.filter(pk=cast.sales.pk).update(email="kai@sales.example")
    for _try in range(2):
        tell_salesperson({"delivery": delivery.pk})
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["kai@sales.example"], f"已发货：{delivery.number} 瑞禾茶业有限公司")
    ] * 2
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 1
    assert "产品画册 1,000 本" in mail.outbox[0].body

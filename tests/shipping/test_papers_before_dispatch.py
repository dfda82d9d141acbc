"""外贸（C8）：合同、装箱单、发票都归在单上才发货。"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orders.kind_papers import papers_missing
from papers.services import attach
from shipping.services import dispatch_delivery
from tests.cast import Cast
from tests.cast_kinds import changed_kind
from tests.cast_shipping import notified, only_order
from tests.permissions.world import PDF
from workflow.guards import Blocked

WANTED = ["合同", "装箱单", "发票"]


@pytest.mark.rule("C8")
def test_goods_leave_when_every_paper_is_filed(cast: Cast) -> None:
    changed_kind(cast, papers_before_dispatch=WANTED)
    delivery = notified(cast)
    order = only_order(delivery)
    for place, name in enumerate(WANTED):
        with pytest.raises(Blocked, match=f"还缺单证：{'、'.join(WANTED[place:])}") as refused:
            dispatch_delivery(delivery, actor=cast.warehouse, waybill="SF1")
        assert [(one.article, one.rule) for one in refused.value.refusals] == [("C类 外贸", "C8")]
        attach(SimpleUploadedFile(f"{place}.pdf", PDF), about=order, actor=cast.xiaoli, kind=name)
    assert papers_missing(order) == []
    assert dispatch_delivery(delivery, actor=cast.warehouse, waybill="SF1").state == "dispatched"


@pytest.mark.rule("C8")
def test_other_kinds_ask_for_none(cast: Cast) -> None:
    assert papers_missing(only_order(notified(cast))) == []

"""回单（A54）：谁签收、哪天、客户有什么话，扫描件归档。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from papers.services import attach
from shipping import services
from shipping.models import Delivery
from tests.cast import Cast
from tests.cast_shipping import day, dispatched, notified
from workflow.guards import WrongState

PDF = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n"


@pytest.mark.rule("A54")
def test_the_signed_receipt_comes_back(cast: Cast) -> None:
    delivery = dispatched(cast)
    scan = attach(SimpleUploadedFile("回单.pdf", PDF), about=delivery, actor=cast.xiaoli, kind="receipt")

    done = services.deliver_delivery(
        delivery, actor=cast.xiaoli, signed_by=" 客户仓库 ", signed_on=day(0), reaction="包装很好", receipt=scan
    )

    assert (done.state, done.signed_by, done.signed_on, done.reaction, done.receipt) == (
        "delivered",
        "客户仓库",
        day(0),
        "包装很好",
        scan,
    )


@pytest.mark.rule("A54")
@pytest.mark.parametrize(("who", "after"), [("", 0), ("客户仓库", 1), ("客户仓库", -1)])
def test_who_and_when_must_be_right(cast: Cast, who: str, after: int) -> None:
    delivery = dispatched(cast)

    with pytest.raises(ValidationError):
        services.deliver_delivery(delivery, actor=cast.xiaoli, signed_by=who, signed_on=day(after))
    assert Delivery.objects.get().state == "dispatched"


@pytest.mark.rule("A3")
def test_only_its_coordinator_or_the_supervisor_may(cast: Cast) -> None:
    delivery = dispatched(cast)

    for person in (cast.xiaochen, cast.warehouse):
        with pytest.raises(PermissionDenied):
            services.deliver_delivery(delivery, actor=person, signed_by="客户仓库", signed_on=day(0))


@pytest.mark.rule("A54")
def test_what_has_not_left_is_not_signed_for(cast: Cast) -> None:
    with pytest.raises(WrongState, match="已通知仓库"):
        services.deliver_delivery(notified(cast), actor=cast.xiaoli, signed_by="客户仓库", signed_on=day(0))

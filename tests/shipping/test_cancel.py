"""取消（A54）：货还没发出，送货单不要了；已归档的发货通知单作废。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from papers.models import Paper
from shipping import services
from tests.cast import Cast, draft
from tests.cast_shipping import dispatched, drafted, notified
from workflow.guards import WrongState


@pytest.mark.rule("A54")
def test_a_draft_or_a_notified_delivery_is_cancelled_and_its_notice_void(cast: Cast) -> None:
    delivery = services.cancel_delivery(notified(cast), actor=cast.xiaoli, reason="客户改期")

    assert delivery.state == "cancelled"
    paper = Paper.objects.of(delivery.about).get()
    assert paper.voided is not None
    assert paper.voided.reason == "客户改期"
    assert services.cancel_delivery(drafted(cast, draft(cast)), actor=cast.xiaoli).state == "cancelled"


@pytest.mark.rule("A54")
def test_what_has_left_is_not_cancelled(cast: Cast) -> None:
    with pytest.raises(WrongState, match="已发出"):
        services.cancel_delivery(dispatched(cast), actor=cast.xiaoli)


@pytest.mark.rule("A3")
def test_another_coordinator_may_not(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.cancel_delivery(drafted(cast, draft(cast)), actor=cast.xiaochen)

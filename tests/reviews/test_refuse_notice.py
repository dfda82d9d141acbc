"""总经理不签（第二十条）：写明理由，主任退回协商。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services as order_services
from orders.models import State
from reviews import services
from reviews.models import Notice
from tests.cast import Cast
from tests.cast_reviews import drafted, signed_notice
from workflow.guards import WrongState


@pytest.mark.rule("A20.6")
def test_the_gm_refuses_with_a_reason_and_the_order_goes_back(cast: Cast) -> None:
    notice = services.refuse_notice(drafted(cast), "价格太低", actor=cast.gm)

    assert (notice.state, notice.refused_reason, notice.formal_number) == ("refused", "价格太低", None)
    order = order_services.reopen_review(notice.order, "总经理没有签", actor=cast.laowang)
    assert order.state == State.NEGOTIATING


@pytest.mark.rule("A20.6")
def test_without_a_reason_it_is_no_refusal(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="理由"):
        services.refuse_notice(drafted(cast), " ", actor=cast.gm)
    assert Notice.objects.get().state == "draft"


@pytest.mark.rule("A20.6")
@pytest.mark.parametrize("who", ["gm_delegate", "laowang", "xiaoli"])
def test_only_the_gm_refuses(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        services.refuse_notice(drafted(cast), "不好", actor=getattr(cast, who))


@pytest.mark.rule("A20.6")
def test_what_is_signed_is_not_refused(cast: Cast) -> None:
    with pytest.raises(WrongState):
        services.refuse_notice(signed_notice(cast), "反悔", actor=cast.gm)

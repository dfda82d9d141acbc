"""款项关口（A53）：逾期、信用、款到发货挡住发出；总监放行这一张，理由留存。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shipping import services
from shipping.models import DispatchException
from tests.cast import Cast, draft
from tests.cast_production import shipping_ready
from tests.cast_shipping import dispatched, drafted, notified
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


@pytest.mark.rule("A53")
def test_unpaid_prepaid_goods_stay_until_the_director_lets_them_go(cast: Cast) -> None:
    delivery = notified(cast, shipping_ready(cast, payment_terms="prepaid"))
    with pytest.raises(Blocked) as blocked:
        services.dispatch_delivery(delivery, actor=cast.warehouse)
    assert {one.rule for one in blocked.value.refusals} == {"A53"}

    one = services.authorise_exception(delivery, " 老客户，款在途 ", actor=cast.director)

    assert (one.reason, one.by) == ("老客户，款在途", cast.director)
    step = TransitionLog.objects.get(subject_id=delivery.pk, move="authorise_exception")
    assert (step.rule, step.reason, step.actor) == ("A53", "老客户，款在途", cast.director)
    assert services.dispatch_delivery(delivery, actor=cast.warehouse).state == "dispatched"


@pytest.mark.rule("A53")
def test_only_the_director_and_only_with_a_reason(cast: Cast) -> None:
    delivery = drafted(cast, draft(cast))

    for person in (cast.xiaoli, cast.laowang, cast.gm, cast.finance):
        with pytest.raises(PermissionDenied):
            services.authorise_exception(delivery, "急", actor=person)
    with pytest.raises(ValidationError):
        services.authorise_exception(delivery, " ", actor=cast.director)
    assert not DispatchException.objects.exists()


@pytest.mark.rule("A53")
def test_after_the_goods_have_left_it_is_too_late(cast: Cast) -> None:
    with pytest.raises(WrongState, match="已发出"):
        services.authorise_exception(dispatched(cast), "急", actor=cast.director)

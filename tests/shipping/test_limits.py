"""第二道防线（I1、I5、I20、I24、I28）：不经服务直接写库，数据库也不答应。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from orders.services import authorise_over
from reviews.services import void_notice
from shipping import services
from shipping.models import Delivery, DeliveryLine, Return
from tests.cast import Cast, draft
from tests.cast_production import producing
from tests.cast_shipping import day, dispatched, drafted, in_store, line_of, notified, returned
from workflow.guards import Blocked


def force(document: Delivery | Return, state: str, **fields: dt.date) -> None:
    """Write the state as somebody would who does not come through the door."""
    columns = "".join(f", {name} = %s" for name in fields)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {document._meta.db_table} SET state = %s{columns} WHERE id = %s",
            [state, *fields.values(), document.pk],
        )


@pytest.mark.rule("A54")
def test_beyond_what_was_ordered_the_database_says_no(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "2000"))
    delivery = notified(cast, order, amounts=[(1, "1031")])

    with pytest.raises(IntegrityError, match="beyond what was ordered"):
        force(delivery, "dispatched", dispatched_on=day(0))
    authorise_over(line_of(order, 1), Decimal(1), "客户同意多收", actor=cast.director, expires=day(0))
    with pytest.raises(IntegrityError, match="beyond what was ordered"):
        force(delivery, "dispatched", dispatched_on=day(1))
    assert services.dispatch_delivery(delivery, actor=cast.warehouse).state == "dispatched"


@pytest.mark.rule("A56")
def test_more_back_than_out_the_database_says_no(cast: Cast) -> None:
    delivery = dispatched(cast)
    slips = [returned(cast, delivery, "600"), returned(cast, delivery, "600")]
    services.receive_return(slips[0], actor=cast.warehouse)

    with pytest.raises(IntegrityError, match="than was shipped"):
        force(slips[1], "received", received_on=day(0))


@pytest.mark.rule("A22")
def test_nothing_is_dispatched_under_a_void_notice(cast: Cast) -> None:
    delivery = notified(cast)
    notice = delivery.lines_now[0].notice
    assert notice is not None
    void_notice(notice, "客户更改", actor=cast.laowang)

    with pytest.raises(Blocked) as blocked:
        services.dispatch_delivery(delivery, actor=cast.warehouse)
    words = f"通知单 {notice.number} 现在是「作废」，不能照它做；请取消这张送货单，照现行的重开"
    assert ("A22", words) in [(one.rule, one.words) for one in blocked.value.refusals]
    with pytest.raises(IntegrityError, match="no notice in force"):
        force(delivery, "dispatched", dispatched_on=day(0))


@pytest.mark.rule("A54")
def test_the_lines_of_a_notified_delivery_stand(cast: Cast) -> None:
    line = notified(cast).lines_now[0]

    with pytest.raises(IntegrityError, match="stand"), transaction.atomic():
        DeliveryLine.objects.filter(pk=line.pk).update(quantity=1)
    with pytest.raises(IntegrityError, match="stand"), transaction.atomic():
        DeliveryLine.objects.filter(pk=line.pk).delete()
    late = DeliveryLine(**{f.attname: getattr(line, f.attname) for f in line._meta.fields if not f.primary_key})
    late.position = 9
    with pytest.raises(IntegrityError, match="stand"), transaction.atomic():
        late.save()


@pytest.mark.rule("A54")
def test_a_line_belongs_to_the_order_it_names(cast: Cast) -> None:
    one, other = draft(cast), draft(cast)
    line = drafted(cast, one).lines_now[0]

    with pytest.raises(IntegrityError, match="delivery_line_of_its_order"), transaction.atomic():
        DeliveryLine.objects.filter(pk=line.pk).update(order_line=line_of(other, 1))

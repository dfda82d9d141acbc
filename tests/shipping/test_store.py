"""成品库（E7）：检验合格即入库，发货即出库，结存是各笔之和，从不为负。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction

from orders.models import OrderLine
from parties.models import User
from shipping.models import StoreEntry
from shipping.selectors import net_shipped
from tests.cast import Cast, draft
from tests.cast_production import inspected, producing
from tests.cast_shipping import again, dispatched, in_store, line_of, notified
from workflow.guards import Blocked
from workflow.history import AppendOnlyError


def entry(line: OrderLine, by: User, quantity: str, kind: str = "passed") -> StoreEntry:
    return StoreEntry.objects.create(line=line, kind=kind, quantity=Decimal(quantity), source=f"test:{quantity}", by=by)


@pytest.mark.rule("E7")
def test_a_passed_inspection_posts_itself(cast: Cast) -> None:
    order = producing(cast)
    inspection = inspected(cast, order, line_of(order, 1), "700", concession=Decimal(50), report_no="J-1")

    posted = StoreEntry.objects.get()
    assert (posted.kind, posted.quantity, posted.note, posted.by) == ("passed", Decimal(750), "J-1", cast.printing_qc)
    assert posted.source == f"production_inspection:{inspection.pk}:{line_of(order, 1).pk}"


@pytest.mark.rule("E7")
def test_a_corrected_inspection_takes_back_what_is_still_there(cast: Cast) -> None:
    order = producing(cast)
    wrong = inspected(cast, order, line_of(order, 1), "700", report_no="J-1")
    inspected(cast, again(order), line_of(order, 1), "650", corrects=wrong.pk)

    assert net_shipped([line_of(order, 1)])[line_of(order, 1).pk].stored == Decimal(650)


@pytest.mark.rule("E7")
def test_what_has_left_cannot_be_taken_back(cast: Cast) -> None:
    order = producing(cast)
    wrong = inspected(cast, order, line_of(order, 1), "700", report_no="J-1")
    dispatched(cast, again(order), amounts=[(1, "600")])

    with pytest.raises(Blocked, match="要减掉合格 101，成品库只剩 100"):
        inspected(cast, again(order), line_of(order, 1), "599", corrects=wrong.pk)


@pytest.mark.rule("E7")
def test_the_database_refuses_a_negative_store(cast: Cast) -> None:
    line = line_of(draft(cast), 1)
    entry(line, cast.xiaoli, "10")
    entry(line, cast.xiaoli, "-10", "dispatched")

    with pytest.raises(IntegrityError, match="would be negative"), transaction.atomic():
        entry(line, cast.xiaoli, "-0.001", "dispatched")


@pytest.mark.rule("E7")
@pytest.mark.parametrize(("kind", "quantity"), [("dispatched", "1"), ("returned", "-1"), ("passed", "0")])
def test_each_kind_moves_one_way(cast: Cast, kind: str, quantity: str) -> None:
    line = line_of(draft(cast), 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        entry(line, cast.xiaoli, quantity, kind)


@pytest.mark.rule("E7")
@pytest.mark.parametrize("figure", ["NaN", "Infinity"])
def test_what_is_no_figure_does_not_come_in_by_sql_either(cast: Cast, figure: str) -> None:
    entry(line_of(draft(cast), 1), cast.xiaoli, "10")
    copy = (
        "INSERT INTO shipping_storeentry (line_id, kind, quantity, day, source, note, by_id, at)"
        " SELECT line_id, kind, %s, day, 'copy', note, by_id, at FROM shipping_storeentry"
    )

    with pytest.raises((IntegrityError, DataError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy, [figure])


@pytest.mark.rule("E7")
def test_an_entry_stands_for_ever(cast: Cast) -> None:
    posted = entry(line_of(draft(cast), 1), cast.xiaoli, "10")

    with pytest.raises(AppendOnlyError):
        posted.delete()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        StoreEntry._base_manager.filter(pk=posted.pk)._raw_delete(using="default")


@pytest.mark.rule("E7")
def test_the_same_source_is_posted_once(cast: Cast) -> None:
    line = line_of(in_store(cast, producing(cast), (1, "10")), 1)
    entry(line, cast.xiaoli, "5")

    with pytest.raises(IntegrityError), transaction.atomic():
        entry(line, cast.xiaoli, "5")
    assert notified(cast, again(line.order), amounts=[(1, "15")]).state == "notified"

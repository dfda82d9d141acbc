"""巡查与检验只加不改，由代码、触发器与数据库权限三层守住（I9、I28）。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from production.models import Inspection, Milestone, Visit, VisitLine
from tests.cast import Cast
from tests.cast_production import inspected, producing, visited
from workflow.history import AppendOnlyError


@pytest.mark.rule("A6.4a")
def test_rows_refuse_to_be_rewritten(cast: Cast) -> None:
    order = producing(cast)
    visit = visited(cast, order)
    inspection = inspected(cast, order, order.lines_now[0])

    for row in (visit, visit.lines.first(), inspection, Milestone.objects.first()):
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(AppendOnlyError):
            row.delete()
        with pytest.raises(AppendOnlyError):
            type(row).objects.all().delete()


@pytest.mark.rule("A6.4a")
@pytest.mark.parametrize("model", [Visit, VisitLine, Inspection, Milestone])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_web_role_may_not_either(cast: Cast, model: type, statement: str) -> None:
    visited(cast, producing(cast))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table))  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_a_figure_belongs_to_a_line_of_its_own_order() -> None:
    cast = Cast()
    order, other = producing(cast), producing(cast)
    visit = visited(cast, order)

    with pytest.raises(DatabaseError, match="of_its_order"):
        VisitLine.objects.create(visit=visit, order=order, line=other.lines_now[0], done_quantity=Decimal(1))


@pytest.mark.rule("A51")
@pytest.mark.parametrize("accepted", ["NaN", "Infinity", "-1"])
def test_no_figure_that_is_none(cast: Cast, accepted: str) -> None:
    order = producing(cast)
    columns = "order_id, line_id, notice_id, accepted, concession, rework, rejected, report_no, note, by_id, at"
    row = inspected(cast, order, order.lines_now[0])

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO production_inspection ({columns}, recorded_at)"
            " VALUES (%s, %s, %s, %s, 0, 0, 0, '', '', %s, now(), now())",
            [order.pk, row.line_id, row.notice_id, accepted, cast.printing_qc.pk],
        )

"""更改：起草、改草稿、提交（第二十二条）。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from orders.services import LineChange
from parties.models import Department
from reviews import services
from reviews.guards import order_is_as_it_was, something_changes
from reviews.models import ChangeRequest, Notice
from tests.cast import Cast, accepted
from tests.cast_changes import change_input, fresh, more, requested, submitted
from tests.cast_production import producing
from tests.cast_reviews import day, issued
from tests.cast_shipping import again, in_store
from tests.cast_shipping import dispatched as sent
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]
PRINTING = ["engineering", "material_control", "printing_manufacturing", "printing_quality"]


def test_a_draft_keeps_the_old_values_beside_the_new(cast: Cast) -> None:
    order = producing(cast)
    change = requested(cast, order, more(order, unit_price=Decimal("12.50"), requested_date=day(25)))

    (line,) = change.lines_now
    assert (change.state, change.number, change.order_version) == ("draft", f"G-{change.pk:06d}", 1)
    assert (line.quantity, line.was_quantity, line.unit_price) == (Decimal(1200), Decimal(1000), None)
    assert (line.requested_date, line.was_requested_date) == (day(25), day(20))
    assert again(order).version == 1


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({"quantity": Decimal(900)}, PRINTING),
        ({"requested_date": day(30)}, PRINTING),
        ({"specification": "A5"}, PRINTING),
        ({"close": True}, PRINTING[1:3]),
        ({"unit_price": Decimal(9)}, []),
    ],
)
def test_the_departments_concerned_follow_from_what_changes(cast: Cast, values: dict[str, Any], asked: Any) -> None:
    order = producing(cast)
    change = requested(cast, order, LineChange(order.lines_now[0].pk, **values))

    assert [each.code for each in change.departments.order_by("pk")] == asked


def test_the_coordinator_may_name_them(cast: Cast) -> None:
    chosen = [Department.objects.get(code="printing_quality")]

    assert list(requested(cast, departments=chosen).departments.all()) == chosen
    with pytest.raises(ValidationError, match="不参加"):
        requested(cast, departments=[Department.objects.get(code="paper_quality")])


def test_nothing_new_is_nothing_to_change(cast: Cast) -> None:
    order = producing(cast)
    same = LineChange(order.lines_now[0].pk, quantity=Decimal("1000.000"), unit_price=Decimal("12.5"))

    with pytest.raises(ValidationError, match="还没有写要改什么"):
        requested(cast, order, same)
    assert not ChangeRequest.objects.exists()


def test_only_one_is_open_at_a_time(cast: Cast) -> None:
    change = requested(cast)

    with pytest.raises(WrongState, match=rf"已有更改申请 {change.number} 没有结果"):
        requested(cast, change.order)
    services.withdraw_change(change, actor=cast.xiaoli)
    assert requested(cast, change.order).state == "draft"


def test_somebody_else_s_order_is_not_changed(cast: Cast) -> None:
    order = producing(cast)

    for stranger in (cast.xiaochen, cast.gm, cast.printing_mfg, cast.sales):
        with pytest.raises(PermissionDenied):
            services.request_change(order, change_input(order), actor=stranger)
    assert not ChangeRequest.objects.exists()


def test_before_the_notice_is_issued_there_is_nothing_to_change(cast: Cast) -> None:
    order = accepted(cast)
    with pytest.raises(WrongState, match="不能走更改程序"):
        services.request_change(order, change_input(order), actor=cast.xiaoli)

    order = issued(cast)
    services.void_notice(Notice.objects.get(order=order), "误发", actor=cast.laowang)
    with pytest.raises(Blocked, match="没有现行的业务通知单"):
        services.request_change(order, change_input(order), actor=cast.xiaoli)


def test_submitting_takes_the_number_and_fixes_the_lines(cast: Cast) -> None:
    change = submitted(cast)

    assert (change.state, change.number[:5]) == ("submitted", "GG26-")
    with pytest.raises(WrongState, match="不能再改"):
        services.edit_change(change, change_input(change.order), actor=cast.xiaoli)
    with (
        pytest.raises(IntegrityError, match="lines of change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE reviews_changeline SET quantity = 9 WHERE request_id = %s", [change.pk])


def test_a_draft_may_be_rewritten(cast: Cast) -> None:
    change = requested(cast)
    order = again(change.order)

    change = services.edit_change(change, change_input(order, more(order, "700", 2)), actor=cast.xiaoli)

    assert [(line.line_id, line.quantity) for line in fresh(change).lines_now] == [
        (order.lines_now[1].pk, Decimal(700))
    ]


def test_less_than_shipped_is_not_submitted_and_leaves_no_trace(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1000"))
    sent(cast, order, amounts=[(1, "700")])
    change = requested(cast, order, more(order, "600"))
    before = TransitionLog.objects.count()

    with pytest.raises(Blocked, match="已净发 700 本，数量不能再少"):
        services.submit_change(change, actor=cast.xiaoli)
    with pytest.raises(PermissionDenied):
        services.submit_change(change, actor=cast.xiaochen)
    assert (fresh(change).state, TransitionLog.objects.count()) == ("draft", before)


def test_a_request_written_for_an_older_version_is_written_anew(cast: Cast) -> None:
    change = requested(cast)
    assert order_is_as_it_was.refusals(fresh(change)) == ()

    behind = fresh(change)
    behind.order.version += 1
    (refusal,) = order_is_as_it_was.refusals(behind)
    assert (refusal.rule, refusal.words) == ("A22", "业务单在写这份申请以后变过，请撤回重写")


def test_a_request_that_changes_nothing_is_not_submitted(cast: Cast) -> None:
    change = requested(cast)
    assert something_changes.refusals(fresh(change)) == ()

    empty = fresh(change)
    empty.__dict__["lines_now"] = []
    (refusal,) = something_changes.refusals(empty)
    assert (refusal.rule, refusal.words) == ("A22", "还没有写要改什么")

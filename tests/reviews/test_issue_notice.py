"""发放（第六条）：按份发到各部门，订单下达；制造部签收以前不能投产。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from orders import services as order_services
from orders.events import MayStartProduction
from orders.models import BusinessKind, Order, State
from reviews import services
from reviews.events import NoticeIssued
from reviews.models import Notice, NoticeCopy
from reviews.selectors import planned_dates
from tests.cast import Cast, line_input
from tests.cast_reviews import copy_of, day, drafted, issued, issued_notice, signed_notice
from workflow.events import REACTIONS, ask
from workflow.guards import Blocked, WrongState


@pytest.mark.rule("A6.3b")
def test_numbered_copies_go_to_the_kinds_departments(cast: Cast) -> None:
    notice = issued_notice(cast)

    assert (notice.state, notice.issued_by, notice.order.state) == ("issued", cast.xiaoli, State.ISSUED)
    copies = notice.copies.order_by("number").values_list("number", "department__code", "state")
    assert list(copies) == [
        (1, "engineering", "handed"),
        (2, "material_control", "handed"),
        (3, "printing_manufacturing", "handed"),
        (4, "printing_quality", "handed"),
    ]


@pytest.mark.rule("A6.3b")
def test_a_department_that_only_gets_a_copy_sees_the_order(cast: Cast) -> None:
    kind = BusinessKind.objects.get(code="printing")
    BusinessKind.objects.filter(pk=kind.pk).update(copies=[*kind.copies, "planning"])

    notice = issued_notice(cast)

    assert Order.objects.visible_to(cast.planning).get() == notice.order
    assert Notice.objects.visible_to(cast.planning).get() == notice


@pytest.mark.rule("A21")
def test_it_is_announced_with_what_it_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[NoticeIssued] = []
    monkeypatch.setitem(REACTIONS, NoticeIssued, [*REACTIONS[NoticeIssued], heard.append])

    notice = issued_notice(cast)

    assert heard == [NoticeIssued(notice.pk, notice.order_id, notice.number, cast.xiaoli)]
    dates = [(row.code, row.planned_date) for row in planned_dates(notice.order)]
    assert dates[2] == ("printing_manufacturing", day(12))


@pytest.mark.rule("A6.3a")
def test_unsigned_nothing_is_issued(cast: Cast) -> None:
    with pytest.raises(WrongState, match="待签发"):
        services.issue_notice(drafted(cast), actor=cast.xiaoli)
    assert not NoticeCopy.objects.exists()


@pytest.mark.rule("A3")
@pytest.mark.parametrize("who", ["xiaochen", "gm_delegate", "engineering"])
def test_a_stranger_may_not(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        services.issue_notice(signed_notice(cast), actor=getattr(cast, who))


@pytest.mark.rule("A6.3b")
def test_it_is_issued_once(cast: Cast) -> None:
    with pytest.raises(WrongState, match="现行"):
        services.issue_notice(issued_notice(cast), actor=cast.xiaoli)


@pytest.mark.rule("A20.6")
def test_a_reopened_order_is_not_issued_on_the_old_notice(cast: Cast) -> None:
    notice = signed_notice(cast)
    order_services.reopen_review(notice.order, "客户又改", actor=cast.laowang)

    with pytest.raises(Blocked, match="待签发"):
        services.issue_notice(notice, actor=cast.xiaoli)


@pytest.mark.rule("A6.3b")
def test_production_waits_for_manufacturings_receipt(cast: Cast) -> None:
    notice = issued_notice(cast)
    with pytest.raises(Blocked, match=f"印刷制造部还没有签收业务通知单 {notice.number}"):
        order_services.start_production(notice.order, actor=cast.xiaoli)

    services.acknowledge_copy(copy_of(notice, "printing_manufacturing"), actor=cast.printing_mfg)

    assert order_services.start_production(notice.order, actor=cast.xiaoli).state == State.PRODUCING


@pytest.mark.rule("A6.4e")
def test_both_manufacturing_departments_of_a_mixed_order_must_sign(cast: Cast) -> None:
    paper = BusinessKind.objects.get(code="paper")
    lines = [line_input(), line_input("P006", "300", "16.80", business_kind=paper)]

    order = issued(cast, acknowledged=False, lines=lines)

    words = [refusal.words for refusal in ask(MayStartProduction(order)) if refusal.rule == "A6.3b"]
    assert [sentence.partition("还")[0] for sentence in words] == ["印刷制造部", "纸品制造部"]

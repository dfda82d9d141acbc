"""各份的去向（第六条、第二十二条）：签收、收回、遗失，随时答得出谁手里有哪一份。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders.events import MayComplete
from reviews import services
from reviews.models import Notice
from tests.cast import Cast
from tests.cast_reviews import copy_of, issued_notice
from workflow.events import ask
from workflow.guards import Blocked, WrongState


def voided(cast: Cast) -> Notice:
    return services.void_notice(issued_notice(cast), "客户取消", actor=cast.laowang)


@pytest.mark.rule("A6.3b")
def test_anybody_of_the_department_acknowledges_once(cast: Cast) -> None:
    copy = services.acknowledge_copy(copy_of(issued_notice(cast), "engineering"), actor=cast.engineering2)

    assert (copy.state, copy.acknowledged_by) == ("acknowledged", cast.engineering2)
    with pytest.raises(WrongState, match="已签收"):
        services.acknowledge_copy(copy, actor=cast.engineering)


@pytest.mark.rule("A6.3b")
@pytest.mark.parametrize("who", ["material", "xiaoli", "gm"])
def test_nobody_acknowledges_for_another_department(cast: Cast, who: str) -> None:
    copy = copy_of(issued_notice(cast), "engineering")

    with pytest.raises(PermissionDenied):
        services.acknowledge_copy(copy, actor=getattr(cast, who))
    assert copy_of(copy.notice, "engineering").state == "handed"


@pytest.mark.rule("A22")
def test_a_void_one_is_no_longer_acknowledged_but_returned(cast: Cast) -> None:
    copy = copy_of(voided(cast), "engineering")
    with pytest.raises(Blocked, match="已经作废"):
        services.acknowledge_copy(copy, actor=cast.engineering)

    copy = services.return_copy(copy, actor=cast.xiaoli)

    assert (copy.state, copy.returned_by) == ("returned", cast.xiaoli)


@pytest.mark.rule("A22")
def test_one_in_force_stays_where_it_is(cast: Cast) -> None:
    with pytest.raises(Blocked, match="还有效"):
        services.return_copy(copy_of(issued_notice(cast), "engineering"), actor=cast.engineering)


@pytest.mark.rule("A22")
def test_another_department_cannot_return_it(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.return_copy(copy_of(voided(cast), "engineering"), actor=cast.material)


@pytest.mark.rule("A22")
def test_the_order_is_not_archived_before_all_void_copies_are_back(cast: Cast) -> None:
    notice = voided(cast)
    for code in ("engineering", "material_control", "printing_manufacturing"):
        services.return_copy(copy_of(notice, code), actor=cast.xiaoli)

    words = [refusal.words for refusal in ask(MayComplete(notice.order)) if refusal.rule == "A22"]
    assert words == [f"印刷品质部手里作废的通知单 {notice.number} 第 4 份还没有收回"]


@pytest.mark.rule("A6.3b")
def test_a_loss_is_reported_with_its_reason_and_approved_by_the_supervisor(cast: Cast) -> None:
    copy = copy_of(issued_notice(cast), "engineering")
    with pytest.raises(Blocked, match="还没有人报告遗失"):
        services.approve_lost(copy, actor=cast.laowang)

    copy = services.report_lost(copy, "搬办公室时丢了", actor=cast.engineering)
    assert (copy.state, copy.lost_by) == ("handed", cast.engineering)
    copy = services.approve_lost(copy, actor=cast.laowang)

    assert (copy.state, copy.lost_reason, copy.lost_approved_by) == ("lost", "搬办公室时丢了", cast.laowang)


@pytest.mark.rule("A6.3b")
def test_the_holder_does_not_approve_the_own_loss(cast: Cast) -> None:
    copy = services.report_lost(copy_of(issued_notice(cast), "engineering"), "丢了", actor=cast.engineering)

    with pytest.raises(PermissionDenied):
        services.approve_lost(copy, actor=cast.engineering)


@pytest.mark.rule("A6.3b")
def test_the_supervisor_reports_and_approves_at_once(cast: Cast) -> None:
    copy = services.report_lost(copy_of(issued_notice(cast), "engineering"), "技术中心失窃", actor=cast.laowang)

    assert copy.state == "lost"


@pytest.mark.rule("A6.3b")
def test_a_loss_without_reason_or_by_a_stranger_is_refused(cast: Cast) -> None:
    copy = copy_of(issued_notice(cast), "engineering")

    with pytest.raises(ValidationError, match="怎样遗失"):
        services.report_lost(copy, " ", actor=cast.engineering)
    with pytest.raises(PermissionDenied):
        services.report_lost(copy, "看到丢了", actor=cast.material)
    with pytest.raises(WrongState):
        services.report_lost(services.report_lost(copy, "丢", actor=cast.laowang), "又丢", actor=cast.engineering)

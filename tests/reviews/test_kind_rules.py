"""种类在评审里的规矩：计划部门组织（A16），答没有能力就不能接、先评审再合同（E3）。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from orders.services import make_contract
from papers.models import Paper
from reviews import points
from reviews.services import conclude, open_round
from tests.cast import Cast, accepted
from tests.cast_kinds import changed_kind
from tests.cast_reviews import agreed, day, reviewing, signed, signed_notice
from tests.pages import browser, words
from workflow.guards import Blocked

INCAPABLE = {**dict.fromkeys(points.CODES, True), "capable": False}


@pytest.mark.rule("A16")
def test_the_kinds_department_organises(cast: Cast) -> None:
    changed_kind(cast, organiser="planning")
    order = accepted(cast)
    page = browser(cast.planning).get(f"/orders/{order.number}/reviews/new/")
    assert (page.status_code, "组织评审" in words(page)) == (200, True)
    assert open_round(order, "distributed", actor=cast.planning, reason="常规").opened_by == cast.planning


@pytest.mark.rule("A16")
def test_without_it_planning_does_not(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        open_round(accepted(cast), "distributed", actor=cast.planning)


@pytest.mark.rule("E3")
@pytest.mark.parametrize("outcome", ["pass", "negotiate"])
def test_who_is_not_capable_leads_to_reject(cast: Cast, outcome: str) -> None:
    changed_kind(cast, reject_incapable=True)
    review = signed(cast, reviewing(cast), points=INCAPABLE)
    with pytest.raises(Blocked, match="没有能力满足，结论只能是不能接") as refused:
        conclude(review, outcome, actor=cast.laowang, delivery_date=day(18))
    assert {one.rule for one in refused.value.refusals} == {"E3"}
    assert conclude(review, "reject", actor=cast.laowang, note="做不了").order.state == "rejected"


@pytest.mark.rule("E3")
def test_elsewhere_it_may_be_negotiated(cast: Cast) -> None:
    review = signed(cast, reviewing(cast), points=INCAPABLE)
    assert conclude(review, "negotiate", actor=cast.laowang).order.state == "negotiating"


@pytest.mark.rule("E3")
def test_the_review_comes_before_the_contract(cast: Cast) -> None:
    changed_kind(cast, review_before_contract=True)
    with pytest.raises(Blocked, match="先评审通过"):
        make_contract(accepted(cast), actor=cast.xiaoli)
    assert make_contract(agreed(cast), actor=cast.xiaoli).state == "made"


@pytest.mark.rule("A5", "A17")
def test_the_review_form_asks_what_the_kind_says(cast: Cast) -> None:
    changed_kind(cast, aspects={"engineering": "打样、配方与色牢度"})
    notice = signed_notice(cast)
    paper = Paper.objects.get(kind="review", about=notice.about)
    found = {row["department"]: row["aspect"] for row in paper.content["answers"]}
    assert (found["技术中心"], found["物控部"]) == ("打样、配方与色牢度", "物料、供应时间")

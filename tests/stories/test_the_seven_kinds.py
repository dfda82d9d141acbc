"""七个随产品带的种类，各启用、登记、提交、审核、评审到待签发（A5、A16、C6、C8、E3）：缺的部门有了，什么都不缺。"""

from __future__ import annotations

import pytest

from config.first_run.defaults import KINDS
from orders import services
from orders.guards import missing_details
from orders.kind_start import StartSheet
from orders.kind_words import ORDER_DETAILS
from orders.kinds import content_of
from orders.models import BusinessKind, Order
from orders.services import DepartmentInput, create_order, edit_kind, start_kind, submit_order
from parties.models import Department, User
from reviews import points
from reviews import services as reviews
from reviews.models import Answer
from tests.cast import Cast, line_input, order_input
from tests.cast_kinds import kind
from tests.cast_reviews import answer_input, day
from workflow.guards import Blocked

CELLS = [{"colour": "藏青", "size": "L", "quantity": "600"}, {"colour": "藏青", "size": "XL", "quantity": "400"}]
FUNCTIONS = {"manufacturing": "制造部", "quality": "品质部"}


def started(cast: Cast, code: str) -> BusinessKind:
    """The kind in use: what is missing is opened, with somebody who heads it."""
    one = kind(code)
    if one.active:
        one = edit_kind(one, content_of(one), active=False, expected=one.version, actor=cast.laowang)
    sheet = StartSheet.of(one, cast.admin)
    parts = [_opened(part.code) for part, _form in sheet.missing]
    return start_kind(one, parts, expected=one.version, actor=cast.admin)


def _opened(code: str) -> DepartmentInput:
    head = User.objects.create(username=f"head-{code}", name=f"{FUNCTIONS[code]}长", role="department")
    return DepartmentInput(code, name=FUNCTIONS[code], function=code, head=head)


def order_of(cast: Cast, one: BusinessKind) -> Order:
    """An order with everything that the kind requires, and nothing more."""
    rules = one.rules
    wanted = {key: f"{key} 按约定" for key in ORDER_DETAILS if key in rules.required_order}
    line = {key: "按样" for key in rules.required_line if key != "specification"}
    cells = CELLS if rules.turned_on("breakdown") else []
    lines = [line_input(specification="按图 A-1", breakdown=cells, **line)]
    given = order_input(business_kind=one, requirements=wanted, lines=lines, requested_date=day(60))
    return create_order(given, actor=cast.xiaoli)


@pytest.mark.rule("A5", "A16", "A6.1d", "C6", "C8", "E3")
@pytest.mark.parametrize("code", KINDS)
def test_each_kind_is_started_and_its_order_goes_through_review(cast: Cast, code: str) -> None:
    one = started(cast, code)
    assert (one.active, StartSheet.of(one, cast.laowang).missing, StartSheet.of(one, cast.laowang).headless) == (
        True, [], [],
    )  # fmt: skip
    order = submit_order(order_of(cast, one), actor=cast.xiaoli)
    assert (order.state, list(missing_details(order))) == ("submitted", [])
    order = services.accept_order(order, actor=cast.laowang)
    review = reviews.open_round(order, "distributed", actor=cast.laowang, reason="第一张")
    asked = [answer.department.code for answer in review.answers_now]
    assert sorted(asked) == sorted(one.departments)
    for answer in Answer.objects.filter(round=review).select_related("round__order", "department__head"):
        given = answer_input(points=dict.fromkeys(points.codes_of(review), True))
        reviews.sign_answer(answer, given, actor=answer.department.head)
    done = reviews.conclude(review, "pass", actor=cast.laowang, delivery_date=day(55))
    assert done.order.state == "agreed"


@pytest.mark.rule("A5", "A6.1d")
@pytest.mark.parametrize("code", KINDS)
def test_without_its_required_details_no_order_of_it_is_submitted(cast: Cast, code: str) -> None:
    one = started(cast, code)
    order = create_order(order_input(business_kind=one, requirements={}, requested_date=day(60)), actor=cast.xiaoli)
    with pytest.raises(Blocked) as refused:
        submit_order(order, actor=cast.xiaoli)
    said = [refusal.words for refusal in refused.value.refusals]
    assert sum("必填" in words for words in said) == len(one.required_order)


@pytest.mark.rule("A16")
def test_a_shipped_company_can_answer_every_part_that_has_a_head(cast: Cast) -> None:
    reviewing = {code for one in BusinessKind.objects.all() for code in one.departments}
    there = Department.objects.filter(code__in=reviewing).select_related("head__department")
    assert [one.code for one in there if one.head is None or not one.head.may("reviews.answer")] == []

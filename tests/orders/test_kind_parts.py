"""一张单里有印刷和纸品两部分（A6.4e）：评审、通知单发放、接口都是两边部门的并集；别的种类不掺进来。"""

from __future__ import annotations

import pytest

from orders.models import Order
from reviews.services import issue_notice
from tests.caller import Caller, order_body
from tests.cast import Cast, line_input
from tests.cast_kinds import changed_kind, kind
from tests.cast_reviews import reviewing, signed_notice

BOTH = {
    "engineering", "material_control", "printing_manufacturing", "printing_quality", "paper_manufacturing",
    "paper_quality",
}  # fmt: skip


def parts() -> list[object]:
    """A printed line and one of the paper kind."""
    return [line_input(), line_input("P006", "300", "16.80", business_kind=kind("paper"))]


@pytest.mark.rule("A6.4e", "A16")
def test_both_centres_review_it(cast: Cast) -> None:
    review = reviewing(cast, lines=parts())
    assert set(review.answers.values_list("department__code", flat=True)) == BOTH


@pytest.mark.rule("A6.4e", "A6.3b")
def test_both_centres_hold_a_copy(cast: Cast) -> None:
    notice = issue_notice(signed_notice(cast, lines=parts()), actor=cast.xiaoli)
    assert set(notice.copies.values_list("department__code", flat=True)) == BOTH
    assert notice.content["business_kind"] == "印刷类 + 纸品类"


@pytest.mark.rule("A6.4e", "A5")
def test_what_is_added_to_the_kind_later_does_not_come_along(cast: Cast) -> None:
    review = reviewing(cast, lines=parts())
    changed_kind(cast, "paper", copies=[*kind("paper").copies, "planning"])
    order = Order.objects.get(pk=review.order_id)
    assert {code for one in order.kinds for code in one.copies} == BOTH


@pytest.mark.rule("A6.4e")
def test_the_api_says_whose_part_a_line_is(cast: Cast) -> None:
    body = order_body()
    body["lines"][1] = {**body["lines"][1], "business_kind": "paper"}
    made = Caller(cast.xiaoli).post("orders/", body).json()
    assert (made["business_kind"], [line["business_kind"] for line in made["lines"]]) == ("printing", [None, "paper"])
    order = Order.objects.get()
    assert {code for one in order.kinds for code in one.departments} == BOTH


@pytest.mark.rule("A5")
def test_the_api_lists_the_kinds_in_use_with_their_version(cast: Cast) -> None:
    changed_kind(cast, buffer_days=2)
    rows = sorted(Caller(cast.erp).get("business-kinds/").json()["results"], key=lambda row: -row["version"])
    assert [(row["code"], row["version"]) for row in rows] == [("printing", 2), ("paper", 1)]
    assert (rows[0]["options"]["buffer_days"], rows[0]["required_order"]) == (2, ["standard", "packing"])
    assert rows[0]["tolerances"] == {"over_percent": "3.00", "under_percent": "2.00"}

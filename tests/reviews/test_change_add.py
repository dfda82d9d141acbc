"""更改里新增的行（第二十二条）：可以另属一个种类（A6.4e），要求写全了才提交，与业务单提交时一样（A6.1d）。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orders.models import BusinessKind, Order
from orders.services import LineChange, LineInput
from reviews import services
from reviews.models import ChangeRequest
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_changes import effective, fresh, requested, submitted
from tests.cast_kinds import changed_kind
from tests.cast_production import producing
from tests.cast_shipping import again
from tests.pages import words
from tests.reviews.browsing import browser
from workflow.guards import Blocked

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]
PAPER = {"paper_manufacturing", "paper_quality"}


def added(**more: Any) -> LineChange:
    """加一行纸品：礼盒 200 个。"""
    given: dict[str, Any] = {
        "quantity": Decimal(200), "unit": "个", "unit_price": Decimal(8), "product_name": "礼盒",
        "specification": "200×100×60 mm", "business_kind": BusinessKind.objects.get(code="paper"),
    }  # fmt: skip
    return LineChange(add=LineInput(**(given | more)))


@pytest.mark.rule("A6.4e")
def test_a_line_of_another_kind_asks_its_departments_and_joins_the_order(cast: Cast) -> None:
    order = producing(cast)
    change = requested(cast, order, added())
    assert set(change.departments.values_list("code", flat=True)) >= PAPER

    services.withdraw_change(change, actor=cast.xiaoli)
    notice = effective(cast, again(order), added())

    line = again(order).lines_now[-1]
    assert (line.kind.code, line.product_name, line.quantity) == ("paper", "礼盒", Decimal(200))
    assert {kind.code for kind in Order.objects.get(pk=order.pk).kinds} == {"printing", "paper"}
    assert {copy["code"] for copy in notice.content["copies"]} >= PAPER
    items = {row["item"]: (row["old"], row["new"]) for row in notice.content["change"]["differences"]}
    assert items["业务种类"] == ("印刷类", "印刷类 + 纸品类")
    assert items["新增一行"][1].startswith("礼盒 200 个")


@pytest.mark.rule("A6.1d")
def test_what_the_kind_requires_of_a_line_is_there_before_it_is_submitted(cast: Cast) -> None:
    changed_kind(cast, "paper", required_line=["specification", "material"])
    change = requested(cast, producing(cast), added(specification=""))

    with pytest.raises(Blocked) as refused:
        services.submit_change(change, actor=cast.xiaoli)
    assert [(one.words, one.rule) for one in refused.value.refusals] == [
        ("第 3 行「礼盒」没有规格", "A6.1d"), ("第 3 行「礼盒」没有材料", "A6.1d"),
    ]  # fmt: skip
    assert fresh(change).state == "draft"
    seen = words(browser(cast.xiaoli).get(f"/changes/{change.pk}/"))
    assert "第 3 行「礼盒」没有材料" in seen


@pytest.mark.rule("A6.1d")
def test_what_the_new_kind_requires_of_the_order_may_stand_on_the_line(cast: Cast) -> None:
    changed_kind(cast, "paper", required_order=["packing", "sample"])
    order = producing(cast)
    with pytest.raises(Blocked, match="第 3 行「礼盒」没有样品"):
        submitted(cast, order, added())
    services.withdraw_change(ChangeRequest.objects.get(), actor=cast.xiaoli)

    assert submitted(cast, order, added(requirements={"sample": "按签样"})).state == "submitted"


@pytest.mark.rule("C6")
def test_a_kind_made_by_colour_and_size_wants_the_cells(cast: Cast) -> None:
    changed_kind(cast, "paper", breakdown=True)
    order = producing(cast)
    with pytest.raises(Blocked, match="还没有分颜色、尺码"):
        submitted(cast, order, added())


def test_a_line_that_is_changed_keeps_what_its_kind_requires(cast: Cast) -> None:
    order = producing(cast)
    with pytest.raises(Blocked, match="没有规格"):
        submitted(cast, order, LineChange(order.lines_now[0].pk, specification=""))


@pytest.mark.rule("A6.4e")
def test_the_kind_s_version_is_that_of_the_request(cast: Cast) -> None:
    change = requested(cast, producing(cast), added())
    was = BusinessKind.objects.get(code="paper").current_version()

    changed_kind(cast, "paper", over_percent="9.00")

    assert change.lines_now[0].kind_version == was
    assert fresh(change).changed_order.lines_now[-1].kind_version_id == was.pk


@pytest.mark.rule("A6.1d")
def test_the_form_takes_kind_make_and_requirements_and_shows_them(cast: Cast) -> None:
    order, page = producing(cast), browser(cast.xiaoli)
    form = {
        "reason": "加礼盒", "add-0-product_name": "礼盒", "add-0-unit": "个", "add-0-quantity": "200",
        "add-0-unit_price": "8", "add-0-specification": "200×100", "add-0-business_kind": "paper",
        "add-0-material": "双灰板 2 mm", "add-0-packing": "50 个/箱", "add-0-breakdown": "红，，120\n蓝，，80",
    }  # fmt: skip

    seen = words(page.post(f"/orders/{order.number}/changes/new/", form, follow=True))

    for said in ("业务种类 — 纸品", "材料 — 双灰板 2 mm", "包装要求 — 50 个/箱", "颜色尺码 — 红 120、蓝 80"):
        assert said in seen
    change = ChangeRequest.objects.get()
    again_page = page.get(f"/changes/{change.pk}/edit/").content.decode()
    assert "双灰板 2 mm" in again_page
    assert "红，，120" in again_page


@pytest.mark.rule("A6.4e")
def test_the_api_takes_them_and_names_a_kind_it_does_not_know(cast: Cast) -> None:
    order, li = producing(cast), Caller(cast.xiaoli)
    line = {
        "product_name": "礼盒", "unit": "个", "quantity": "200", "unit_price": "8", "business_kind": "paper",
        "material": "双灰板", "requirements": {"packing": "50 个/箱"},
    }  # fmt: skip

    wrong = li.post(
        f"orders/{order.number}/changes/", {"reason": "加", "lines": [{"add": line | {"business_kind": "x"}}]}
    )
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "lines.0.business_kind")
    made = li.post(f"orders/{order.number}/changes/", {"reason": "加", "lines": [{"add": line}]}).json()
    (body,) = made["lines"]
    assert (body["business_kind"], body["material"], body["requirements"]) == (
        "paper",
        "双灰板",
        {"packing": "50 个/箱"},
    )

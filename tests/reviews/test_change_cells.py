"""分颜色尺码的行的更改（C6、第二十二条）：给出新的每一格，合计就是新的数量，页面、通知单、接口都看得到不同。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from orders.models import Order
from orders.services import LineChange
from reviews import services
from reviews.models import ChangeRequest, Notice
from tests.caller import Caller
from tests.cast import Cast, line_input
from tests.cast_changes import effective, fresh, requested, submitted
from tests.cast_kinds import changed_kind
from tests.cast_production import producing
from tests.cast_shipping import again, in_store
from tests.cast_shipping import dispatched as sent
from tests.pages import words
from tests.reviews.browsing import browser
from workflow.guards import Blocked

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22"), pytest.mark.rule("C6")]
RED, BLUE = (
    {"colour": name, "size": size, "quantity": many} for name, size, many in (("红", "M", "600"), ("蓝", "L", "400"))
)
MORE = [RED | {"quantity": "700"}, BLUE, {"colour": "绿", "size": "", "quantity": "100.0"}]


def order_by_cells(cast: Cast) -> Order:
    """红 M 600、蓝 L 400。"""
    return producing(cast, lines=[line_input(breakdown=[RED, BLUE])])


def asked(order: Order, cells: list[dict[str, str]], **more: Any) -> LineChange:
    return LineChange(order.lines_now[0].pk, breakdown=cells, **more)


def test_new_cells_bring_their_sum_as_the_quantity(cast: Cast) -> None:
    order = order_by_cells(cast)
    (line,) = requested(cast, order, asked(order, MORE)).lines_now

    assert (line.quantity, line.was_quantity, line.was_breakdown) == (Decimal(1200), Decimal(1000), [RED, BLUE])
    assert line.breakdown == [*MORE[:2], MORE[2] | {"quantity": "100"}]


def test_another_quantity_wants_new_cells_and_they_add_up(cast: Cast) -> None:
    order = order_by_cells(cast)
    line = order.lines_now[0]

    for change, why in (
        (LineChange(line.pk, quantity=Decimal(1200)), "请写新的每一格"),
        (asked(order, MORE, quantity=Decimal(1300)), "颜色尺码合计 1200，与数量 1300 不符"),
        (asked(order, [RED, RED]), "同一个颜色尺码写了两遍"),
    ):
        with pytest.raises(ValidationError, match=why) as refused:
            requested(cast, order, change)
        assert list(refused.value.message_dict) == ["lines.0.breakdown"]
    assert not ChangeRequest.objects.exists()


def test_a_kind_that_asks_for_cells_keeps_them(cast: Cast) -> None:
    changed_kind(cast, breakdown=True)
    order = order_by_cells(cast)

    with pytest.raises(ValidationError, match="的种类要分颜色尺码，不能都去掉"):
        requested(cast, order, asked(order, []))


def test_the_same_cells_are_no_change(cast: Cast) -> None:
    order = order_by_cells(cast)

    with pytest.raises(ValidationError, match="还没有写要改什么"):
        requested(cast, order, asked(order, [RED | {"quantity": "600.000"}, BLUE]))


def test_not_less_than_shipped(cast: Cast) -> None:
    order = in_store(cast, order_by_cells(cast), (1, "1000"))
    sent(cast, order, amounts=[(1, "700")])
    change = requested(cast, order, asked(again(order), [RED]))

    with pytest.raises(Blocked, match="已净发 700 本，数量不能再少"):
        services.submit_change(change, actor=cast.xiaoli)


def test_it_takes_effect_with_the_notice_that_shows_it(cast: Cast) -> None:
    order = order_by_cells(cast)
    notice = effective(cast, order, asked(order, MORE))

    line = again(order).lines_now[0]
    assert (line.quantity, line.breakdown[0]["quantity"]) == (Decimal(1200), "700")
    marks = {row["item"]: (row["old"], row["new"]) for row in notice.content["change"]["differences"]}
    assert marks["颜色尺码"] == ("红 M 600、蓝 L 400", "红 M 700、蓝 L 400、绿 100")
    assert marks["数量"] == ("1,000 本", "1,200 本")
    detail = next(one for one in notice.content["lines"][0]["details"] if one["label"] == "颜色尺码")
    assert detail["was"]["old"] == "红 M 600、蓝 L 400"
    paper = Notice.objects.get(pk=notice.pk)
    assert "红 M 700" in words(browser(cast.gm).get(f"/notices/{paper.number}/"))


def test_the_form_takes_cells_typed_or_pasted(cast: Cast) -> None:
    order = order_by_cells(cast)
    pk, page = order.lines_now[0].pk, browser(cast.xiaoli)
    path = f"/orders/{order.number}/changes/new/"
    assert "红，M，600" in page.get(path).content.decode()
    form = {"reason": "加单", f"line-{pk}-quantity": "1000"}

    wrong = page.post(path, form | {f"line-{pk}-breakdown": "红 M 多"})
    assert (wrong.status_code, "第 1 格的数量请填数字" in words(wrong)) == (400, True)
    mismatch = page.post(path, form | {f"line-{pk}-breakdown": "红，M，1000", f"line-{pk}-quantity": "1200"})
    assert (mismatch.status_code, "与数量 1200 不符" in words(mismatch)) == (400, True)
    done = page.post(path, form | {f"line-{pk}-breakdown": "红\tM\t700\n蓝，L，400\n绿 100"}, follow=True)
    assert "颜色尺码 红 M 600 红 M 700、绿 100，其余 1 格不变" in words(done)
    assert "1,200" in words(done)


def test_the_api_takes_and_shows_them(cast: Cast) -> None:
    order = order_by_cells(cast)
    body = {"reason": "加单", "lines": [{"line": order.lines_now[0].pk, "breakdown": MORE}]}

    made = Caller(cast.xiaoli).post(f"orders/{order.number}/changes/", body)
    assert made.status_code == 201
    (line,) = made.json()["lines"]
    assert (line["quantity"], line["breakdown"][2]["colour"], line["was"]["breakdown"]) == (
        "1200.000", "绿", [RED, BLUE],
    )  # fmt: skip


def test_the_signed_fingerprint_covers_the_cells(cast: Cast) -> None:
    order = order_by_cells(cast)
    change = submitted(cast, order, asked(order, MORE))

    assert fresh(change).content["lines"][0]["breakdown"][0] == MORE[0]

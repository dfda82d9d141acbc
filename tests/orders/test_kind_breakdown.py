"""分颜色、尺码（C6）：合计就是数量，进快照、上页面、上通知单、进接口；没分齐不提交。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders.models import Order
from orders.services import break_down, submit_order
from reviews.papers import notice_content
from reviews.selectors import effective_round
from tests.caller import Caller, order_body
from tests.cast import Cast, accepted, draft, line_input
from tests.cast_kinds import changed_kind
from tests.cast_reviews import agreed
from tests.pages import browser, sheet, words
from workflow.guards import Blocked

CELLS = [
    {"colour": "红", "size": "S", "quantity": "400"},
    {"colour": "红", "size": "M", "quantity": "600"},
]


@pytest.mark.rule("C6")
def test_what_is_broken_down_adds_up_to_the_line(cast: Cast) -> None:
    line = draft(cast).lines_now[0]
    order = break_down(line, CELLS, actor=cast.xiaoli)
    assert order.lines_now[0].breakdown == CELLS
    for wrong in (CELLS[:1], [*CELLS, CELLS[0]], [{**CELLS[0], "colour": "", "size": ""}, CELLS[1]]):
        with pytest.raises(ValidationError):
            break_down(line, wrong, actor=cast.xiaoli)
    with pytest.raises(PermissionDenied):
        break_down(line, CELLS, actor=cast.xiaochen)
    assert Order.objects.get().lines_now[0].breakdown == CELLS


@pytest.mark.rule("C6")
def test_it_is_part_of_what_is_signed(cast: Cast) -> None:
    order = accepted(cast)
    order = break_down(order.lines_now[0], CELLS, actor=cast.xiaoli)
    assert order.version == 2
    assert order.versions.get(version=2).content["lines"][0]["breakdown"] == CELLS


@pytest.mark.rule("C6")
def test_a_kind_that_asks_for_it_waits_for_it(cast: Cast) -> None:
    changed_kind(cast, breakdown=True)
    order = draft(cast, lines=[line_input()])
    with pytest.raises(Blocked, match="还没有分颜色、尺码"):
        submit_order(order, actor=cast.xiaoli)
    break_down(order.lines_now[0], CELLS, actor=cast.xiaoli)
    assert submit_order(order, actor=cast.xiaoli).state == "submitted"


@pytest.mark.rule("C6")
def test_an_edit_keeps_it_and_another_quantity_is_refused(cast: Cast) -> None:
    order = draft(cast, lines=[line_input()])
    order = break_down(order.lines_now[0], CELLS, actor=cast.xiaoli)
    address, line = f"/orders/{order.number}/edit/", str(order.lines_now[0].pk)
    answer = browser(cast.xiaoli).post(address, sheet({"id": line, "quantity": "900"}, revision=str(order.revision)))
    assert (answer.status_code, "颜色尺码合计 1000，与数量 900 不符" in words(answer)) == (400, True)
    assert browser(cast.xiaoli).post(address, sheet({"id": line}, revision=str(order.revision))).status_code == 302
    assert Order.objects.get().lines_now[0].breakdown == CELLS


@pytest.mark.rule("C6")
def test_the_notice_says_it(cast: Cast) -> None:
    lines = [line_input(breakdown=CELLS)]
    order = agreed(cast, lines=lines)
    review = effective_round(order)
    assert review is not None
    content = notice_content(order, review, prepared_by=cast.xiaoli, copies=[])
    assert {"label": "颜色尺码", "text": "红 S 400、红 M 600"} in content["lines"][0]["details"]


@pytest.mark.rule("C6")
def test_the_api_takes_and_gives_it(cast: Cast) -> None:
    caller, body = Caller(cast.xiaoli), order_body()
    body["lines"][0]["breakdown"] = [{**cell, "quantity": Decimal(cell["quantity"]).to_eng_string()} for cell in CELLS]
    made = caller.post("orders/", body)
    assert (made.status_code, made.json()["lines"][0]["breakdown"]) == (201, CELLS)
    body["lines"][0]["breakdown"][0]["quantity"] = "1"
    wrong = caller.post("orders/", body)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "lines.0.quantity")
    body["lines"][0]["breakdown"][0] = {"colour": "红", "quantity": "-1"}
    assert caller.post("orders/", body).status_code == 400
    assert (
        caller.patch(f"orders/{made.json()['number']}/", {"customer_po": "X9"}).json()["lines"][0]["breakdown"] == CELLS
    )

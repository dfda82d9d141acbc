"""更改的页面：一张表格写改什么，先看影响再提交，一步一步到旧单收回（第二十二条）。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from orders.models import Order
from reviews.models import ChangeRequest
from tests.cast import Cast
from tests.cast_changes import effective, requested
from tests.cast_production import producing
from tests.pages import words
from tests.reviews.browsing import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]


def form(order: Order, **changes: str) -> dict[str, str]:
    """The grid as the page shows it, with what somebody changed in it."""
    data = {"reason": "客户追加", "basis": "11-20 更改函"}
    for line in order.lines_now:
        now = {"quantity": line.quantity, "unit_price": line.unit_price, "specification": line.specification}
        data |= {f"line-{line.pk}-{name}": str(value) for name, value in now.items()}
        data[f"line-{line.pk}-requested_date"] = str(line.requested_date)
    return data | changes


def test_only_changed_cells_count(cast: Cast) -> None:
    order, page = producing(cast), browser(cast.xiaoli)
    assert "现 1,000" in words(page.get(f"/orders/{order.number}/changes/new/"))

    given = form(order, **{f"line-{order.lines_now[0].pk}-quantity": "1200"})
    answer = page.post(f"/orders/{order.number}/changes/new/", given)

    change = ChangeRequest.objects.get()
    assert answer["Location"] == f"/changes/{change.pk}/"
    assert [(line.quantity, line.unit_price, line.specification) for line in change.lines_now] == [
        (Decimal(1200), None, None)
    ]


def test_lines_are_added_and_closed_on_the_same_grid(cast: Cast) -> None:
    order, page = producing(cast), browser(cast.xiaoli)
    added = {"add-0-product_name": "P003", "add-0-quantity": "50", "add-0-unit_price": "2", "add-0-unit": "张"}
    given = form(order, **added, **{f"line-{order.lines_now[1].pk}-close": "on"})

    page.post(f"/orders/{order.number}/changes/new/", given)

    close, add = ChangeRequest.objects.get().lines_now
    assert (close.kind, close.line, add.kind, add.product and add.product.code) == (
        "close", order.lines_now[1], "add", "P003",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quantity": "-5"}, "不能是负数"),
        ({"quantity": "1,200"}, "数字里不要逗号"),
        ({"quantity": "0"}, "数量要大于零"),
        ({"requested_date": "2020-01-01"}, "要求交期不能改到今天以前"),
        ({}, "还没有写要改什么"),
    ],
)
def test_what_is_wrong_stands_at_its_cell_and_nothing_typed_is_lost(
    cast: Cast, wrong: dict[str, str], said: str
) -> None:
    order, page = producing(cast), browser(cast.xiaoli)
    cells = {f"line-{order.lines_now[0].pk}-{name}": value for name, value in wrong.items()}

    answer = page.post(f"/orders/{order.number}/changes/new/", form(order, **cells))

    assert (answer.status_code, said in words(answer)) == (400, True)
    assert "客户追加" in answer.content.decode()
    assert not ChangeRequest.objects.exists()


def test_the_whole_order_may_be_cancelled(cast: Cast) -> None:
    order, page = producing(cast), browser(cast.xiaoli)

    page.post(f"/orders/{order.number}/changes/new/", form(order, cancel="on"))

    change = ChangeRequest.objects.get()
    assert (change.cancel, change.lines_now) == (True, [])
    assert "整单取消" in words(page.get(f"/changes/{change.pk}/"))


def test_an_order_that_cannot_be_changed_says_so(cast: Cast) -> None:
    order, ended = requested(cast, cancel=False).order, effective(cast, cancel=True).order
    gone = browser(cast.xiaoli).get(f"/orders/{ended.number}/changes/new/")
    assert (gone.status_code, "现在是「已取消」，不能走更改程序" in words(gone)) == (409, True)

    answer = browser(cast.xiaoli).post(f"/orders/{order.number}/changes/new/", form(order, reason="再改", cancel="on"))

    assert (answer.status_code, "一次只办一份" in words(answer)) == (409, True)


def test_a_draft_is_edited_submitted_and_withdrawn(cast: Cast) -> None:
    change, page = requested(cast), browser(cast.xiaoli)
    base = f"/changes/{change.pk}/"
    assert 'value="1200"' in page.get(f"{base}edit/").content.decode()
    given = form(change.order, **{f"line-{change.order.lines_now[0].pk}-quantity": "1300"})
    page.post(f"{base}edit/", given | {"version": "1"})
    assert ChangeRequest.objects.get().lines_now[0].quantity == Decimal(1300)

    assert page.post(f"{base}edit/", given | {"version": "1"}).status_code == 409
    page.post(f"{base}submit/")
    assert "组织评审" in words(browser(cast.laowang).get(base))
    page.post(f"{base}withdraw/", {"reason": "客户不改了"})
    assert "已撤回" in words(page.get(base))

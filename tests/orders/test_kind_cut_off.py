"""收单时间与提前天数（C3）：时间外来的是插单，看得见、数得出；答应不了的交期不答应。"""

from __future__ import annotations

import datetime as dt

import pytest

from orders.models import Order, Product
from orders.services import agree_as_reviewed, create_order
from reviews import services as reviews
from tests.caller import Caller
from tests.cast import Cast, draft, order_input
from tests.cast_kinds import changed_kind
from tests.cast_production import clock_at
from tests.cast_reviews import day, reviewing, signed
from tests.pages import browser, sheet, words
from workflow import clock
from workflow.guards import Blocked

WOOD = [{"category": "板木", "days": 5}, {"category": "实木", "days": 30}]


@pytest.fixture
def cut_off(cast: Cast) -> None:
    changed_kind(cast, cut_off={"from": "08:30", "to": "16:30"})


@pytest.fixture
def solid_wood(cast: Cast) -> None:
    changed_kind(cast, lead_days=WOOD)
    Product.objects.filter(code="P001").update(category="实木")
    Product.objects.filter(code="P002").update(category="板木")


@pytest.mark.rule("C3")
@pytest.mark.parametrize(
    ("time", "inserted"), [("08:29", True), ("08:30", False), ("16:30", False), ("16:31", True), ("23:00", True)]
)
def test_an_order_from_outside_the_window_is_an_inserted_one(
    cast: Cast, cut_off: None, time: str, inserted: bool
) -> None:
    assert draft(cast, received_at=clock_at(f"2026-01-05 {time}")).inserted is inserted


@pytest.mark.rule("C3")
def test_without_a_window_no_order_is_inserted(cast: Cast) -> None:
    assert not draft(cast, received_at=clock_at("2026-01-05 23:00")).inserted


@pytest.mark.rule("C3")
def test_inserted_orders_are_seen_found_and_counted(cast: Cast, cut_off: None) -> None:
    late = draft(cast, received_at=clock_at("2026-01-05 20:00"))
    draft(cast, received_at=clock_at("2026-01-05 09:00"))
    page = browser(cast.xiaoli).get("/orders/?chip=inserted")
    assert (page.content.decode().count('class="chit risk">插单'), late.number in words(page)) == (1, True)
    assert "插单 1" in words(page)
    assert Caller(cast.xiaoli).get(f"orders/{late.number}/").json()["inserted"] is True


def test_a_company_without_cut_off_sees_no_such_chip(cast: Cast) -> None:
    assert "插单" not in words(browser(cast.xiaoli).get("/orders/"))


@pytest.mark.rule("C3")
def test_a_date_too_early_for_the_category_is_not_promised(cast: Cast, solid_wood: None) -> None:
    review = signed(cast, reviewing(cast, requested_date=day(40)))
    with pytest.raises(Blocked, match="实木要在交期前 30 天下单") as refused:
        reviews.conclude(review, "pass", actor=cast.laowang, delivery_date=day(29))
    assert [(one.article, one.rule) for one in refused.value.refusals] == [("C类 截单", "C3")]
    assert Order.objects.get().state == "reviewing"
    done = reviews.conclude(review, "pass", actor=cast.laowang, delivery_date=day(30))
    assert done.order.promised_date == day(30)


@pytest.mark.rule("C3")
def test_nor_agreed_with_the_customer(cast: Cast, solid_wood: None) -> None:
    review = signed(cast, reviewing(cast), verdict="agree")
    order = reviews.conclude(review, "negotiate", actor=cast.laowang).order
    with pytest.raises(Blocked, match="最早只能答应"):
        agree_as_reviewed(order, "客户同意", actor=cast.laowang, delivery_date=day(20))
    agreed = agree_as_reviewed(order, "客户同意", actor=cast.laowang, delivery_date=day(31))
    assert agreed.promised_date == day(31)


@pytest.mark.rule("C3")
def test_the_form_says_so_while_it_is_filled_in(cast: Cast, solid_wood: None) -> None:
    wanted = clock.today() + dt.timedelta(days=3)
    create_order(order_input(requested_date=wanted), actor=cast.xiaoli)
    answer = browser(cast.xiaoli).post("/orders/new/draft/", sheet(requested_date=str(wanted)))
    assert "实木要在交期前 30 天下单" in words(answer)


@pytest.mark.rule("C3")
def test_a_product_has_its_category_over_the_api(cast: Cast) -> None:
    caller = Caller(cast.xiaoli)
    assert caller.patch("products/P001/", {"category": "实木"}).json()["category"] == "实木"

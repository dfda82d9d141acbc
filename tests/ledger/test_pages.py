"""台账、发票、收款的页面（第六章）：谁看得见，看见什么，表单怎样走到服务。"""

from __future__ import annotations

import pytest

from ledger.balances import balance_of
from ledger.models import Invoice, Payment
from tests.cast import Cast, accepted
from tests.cast_ledger import TOTAL, drafted, invoiced, paid, sent, shipped
from tests.cast_shipping import again
from tests.pages import browser, words


@pytest.mark.rule("A61")
def test_the_ledger_shows_this_month_with_its_sums(cast: Cast) -> None:
    order = shipped(cast)
    invoiced(cast, order, (1, "400"), number="FP26000001")
    page = browser(cast.finance).get("/ledger/")

    said = words(page)
    assert page.status_code == 200
    for piece in (order.number, "瑞禾茶业", "12,500.00", "5,000.00", "9,100.00", "全部", "14,100.00"):
        assert piece in said


@pytest.mark.rule("A3")
def test_each_sees_the_own_orders_and_strangers_nothing(cast: Cast) -> None:
    order = shipped(cast)

    assert order.number in words(browser(cast.xiaoli).get("/ledger/"))
    assert order.number not in words(browser(cast.xiaochen).get("/ledger/"))
    for person in (cast.engineering, cast.warehouse, cast.hr):
        for path in ("/ledger/", "/invoices/", "/payments/"):
            assert browser(person).get(path).status_code == 403


@pytest.mark.parametrize("query", ["x=1", "since=2026-13-01", "since=2026-02-02&until=2026-01-01", "customer=C999"])
def test_an_address_that_cannot_be_read_is_bad_input(cast: Cast, query: str) -> None:
    assert browser(cast.finance).get(f"/ledger/?{query}").status_code == 400


@pytest.mark.rule("A61")
@pytest.mark.parametrize("query", ["chip=uninvoiced", "chip=unpaid", "group=customer", "customer=C001", "who=xiaoli"])
def test_it_is_narrowed_and_grouped(cast: Cast, query: str) -> None:
    order = shipped(cast)
    assert order.number in words(browser(cast.finance).get(f"/ledger/?{query}"))


@pytest.mark.rule("A62")
def test_what_is_invoiced_and_paid_leaves_the_quick_filters(cast: Cast) -> None:
    order = shipped(cast)
    invoiced(cast, order)
    paid(cast, order, TOTAL, order=order)

    for chip in ("uninvoiced", "unpaid"):
        assert order.number not in words(browser(cast.finance).get(f"/ledger/?chip={chip}"))


@pytest.mark.rule("A63")
def test_finance_invoices_by_form(cast: Cast) -> None:
    order = shipped(cast)
    finance = browser(cast.finance)
    form = words(finance.get(f"/invoices/new/?order={order.number}"))
    assert "开出发票 ¥ 14,100.00" in form or "开出发票 ¥14,100.00" in form
    first, second = order.lines.order_by("position")
    data = {"customer": "C001", "number": "FP1", "date": "2026-01-02", "line": [first.pk],
            f"{first.pk}-quantity": "400", f"{second.pk}-quantity": "500"}  # fmt: skip

    assert "5,000.00" in words(finance.post("/invoices/new/reckon/", data))
    assert not Invoice.objects.exists()
    answer = finance.post("/invoices/new/", data | {"issue": ""})

    invoice = Invoice.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/invoices/{invoice.pk}/")
    assert (invoice.state, str(invoice.amount)) == ("issued", "5000.00")
    assert "FP1" in words(finance.get(answer.url))


@pytest.mark.rule("A63")
def test_what_was_typed_wrong_stays_on_the_form(cast: Cast) -> None:
    order = shipped(cast)
    line = order.lines.first()
    assert line is not None
    data = {"customer": "C001", "number": "FP1", "date": "2026-01-02", "line": [line.pk], f"{line.pk}-quantity": "2000"}

    answer = browser(cast.finance).post("/invoices/new/", data | {"issue": ""})

    assert answer.status_code == 400
    assert "最多 1000" in words(answer)
    assert 'value="FP1"' in answer.content.decode()
    assert not Invoice.objects.exists()


@pytest.mark.rule("A63")
def test_an_invoice_is_issued_and_taken_back_from_its_page(cast: Cast) -> None:
    invoice = drafted(cast, shipped(cast))
    finance = browser(cast.finance)

    assert finance.post(f"/invoices/{invoice.pk}/issue/", {"version": "1"}).status_code == 302
    assert "开红字" in words(finance.get(f"/invoices/{invoice.pk}/"))
    line = invoice.lines_now[0].order_line
    data = {"number": "R1", "date": "2026-01-02", "reason": "客户退货", "line": [line.pk], f"{line.pk}-quantity": "10"}
    answer = finance.post(f"/invoices/{invoice.pk}/red/", data)
    red = Invoice.objects.get(red_of=invoice)
    assert (answer.url, str(red.amount), red.state) == (f"/invoices/{red.pk}/", "-125.00", "draft")
    assert finance.get(f"/invoices/{red.pk}/").status_code == 200
    assert browser(cast.xiaoli).post(f"/invoices/{red.pk}/issue/").status_code == 403
    assert browser(cast.xiaochen).get(f"/invoices/{red.pk}/").status_code == 404


@pytest.mark.rule("A63")
def test_a_payment_is_spread_over_the_oldest_invoices(cast: Cast) -> None:
    order = shipped(cast)
    old, new = invoiced(cast, order, (1, "400")), invoiced(cast, order, (2, "500"))
    finance = browser(cast.finance)
    data = {"customer": "C001", "kind": "payment", "date": "2026-01-02", "amount": "5600", "method": "transfer"}

    spread = finance.post("/payments/new/reckon/?spread", data).content.decode()
    assert 'value="5000"' in spread
    assert 'value="600"' in spread
    data |= {f"{old.pk}-amount": "5000", f"{new.pk}-amount": "600", "confirm": ""}
    answer = finance.post("/payments/new/", data)

    payment = Payment.objects.get()
    assert (answer.url, payment.state) == (f"/payments/{payment.pk}/", "confirmed")
    assert balance_of(order).settled == 5600
    assert "5,600.00" in words(finance.get(answer.url))


@pytest.mark.rule("A63")
def test_a_payment_is_allocated_and_reversed_from_its_page(cast: Cast) -> None:
    order = shipped(cast)
    payment = paid(cast, order, "6000")
    invoice = invoiced(cast, order, (1, "400"))
    finance = browser(cast.finance)
    page = f"/payments/{payment.pk}/"

    assert "再分配" in words(finance.get(page))
    assert finance.post(f"{page}allocate/", {f"{invoice.pk}-amount": "5000.01"}).status_code == 400
    assert finance.post(f"{page}allocate/", {f"{invoice.pk}-amount": "5000"}).status_code == 302
    assert finance.post(f"{page}reverse/", {"reason": ""}).status_code == 400
    assert finance.post(f"{page}reverse/", {"reason": "银行退票"}).status_code == 302
    assert "已冲销" in words(finance.get(page))
    assert balance_of(order).received == 0


@pytest.mark.rule("D1")
def test_the_form_of_an_order_offers_its_deposit(cast: Cast) -> None:
    order = accepted(cast, payment_terms="deposit_30")

    page = browser(cast.finance).get(f"/payments/new/?order={order.number}").content.decode()

    assert 'value="4230"' in page
    assert f'value="{order.number}"' in page


@pytest.mark.rule("A63")
def test_an_adjustment_is_proposed_and_decided_on_the_order(cast: Cast) -> None:
    order = shipped(cast)
    line = order.lines.first()
    assert line is not None
    data = {"line": line.pk, "kind": "discount", "direction": "-", "amount": "100", "reason": "色差折让"}
    tab = f"/orders/{order.number}/?tab=ledger"

    answer = browser(cast.finance).post(f"/orders/{order.number}/adjustments/", data)
    assert answer.url == tab
    adjustment = order.adjustments.get()
    assert "批准" in words(browser(cast.director).get(tab))
    assert browser(cast.finance).post(f"/adjustments/{adjustment.pk}/approve/").status_code == 403
    assert browser(cast.director).post(f"/adjustments/{adjustment.pk}/approve/").status_code == 302
    assert balance_of(order).adjusted == -100


@pytest.mark.rule("A62")
def test_the_order_page_shows_its_money(cast: Cast) -> None:
    order = accepted(cast)
    sent(cast, order, (1, "1000"))
    invoiced(cast, again(order), (1, "400"), number="FP9")
    paid(cast, order, "1000", order=order)

    said = words(browser(cast.xiaoli).get(f"/orders/{order.number}/?tab=ledger"))

    for piece in ("台账", "12,500.00", "5,000.00", "7,500.00", "11,500.00", "FP9", "SK-"):
        assert piece in said

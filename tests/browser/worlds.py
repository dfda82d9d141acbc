"""What each chapter shows and to whom: a small world made by the services, and the pages to look at in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from papers.models import Paper
from tests import cast_ledger, cast_outsourcing, cast_production, cast_reviews, cast_shipping
from tests.cast import Cast, accepted, draft, submitted

Look = tuple[str, str]  # who, where
NOBODY = ""
TABS = ("content", "reviews", "notice", "follow", "outsourcing", "shipping", "ledger", "files", "timeline")


def door(cast: Cast) -> Iterator[Look]:
    """登录、我的一天、待办、搜索、口令、没有的页。"""
    submitted(cast)
    yield NOBODY, "/login/"
    for path in ("/", "/duties/", "/search/?q=C001", "/password/", "/orders/GD26-999999/"):
        yield "laowang", path


def orders(cast: Cast) -> Iterator[Look]:
    """列表、表单、业务单的每一页。"""
    cast_outsourcing.processor()
    number = cast_ledger.completed(cast).number
    for path in ("/", "/orders/", "/orders/new/", f"/orders/{draft(cast).number}/edit/"):
        yield "xiaoli", path
    for tab in TABS:
        yield "xiaoli", f"/orders/{number}/?tab={tab}"


def reviews(cast: Cast) -> Iterator[Look]:
    """组织、答复、一轮、通知单、批量签发。"""
    review = cast_reviews.reviewing(cast)
    yield "laowang", f"/orders/{accepted(cast).number}/reviews/new/"
    yield "engineering", f"/reviews/{review.pk}/answers/engineering/"
    yield "laowang", f"/reviews/{cast_reviews.signed(cast).pk}/"
    yield "gm", f"/notices/{cast_reviews.drafted(cast).number}/"
    yield "gm", "/notices/sign/"
    issued = cast_reviews.issued_notice(cast)
    yield "xiaoli", f"/notices/{issued.number}/"
    for path in ("/reviews/", "/notices/", f"/orders/{issued.order.number}/?tab=notice"):
        yield "xiaoli", path
    yield NOBODY, Paper.objects.filter(number=issued.number).latest("pk").verify_url


def production(cast: Cast) -> Iterator[Look]:
    """手机上的三步巡查、检验、跟进。"""
    order = cast_production.producing(cast)
    yield "xiaoli", "/visits/tour/"
    yield "xiaoli", f"/orders/{order.number}/visits/"
    visit = cast_production.visited(cast, order)
    for path in (f"/visits/{visit.pk}/done/", "/visits/many/", "/visits/find/", "/visits/"):
        yield "xiaoli", path
    yield "printing_qc", f"/orders/{order.number}/inspections/"
    yield "printing_qc", "/inspections/"
    yield "xiaoli", f"/orders/{order.number}/?tab=follow"


def shipping(cast: Cast) -> Iterator[Look]:
    """送货单的列表、新建、页面，手机上发出与回单，退货。"""
    order = cast_production.shipping_ready(cast)
    yield "xiaoli", f"/deliveries/new/?order={order.number}"
    yield "xiaoli", "/deliveries/new/"
    yield "xiaoli", f"/deliveries/{cast_shipping.drafted(cast, order).number}/"
    yield "warehouse", f"/deliveries/{cast_shipping.notified(cast).number}/dispatch/"
    sent = cast_shipping.dispatched(cast)
    for part in ("", "deliver/", "return/"):
        yield "xiaoli", f"/deliveries/{sent.number}/{part}"
    cast_shipping.returned(cast, cast_shipping.delivered(cast))
    yield "warehouse", "/deliveries/"
    yield "warehouse", "/returns/"


def ledger(cast: Cast) -> Iterator[Look]:
    """台账、发票、收款。"""
    order = cast_ledger.shipped(cast)
    invoice = cast_ledger.invoiced(cast, order, (1, "1000"))
    payment = cast_ledger.paid(cast, order, "5000", cast_ledger.on(invoice, "3000"))
    for path in ("/ledger/", "/invoices/", "/invoices/new/", "/invoices/new/?customer=C001", "/payments/"):
        yield "finance", path
    yield "finance", f"/invoices/{invoice.pk}/"
    yield "finance", f"/invoices/{invoice.pk}/red/"
    yield "finance", "/payments/new/?customer=C001"
    yield "finance", f"/payments/{payment.pk}/"
    yield "finance", f"/orders/{order.number}/?tab=ledger"


def outsourcing(cast: Cast) -> Iterator[Look]:
    """加工单、加工商。"""
    order = cast_production.producing(cast)
    document = cast_outsourcing.sent(cast, order)
    cast_outsourcing.came_back(cast, document, "600", "10")
    yield "xiaoli", "/outsourcing/"
    yield "xiaoli", f"/outsourcing/{document.number}/"
    yield "material", f"/outsourcing/{document.number}/"
    yield "xiaoli", f"/outsourcing/new/?order={order.number}"
    yield "xiaoli", "/outsourcing/processors/"
    yield "xiaoli", f"/orders/{order.number}/?tab=outsourcing"


WORLDS: dict[str, Callable[[Cast], Iterator[Look]]] = {
    world.__name__: world for world in (door, orders, reviews, production, shipping, ledger, outsourcing)
}

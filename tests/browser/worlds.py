"""What each chapter shows and to whom: a small world made by the services, and the pages to look at in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from orders import services
from papers.models import Paper
from tests import (
    cast_changes,
    cast_ledger,
    cast_meetings,
    cast_outsourcing,
    cast_parties,
    cast_production,
    cast_quotations,
    cast_reviews,
    cast_samples,
    cast_shipping,
    cast_states,
)
from tests.cast import Cast, accepted, draft, submitted
from tests.cast_kinds import shop

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


def offers(cast: Cast) -> Iterator[Look]:
    """询盘、报价、成单、合同、翻单。"""
    inquiry = cast_quotations.inquired(cast)
    draft, agreed = cast_quotations.quoted(cast), cast_quotations.agreed(cast, inquiry=inquiry)
    contract = cast_quotations.posted(cast)
    for path in ("/inquiries/", "/inquiries/new/", f"/inquiries/{inquiry.number}/", "/quotations/rates/"):
        yield "xiaoli", path
    for path in (
        "",
        "new/",
        f"{draft.number}/",
        f"{draft.number}/edit/",
        f"{agreed.number}/",
        f"{agreed.number}/order/",
    ):
        yield "xiaoli", f"/quotations/{path}"
    yield "xiaoli", f"/contracts/{contract.number}/"
    yield "xiaoli", f"/orders/{contract.order.number}/?tab=contracts"
    yield "xiaoli", f"/orders/{accepted(cast).number}/contracts/new/"
    yield "xiaoli", "/orders/copy/"


def kinds(cast: Cast) -> Iterator[Look]:
    """业务种类的一览与编订，分两步下单、分颜色尺码的业务单。"""
    one = shop(cast, breakdown=True, return_days={"from": 1, "to": 31}, cut_off={"from": "08:00", "to": "08:01"})
    order = draft(cast)
    for path in ("/kinds/", f"/kinds/{one.code}/", "/kinds/new/", "/kinds/garment/"):
        yield "laowang", path
    yield "xiaoli", f"/orders/{order.number}/lines/{order.lines_now[0].pk}/breakdown/"
    yield "xiaoli", f"/orders/{order.number}/"
    yield "xiaoli", "/orders/"


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


def meetings(cast: Cast) -> Iterator[Look]:
    """评审会议、纪要、与客户协商、各轮并排、告知。"""
    called, held = cast_meetings.called(cast), cast_meetings.held(cast)
    talked = cast_meetings.talked(cast_meetings.negotiating(cast), cast.xiaoli)
    for who in ("laowang", "material"):
        yield who, f"/reviews/{called.pk}/meeting/"
    yield "xiaoli", f"/reviews/{held.pk}/meeting/"
    yield "engineering", f"/reviews/{held.pk}/"
    yield "xiaoli", f"/orders/{talked.number}/negotiations/"
    yield "xiaoli", f"/orders/{talked.number}/reviews/compare/"
    yield "xiaoli", f"/reviews/{talked.rounds.get().pk}/"


def changes(cast: Cast) -> Iterator[Look]:
    """申请更改、影响、更改的评审与签发、旧单收回、各版对照。"""
    order = cast_production.producing(cast)
    yield "xiaoli", f"/orders/{order.number}/changes/new/"
    draft_one = cast_changes.requested(cast, order)
    yield "xiaoli", f"/changes/{draft_one.pk}/edit/"
    yield "laowang", f"/changes/{cast_changes.submitted(cast).pk}/reviews/new/"
    review = cast_changes.reviewing(cast)
    yield "printing_mfg", f"/reviews/{review.pk}/answers/printing_manufacturing/"
    yield "laowang", f"/reviews/{review.pk}/"
    yield "gm", f"/notices/{cast_changes.drafted(cast).number}/"
    notice = cast_changes.reissued(cast)
    for path in (f"/changes/{notice.change_id}/", "/changes/", f"/orders/{notice.order.number}/versions/"):
        yield "xiaoli", path
    yield "xiaoli", f"/orders/{notice.order.number}/?tab=changes"


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


def intake(cast: Cast) -> Iterator[Look]:
    """待审核、原件待补、请示、退回了的表单、不符合的单、被拒绝的单。"""
    submitted(cast, basis="fax")
    asked = services.ask_instruction(draft(cast, basis="none"), "客户电话下单", actor=cast.xiaoli)
    for path in ("/orders/queue/", "/orders/originals/", "/orders/instructions/", "/"):
        yield "laowang", path
    yield "laowang", f"/orders/{asked.order.number}/"
    remarks = {"requirements.packing": "没有写每箱数量", "lines.0.specification": "横开还是竖开？"}
    back = services.return_to_coordinator(submitted(cast), "要求不全", actor=cast.laowang, remarks=remarks)
    yield "xiaoli", f"/orders/{back.number}/edit/"
    one = services.raise_nonconformity(back, "尺寸与刀模不符", actor=cast.xiaoli)
    yield "xiaoli", f"/orders/{back.number}/"
    services.ask_customer_to_amend(one, "刘婷", "电话", actor=cast.xiaoli)
    yield "xiaoli", f"/orders/{back.number}/"
    services.refuse_instruction(asked, "没有书面不做", actor=cast.laowang)
    yield "xiaoli", f"/orders/{asked.order.number}/"


def deputies(cast: Cast) -> Iterator[Look]:
    """请假与代理、授权书、补签的一叠、登录着的地方。"""
    cast_parties.away(cast.xiaoli, cast.xiaochen)
    cast_states.proxied(cast)
    yield from (
        ("laowang", "/leaves/?person=xiaochen"), ("xiaochen", "/leaves/"), ("laowang", "/authorisations/"),
        ("gm", "/authorisations/"), ("engineering", "/reviews/countersign/"),
        ("engineering", "/reviews/?chip=countersign"), ("xiaochen", "/duties/"), ("xiaoli", "/sessions/"),
        ("xiaoli", "/security/"), ("xiaoli", "/security/code/"),
    )  # fmt: skip


def samples(cast: Cast) -> Iterator[Look]:
    """样品登记簿、一件样品、标签、寄样；业务单的样品页。"""
    material = cast_samples.material(cast)
    order = material.order
    loan = cast_samples.lent(cast, cast_samples.standard(cast, order))
    prepared = cast_samples.prepared(cast, cast_samples.standard(cast, order))
    for path in ("/samples/", f"/samples/new/?order={order.number}", "/samples/new/", "/sample-dispatches/"):
        yield "xiaoli", path
    yield "xiaoli", f"/samples/{loan.sample.number}/"
    yield "xiaoli", f"/samples/{loan.sample.number}/label/"
    yield "warehouse", f"/samples/{material.number}/"
    yield "xiaoli", f"/sample-dispatches/new/?sample={material.number}"
    yield "laowang", f"/sample-dispatches/{prepared.number}/"
    yield "xiaoli", f"/orders/{order.number}/?tab=samples"


def copies(cast: Cast) -> Iterator[Look]:
    """谁手里有什么、收发登记、批量签收。"""
    notice = cast_reviews.issued_notice(cast)
    cast_samples.standard(cast, notice.order)
    for path in ("/notices/copies/", "/notices/copies/register/", f"/notices/{notice.number}/"):
        yield "xiaoli", path
    yield "engineering", "/notices/acknowledge/"
    yield "engineering", "/notices/copies/"


MADE = (
    door, orders, kinds, offers, intake, samples, reviews, meetings, copies, changes, production, shipping, ledger,
    outsourcing,
    deputies,
)  # fmt: skip
WORLDS: dict[str, Callable[[Cast], Iterator[Look]]] = {world.__name__: world for world in MADE}

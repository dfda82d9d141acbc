"""One company with one document in every state that the matrix speaks of, all of them 李晓雯's, and ways to ask."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from integration.services import issue_token
from ledger import services as ledger
from orders import services as orders
from orders.models import Order
from papers.models import Paper
from papers.services import attach, print_paper
from parties import reauth
from parties.models import Department, SavedView, User
from reviews import services as reviews
from tests import cast as intake
from tests import cast_ledger as money
from tests import cast_outsourcing as outside
from tests import cast_production as shop
from tests import cast_reviews as review
from tests import cast_shipping as goods
from tests.cast import Cast
from tests.permissions.chapters import brought

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
STRANGER = "hr"
Where = dict[str, Any]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back; the machine sees it as a test's own wrapping."""
    block: Any = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


class World:
    """`world.of["order.draft"]` is the address's parameters, `world.thing["order.draft"]` the document."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.cast.people["nobody"] = User.objects.create(username="nobody", name="新来的", role="")
        self.thing: dict[str, Any] = {}
        self.of: dict[str, Where] = {"-": {}}
        for build in (*DOCUMENTS, *brought("prepare")):
            build(self)
        departments = Department.objects.exclude(code=STRANGER).values_list("pk", flat=True)
        for order in Order.objects.all():
            orders.share_order(order, departments, "notice")
        self.clients = {name: _client(user) for name, user in self.cast.people.items()}
        self.tokens = {name: issue_token(user, name="matrix", scopes=["sign"])[1] for name, user in self.people}

    @property
    def people(self) -> list[tuple[str, User]]:
        return sorted(self.cast.people.items())

    def keep(self, about: str, document: Any, **where: Any) -> Any:
        """Remember a document under its name."""
        number = getattr(document, "number", None)
        self.thing[about] = document
        self.of[about] = where or ({"number": number} if isinstance(number, str) else {"pk": document.pk})
        return document

    def ask(self, who: str, method: str, path: str, body: Any = None) -> Any:
        """The answer to one request; nothing of it remains."""
        return self.ask_and_count(who, method, path, body)[0]

    def ask_and_count(self, who: str, method: str, path: str, body: Any = None) -> tuple[Any, bool]:
        """The answer, and whether the log or the outbox grew before it was taken back."""
        with undone():
            before = written()
            answer = self._ask(who, method, path, body)
            return answer, written() != before

    def look(self, who: str, path: str, query: Any = None, method: str = "GET") -> Any:
        """The answer to a request in a transaction that refuses every write."""
        with undone():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            return self._ask(who, method, path, query)

    def sees(self, user: User, about: str) -> bool:
        """Whether this person sees the order on which the document hangs."""
        thing = self.thing[about]
        pk = thing.pk if isinstance(thing, Order) else thing.order_id
        return bool(Order.objects.visible_to(user).filter(pk=pk).exists())

    def _ask(self, who: str, method: str, path: str, body: Any) -> Any:
        client = self.clients[who] if who else Client(raise_request_exception=False)
        if path.startswith("/api/"):
            return _speak(self.tokens.get(who, ""), method, path, body)
        if method in {"GET", "POST"}:
            return getattr(client, method.lower())(path, _filed(body or {}))
        return client.generic(method, path)


def _client(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[reauth.KEY] = int(time.time())
    session.save()
    return client


def _speak(token: str, method: str, path: str, body: Any) -> Any:
    client = Client(raise_request_exception=False, headers={"Authorization": f"Token {token}"} if token else {})
    if body and "file" in body:
        return client.post(path, _filed(body))
    data = "" if method == "GET" else client._encode_json(body or {}, "application/json")
    return client.generic(method, path, data, content_type="application/json")


def _filed(body: Any) -> Any:
    return {**body, "file": SimpleUploadedFile(body["file"], PDF)} if "file" in body else body


def written() -> list[int]:
    """How much the log and the outbox hold."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM workflow_transitionlog UNION ALL SELECT count(*) FROM workflow_outboxmessage"
        )
        return [count for (count,) in cursor.fetchall()]


# --- the documents ----------------------------------------------------------------------------------------------------
def orders_of(world: World) -> None:
    """Orders before their review."""
    cast = world.cast
    world.keep("order.draft", intake.draft(cast, customer_po="D"))
    world.keep("order.fax", intake.draft(cast, customer_po="F", basis="fax"))
    asked = world.keep("order.asked", intake.draft(cast, customer_po="Q", basis="phone"))
    instruction = orders.ask_instruction(asked, "客户电话下单，原件后补", actor=cast.xiaoli)
    world.keep("instruction", instruction, pk=instruction.pk, number=asked.number)
    world.keep("order.submitted", intake.submitted(cast, customer_po="S"))
    world.keep("order.accepted", intake.accepted(cast, customer_po="A"))


def rounds_of(world: World) -> None:
    """Rounds and answers."""
    cast = world.cast
    opened = world.keep("round.open", review.reviewing(cast, customer_po="R1"))
    world.keep("order.reviewing", opened.order)
    _answer(world, "answer.open", opened)
    world.keep("round.signed", review.signed(cast, review.reviewing(cast, customer_po="R2")))
    proxy = review.reviewing(cast, customer_po="R3")
    given = review.answer_input()
    reviews.sign_answer(review.answer_of(proxy, "engineering"), given, actor=cast.engineering2)
    _answer(world, "answer.proxy", proxy)
    doubtful = review.signed(cast, review.reviewing(cast, customer_po="R4"))
    world.keep("order.negotiating", reviews.conclude(doubtful, "negotiate", actor=cast.laowang, note="交期").order)
    world.keep("order.agreed", review.agreed(cast, customer_po="R5"))


def _answer(world: World, about: str, opened: Any) -> None:
    world.keep(about, review.answer_of(opened, "engineering"), pk=opened.pk, department="engineering")


def notices_of(world: World) -> None:
    """Notices, copies, papers."""
    cast = world.cast
    world.keep("notice.draft", review.drafted(cast, customer_po="N1"))
    world.keep("notice.signed", review.signed_notice(cast, customer_po="N2"))
    notice = world.keep("notice.issued", review.issued_notice(cast, customer_po="N3"))
    _copy(world, "copy.handed", notice)
    lost = review.issued_notice(cast, customer_po="N4")
    reviews.report_lost(review.copy_of(lost, "engineering"), "搬办公室遗失", actor=cast.engineering)
    _copy(world, "copy.lost", lost)
    void = review.issued_notice(cast, customer_po="N5")
    reviews.void_notice(void, actor=cast.laowang, reason="客户取消")
    _copy(world, "copy.void", void)
    world.keep("order.issued", review.issued(cast, customer_po="N6"))
    paper = Paper.objects.filter(about=notice.about).order_by("pk")[0]
    world.keep("paper", paper, pk=paper.pk)
    world.keep("verify", paper, number=paper.number, hash8=paper.fingerprint[:8])
    world.keep("print", print_paper(paper, actor=cast.xiaoli), pk=paper.prints.get().pk)


def _copy(world: World, about: str, notice: Any) -> None:
    where = {"number": notice.number, "department": "engineering"}
    world.keep(about, review.copy_of(notice, "engineering"), **where)


def shop_of(world: World) -> None:
    """Orders in the shop."""
    cast = world.cast
    producing = world.keep("order.producing", shop.producing(cast, customer_po="P1"))
    world.keep("visit", shop.visited(cast, producing, "10", "10"), pk=producing.visits.get().pk)
    world.keep("order.passed", shop.passed(cast, customer_po="P2"))
    world.keep("order.shipping", shop.shipping_ready(cast, customer_po="P3"))


def goods_of(world: World) -> None:
    """Deliveries and a return."""
    cast = world.cast
    draft = goods.drafted(cast, shop.shipping_ready(cast, customer_po="G1"))
    world.keep("delivery.draft", goods.confirmed(cast, draft))
    world.keep("delivery.notified", goods.notified(cast, shop.shipping_ready(cast, customer_po="G2")))
    gone = world.keep("delivery.gone", goods.dispatched(cast, shop.shipping_ready(cast, customer_po="G3")))
    world.keep("return.registered", goods.returned(cast, gone, "10"))
    done = goods.delivered(cast, shop.shipping_ready(cast, customer_po="G4"))
    world.keep("order.delivered", goods.again(done.orders_now[0]))
    world.keep("carrier", goods.carrier(), code="L001")


def money_of(world: World) -> None:
    """Invoices, payments, an adjustment; an order that is paid."""
    cast = world.cast
    order = goods.again(goods.delivered(cast, shop.shipping_ready(cast, customer_po="M1")).orders_now[0])
    world.keep("invoice.issued", issued := money.invoiced(cast, order, (1, "400")), pk=issued.pk)
    world.keep("invoice.draft", draft := money.drafted(cast, order, (1, "100")), pk=draft.pk)
    waiting = money.registered(cast, order, "50", money.on(issued, "50"))
    world.keep("payment.registered", waiting, pk=waiting.pk)
    world.keep("payment.confirmed", deposit := money.deposited(cast, order, "100"), pk=deposit.pk)
    world.keep("payment.free", paid := money.paid(cast, order, "100"), pk=paid.pk)
    world.keep("order.collected", money.collected(cast, shop.shipping_ready(cast, customer_po="M2")))
    line = goods.line_of(order, 1)
    adjustment = ledger.propose_adjustment(line, Decimal(-10), "discount", "色差折让", actor=cast.finance)
    world.keep("adjustment", adjustment, pk=adjustment.pk)
    world.keep("customer", order.customer, code="C001")
    world.keep("product", line.product, code="P001")


def outside_of(world: World) -> None:
    """An outsourcing order in each state, all of one order."""
    cast = world.cast
    order = shop.producing(cast, customer_po="W1")
    one = {"lines": [outside.outsourced_line(order, quantity=Decimal(100))]}
    world.keep("processor", outside.processor(), code="W003")
    world.keep("plan.draft", outside.planned(cast, order))
    world.keep("outsourced.draft", outside.made(cast, order, **one))
    world.keep("outsourced.approved", outside.approved(cast, order, **one))
    sent = world.keep("outsourced.sent", outside.sent(cast, order, **one))
    world.keep("material", outside.issued_material(cast, sent))
    for about, move in (("full", None), ("received", "finish"), ("reconciled", "reconcile")):
        document = outside.sent(cast, order, **one)
        outside.came_back(cast, document, "100")
        if move:
            document = outside.services.finish_receiving(document, actor=cast.xiaoli)
        if move == "reconcile":
            document = outside.services.reconcile_outsourcing(document, actor=cast.laowang)
        world.keep(f"outsourced.{about}", document)


def files_of(world: World) -> None:
    """An attachment of an order, a view of a list."""
    file = SimpleUploadedFile("scan.pdf", PDF)
    kept = attach(file, about=world.thing["order.issued"], actor=world.cast.xiaoli, kind="basis")
    world.keep("attachment", kept, pk=kept.pk)
    view = SavedView.objects.keep(world.cast.xiaoli, "orders", "我的急单", "rush=on", shared=False)
    world.keep("saved_view", view, pk=view.pk)


DOCUMENTS = (orders_of, rounds_of, notices_of, shop_of, goods_of, money_of, outside_of, files_of)

"""The acts of the walk: each is done by the person whose act it is, on the document that stands there now."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from orders import services as orders
from orders.models import Order
from orders.services import LineChange
from reviews import services
from reviews.models import Answer, ChangeRequest, Notice, NoticeCopy, Round
from reviews.services import ChangeInput
from tests.cast import Cast, line_input, order_input
from tests.cast_production import visited
from tests.cast_reviews import HEADS, answer_input, day
from tests.cast_shipping import again


class Nothing(Exception):
    """There is no document on which this could even be tried."""


def there(found: Any) -> Any:
    if found is None:
        raise Nothing
    return found


class Walker:
    """One order in the real house; `do_x` tries the act x."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.order = orders.create_order(order_input(lines=[line_input(quantity="1000")]), actor=cast.xiaoli)

    # --- where things stand -------------------------------------------------------------------------------------------
    @property
    def now(self) -> Order:
        return again(self.order)

    def round(self, *, of_change: bool = False) -> Round:
        rows = Round.objects.filter(order=self.order, change__isnull=not of_change).select_related("order", "change")
        return there(rows.order_by("-number").first())  # type: ignore[no-any-return]

    def notice(self, *, of_change: bool = False) -> Notice:
        rows = Notice.objects.filter(order=self.order).exclude(state__in=("void", "refused"))
        if of_change:
            rows = rows.filter(change__isnull=False, state="draft")
        rows = rows.select_related("order", "change", "change_of", "round")
        return there(rows.order_by("-pk").first())  # type: ignore[no-any-return]

    @property
    def change(self) -> ChangeRequest:
        rows = ChangeRequest.objects.filter(order=self.order).select_related("order")
        return there(rows.order_by("-pk").first())  # type: ignore[no-any-return]

    # --- intake -------------------------------------------------------------------------------------------------------
    def do_submit(self) -> None:
        orders.submit_order(self.now, actor=self.cast.xiaoli)

    def do_withdraw(self) -> None:
        orders.withdraw_order(self.now, actor=self.cast.xiaoli)

    def do_give_back(self) -> None:
        orders.return_to_coordinator(self.now, "包装没有写清", actor=self.cast.laowang)

    def do_accept(self) -> None:
        orders.accept_order(self.now, actor=self.cast.laowang)

    def do_edit(self) -> None:
        order = self.now
        line = order.lines_now[0]
        more = line_input(quantity=str(line.quantity + 100), id=line.pk)
        orders.edit_order(order, order_input(lines=[more]), actor=self.cast.xiaoli)

    def do_cancel(self) -> None:
        orders.cancel_order(self.now, "客户不做了", actor=self.cast.laowang)

    # --- review -------------------------------------------------------------------------------------------------------
    def do_convene(self) -> None:
        services.open_round(self.now, "distributed", actor=self.cast.laowang, reason="常规订单")

    def do_sign_answers(self) -> None:
        self._sign_all(self.round())

    def _sign_all(self, review: Round) -> None:
        answers = Answer.objects.filter(round=review).select_related("round__order", "department")
        waiting = [one for one in answers if one.state in {"blank", "answered"}]
        for answer in waiting or list(answers)[:1]:
            head = getattr(self.cast, HEADS[answer.department.code])
            given = answer_input() if answer.state == "blank" or not waiting else None
            services.sign_answer(answer, given, actor=head)

    def do_balance(self) -> None:
        review = self.round()
        planned = there(review.answers.get(department__code="engineering").planned_date or day(12))
        later = day(14) if planned != day(14) else day(15)
        services.balance(review, {"engineering": later}, actor=self.cast.xiaoli)

    def do_pass_review(self) -> None:
        services.conclude(self.round(), "pass", actor=self.cast.laowang)

    def do_negotiate(self) -> None:
        services.conclude(self.round(), "negotiate", actor=self.cast.laowang, note="交期不够")

    def do_agree(self) -> None:
        orders.agree_as_reviewed(self.now, "客户同意评审的交期", actor=self.cast.laowang)

    def do_reopen(self) -> None:
        orders.reopen_review(self.now, "总经理要再谈", actor=self.cast.laowang)

    # --- notice -------------------------------------------------------------------------------------------------------
    def do_draft_notice(self) -> None:
        services.create_notice(self.now, actor=self.cast.xiaoli)

    def do_sign_notice(self) -> None:
        services.sign_notice(self.notice(), actor=self.cast.gm)

    def do_refuse_notice(self) -> None:
        services.refuse_notice(self.notice(), "利润太低", actor=self.cast.gm)

    def do_issue(self) -> None:
        services.issue_notice(self.notice(), actor=self.cast.xiaoli)

    def do_receive(self) -> None:
        copies = NoticeCopy.objects.filter(notice=self.notice()).select_related("notice__order", "department")
        there(copies.first())
        for copy in copies:
            services.acknowledge_copy(copy, actor=getattr(self.cast, HEADS[copy.department.code]))

    def do_start(self) -> None:
        orders.start_production(self.now, actor=self.cast.xiaoli)

    def do_visit(self) -> None:
        visited(self.cast, self.now, "10")

    def do_visit_by_the_old_notice(self) -> None:
        old = Notice.objects.filter(order=self.order, state="void", formal_number__isnull=False).first()
        visited(self.cast, self.now, "10", notice=there(old).number)

    # --- change -------------------------------------------------------------------------------------------------------
    def do_ask_change(self) -> None:
        line = self.now.lines_now[0]
        more = LineChange(line.pk, quantity=line.quantity + Decimal(100))
        services.request_change(self.now, ChangeInput(reason="客户追加", lines=[more]), actor=self.cast.xiaoli)

    def do_ask_cancel(self) -> None:
        services.request_change(self.now, ChangeInput(reason="客户取消", cancel=True), actor=self.cast.xiaoli)

    def do_submit_change(self) -> None:
        services.submit_change(self.change, actor=self.cast.xiaoli)

    def do_withdraw_change(self) -> None:
        services.withdraw_change(self.change, actor=self.cast.xiaoli)

    def do_convene_change(self) -> None:
        services.open_change_round(self.change, "distributed", actor=self.cast.laowang, reason="客户更改")

    def do_sign_change_answers(self) -> None:
        self._sign_all(self.round(of_change=True))

    def do_pass_change(self) -> None:
        services.conclude(self.round(of_change=True), "pass", actor=self.cast.laowang)

    def do_negotiate_change(self) -> None:
        services.conclude(self.round(of_change=True), "negotiate", actor=self.cast.laowang, note="来不及")

    def do_reject_change(self) -> None:
        services.conclude(self.round(of_change=True), "reject", actor=self.cast.laowang, note="已经印完")

    def do_settle_change(self) -> None:
        services.agree_to_change(self.change, "客户同意晚三天", actor=self.cast.laowang)

    def do_draft_change(self) -> None:
        services.create_change_notice(self.change, actor=self.cast.xiaoli)

    def do_sign_change(self) -> None:
        services.sign_notice(self.notice(of_change=True), actor=self.cast.gm)

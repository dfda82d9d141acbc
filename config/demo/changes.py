"""Two orders of the demo company that customers change: one being reviewed, one in force with a copy still out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from config.demo.walk import HEADS
from orders.models import Order
from orders.models import State as OrderState
from orders.services import LineChange
from parties.models import User
from reviews import points, services
from reviews.models import ChangeRequest, Notice, NoticeCopy, Round
from reviews.services import AnswerInput, ChangeInput
from workflow import clock

LATER = dt.timedelta(days=4)


def make_changes(people: dict[str, User]) -> None:
    """客户改单：一份评审中，一份已生效、还有一份旧单没有收回（第二十二条）。"""
    rows = Order.objects.filter(state=OrderState.PRODUCING, business_kind__code="printing", rush=False)
    orders = list(rows.select_related("coordinator", "team", "business_kind").order_by("-pk")[:2])
    if len(orders) < 2:
        return
    _under_review(orders[0], people)
    _in_force(orders[1], people)


def _asked(order: Order, reason: str, *lines: LineChange) -> ChangeRequest:
    given = ChangeInput(reason, lines, basis=f"{clock.today():%m-%d} 更改函")
    change = services.request_change(order, given, actor=order.coordinator)
    return services.submit_change(change, actor=order.coordinator)


def _under_review(order: Order, people: dict[str, User]) -> None:
    """加数量、推迟几天：主任已请有关部门评审，有一个部门还没有签。"""
    line = order.lines_now[0]
    more = LineChange(
        line.pk, quantity=line.quantity + 500, requested_date=max(line.requested_date, clock.today()) + LATER
    )
    review = services.open_change_round(
        _asked(order, "客户追加 500，交期可以晚几天。", more),
        "distributed",
        actor=people["laowang"],
        reason="客户追加",
    )
    _answered(review, people, leave=1)


def _in_force(order: Order, people: dict[str, User]) -> None:
    """减数量：总经理签了、新单发了，旧单还有一份没有交回。"""
    line = order.lines_now[0]
    less = LineChange(line.pk, quantity=(line.quantity * Decimal("0.9")).quantize(Decimal(1)))
    review = services.open_change_round(
        _asked(order, "客户仓库放不下，减一成。", less), "distributed", actor=people["laowang"], reason="客户减量"
    )
    _answered(review, people)
    review = services.conclude(Round.objects.get(pk=review.pk), "pass", actor=people["laowang"], note="各部门同意")
    change = ChangeRequest.objects.get(rounds=review)
    notice = services.create_change_notice(change, actor=order.coordinator)
    notice = services.sign_notice(notice, actor=people["gm"])
    notice = services.issue_notice(notice, actor=order.coordinator)
    for copy in NoticeCopy.objects.filter(notice=notice).select_related("notice__order", "department"):
        services.acknowledge_copy(copy, actor=people[HEADS[copy.department.code]])
    _returned(notice.change_of, people)


def _returned(old: Notice | None, people: dict[str, User]) -> None:
    copies = list(
        NoticeCopy.objects.filter(notice=old).select_related("notice__order", "department").order_by("number")
    )
    for copy in copies[:-1]:
        services.return_copy(copy, actor=people[HEADS[copy.department.code]])


def _answered(review: Round, people: dict[str, User], leave: int = 0) -> None:
    answers = list(review.answers.select_related("round__order", "department").order_by("pk"))
    given = AnswerInput("agree", clock.today() + LATER, dict.fromkeys(points.CODES, True), comment="照更改办。")
    for answer in answers[: len(answers) - leave]:
        services.sign_answer(answer, given, actor=people[HEADS[answer.department.code]])

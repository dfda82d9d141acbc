"""更改申请：起草、提交、撤回、不能改、客户同意评审结果（第二十二条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Order
from orders.rights import works
from orders.services import Changes, LineChange, as_changed, check_changes
from orders.services.changing import only_differences
from parties.models import Department, User
from parties.roles import Function
from reviews.models import ChangeLine, ChangeRequest, Notice, Round
from reviews.selectors import VOID_NOTICE, current_notice, named_departments, reviewing_departments
from reviews.services.voiding import void_notice
from workflow import clock
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import begin, locked, perform, record, together

FURTHEST = dt.timedelta(days=365 * 5)
MAKERS = frozenset({Function.MATERIAL, Function.MANUFACTURING})


@dataclass(frozen=True)
class ChangeInput:
    """一份更改申请的输入：界面与接口都先变成它；`departments` 没写就按改了什么来定。"""

    reason: str
    lines: Sequence[LineChange] = ()
    cancel: bool = False
    basis: str = ""
    departments: Sequence[Department] | None = None

    @property
    def changes(self) -> Changes:
        """What it asks of the order."""
        return Changes(tuple(self.lines), self.cancel)


@together
def request_change(order: Order, given: ChangeInput, *, actor: User) -> ChangeRequest:
    """跟单员起草更改申请：逐行写明改什么，或者整单取消（第二十二条）。"""
    order = locked(order)
    if not (actor.may("reviews.request_change") and works(order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能申请更改"))
    changes = _checked(order, given)
    if current_notice(order) is None:
        raise Blocked([Refusal(_("这张单没有现行的业务通知单，先发放再更改"), **VOID_NOTICE)])
    if standing := ChangeRequest.objects.filter(order=order).open().first():
        raise WrongState(_("这张单已有更改申请 %(number)s 没有结果，一次只办一份") % {"number": standing.number})
    change = ChangeRequest(order=order, order_version=order.version, created_by=actor)
    _fill(change, given)
    begin(change, actor=actor, label=_("申请更改"), article="第二十二条", rule="A22", reason=change.reason)
    _write(change, given, changes)
    return change


@together
def edit_change(change: ChangeRequest, given: ChangeInput, *, actor: User) -> ChangeRequest:
    """改草稿；提交以后就不能再改，只能撤回重写（第二十二条）。"""
    change = locked(change)
    if not (actor.may("reviews.request_change") and works(change.order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能申请更改"))
    if change.state != ChangeRequest.State.DRAFT:
        raise WrongState(_("更改申请现在是「%(state)s」，不能再改") % {"state": change.get_state_display()})
    changes = _checked(change.order, given)
    change.order_version = change.order.version
    _fill(change, given)
    change.lines.all().delete()
    _write(change, given, changes)
    return record(
        change, "edit", actor=actor, label=_("修改更改申请"), article="第二十二条", rule="A22", reason=change.reason
    )


def submit_change(change: ChangeRequest, *, actor: User) -> ChangeRequest:
    """提交，取号，等主任组织评审（第二十二条）。"""
    return perform(change, "submit", actor=actor)


@together
def withdraw_change(change: ChangeRequest, *, actor: User, reason: str = "") -> ChangeRequest:
    """撤回：没有结束的评审关闭，没有签的通知单作废，业务单照旧（第二十二条）。"""
    change = perform(change, "withdraw", actor=actor, reason=reason, words=reason.strip())
    _leave_nothing(change, reason.strip() or _("更改已撤回"), actor)
    return change


@together
def refuse_change(change: ChangeRequest, reason: str, *, actor: User) -> ChangeRequest:
    """主任：不能改，写明理由，业务单照旧（第二十二条）。"""
    change = perform(change, "refuse", actor=actor, reason=reason, words=reason.strip())
    _leave_nothing(change, reason.strip(), actor)
    return change


@together
def agree_without_review(change: ChangeRequest, reason: str, *, actor: User) -> ChangeRequest:
    """只改单价的，主任写明理由直接同意，不用请部门；通知单（更改）照样由总经理签（第二十二条）。"""
    return perform(change, "agree_without_review", actor=actor, reason=reason, words=reason.strip())


@together
def agree_to_change(
    change: ChangeRequest, customer_answer: str, *, actor: User, delivery_date: dt.date | None = None
) -> ChangeRequest:
    """客户同意按评审结果改；没有另说交期，就是评审定的（第二十条、第二十二条）。"""
    if not customer_answer.strip():
        raise ValidationError({"customer_answer": _("请写明客户同意了什么")})
    if delivery_date is not None and not clock.today() <= delivery_date <= clock.today() + FURTHEST:
        raise ValidationError({"delivery_date": _("交期 %(day)s 不像是真的") % {"day": delivery_date}})
    given = {"customer_answer": customer_answer.strip(), "delivery_date": delivery_date}
    return perform(change, "agree_as_reviewed", actor=actor, reason=customer_answer, **given)


def conclude_change(review: Round, outcome: str, *, actor: User, note: str = "") -> Round:
    """更改的评审下了结论：不能改的，申请到此为止；业务单的状态不动（第二十二条）。"""
    if outcome == "reject" and review.change is not None:
        reason = note.strip() or _("评审认为不能改")
        perform(review.change, "refuse", actor=actor, reason=reason, words=reason)
    return review


def concerned(order: Order, changes: Changes) -> list[Department]:
    """改了什么，就请哪些部门评审（第二十二条）。

    数量、颜色尺码、交期、规格、新增：这一行的种类列的部门；关闭、取消：备料与制造的；只改单价：一个也不用请。
    """
    everybody, makers = _codes(order, changes)
    departments = named_departments(everybody | makers)
    found = [each for each in departments if each.code in everybody or each.function in MAKERS]
    return found or departments


def chosen_departments(change: ChangeRequest) -> list[Department] | None:
    """Whom somebody chose to ask; None where they simply follow from what changes."""
    asked = list(change.departments.all())
    return None if {one.pk for one in asked} == {one.pk for one in concerned(change.order, change.changes)} else asked


def _codes(order: Order, changes: Changes) -> tuple[set[str], set[str]]:
    """Of which departments all are asked, and of which those that buy and make."""
    everybody: set[str] = set()
    makers = {code for kind in order.kinds for code in kind.departments} if changes.cancel else set()
    now = {line.pk: line for line in order.lines_now}
    for change in changes.lines:
        if change.line is not None and now[change.line].fee:
            continue  # nobody makes a fee
        if change.close:
            makers |= set(now[change.line or 0].kind.departments)
        elif change.add is None and not change.only_price:
            everybody |= set(now[change.line or 0].kind.departments)
    for given in (one for one in changes.added if not one.fee):
        kind = given.business_kind.rules if given.business_kind else order.kind
        everybody |= set(kind.departments)
    return everybody, makers


def _checked(order: Order, given: ChangeInput) -> Changes:
    changes = only_differences(order, given.changes)
    check_changes(order, changes)
    if not given.reason.strip():
        raise ValidationError({"reason": _("请写明更改原因")})
    if given.departments is not None:
        check_departments(as_changed(order, changes), given.departments)
    return changes


def check_departments(order: Order, departments: Iterable[Department]) -> None:
    """Only those may be asked whom the kinds of the order, as it will be, name (第十六条)."""
    known = {each.pk for each in reviewing_departments(order)}
    for each in departments:
        if each.pk not in known:
            words = _("%(name)s不参加「%(kind)s」的评审")
            kinds = "、".join(kind.name for kind in order.kinds)
            raise ValidationError({"departments": words % {"name": each.name, "kind": kinds}})


def _fill(change: ChangeRequest, given: ChangeInput) -> None:
    change.reason, change.basis, change.cancel = given.reason.strip(), given.basis.strip(), given.cancel


def _write(change: ChangeRequest, given: ChangeInput, changes: Changes) -> None:
    change.lines_now = ChangeLine.objects.bulk_create(ChangeLine.of(change, changes))
    change.departments.set(given.departments or concerned(change.order, changes))


def _leave_nothing(change: ChangeRequest, reason: str, actor: User) -> None:
    for review in change.rounds.filter(state=Round.State.OPEN):
        perform(review, "close", actor=actor, reason=reason)
    for notice in change.notices.filter(state=Notice.State.DRAFT):
        void_notice(notice, reason, actor=actor)

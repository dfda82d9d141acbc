"""询盘：登记、关闭；报价送出就算答复（B1）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Inquiry
from orders.rights import handles_inquiry
from papers.canonical import plain
from parties.models import Customer, User
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import begin, locked, perform, record, together
from workflow.search import search_text

ARTICLE = "B类 询报价"
FURTHEST = dt.timedelta(days=366)
WORDS = ("asked_by", "reach", "asked")
SAID = (*WORDS, "channel", "received_at", "due", "holder")


@dataclass(frozen=True)
class InquiryInput:
    """一次询盘的输入：客户已有编号的写客户，没有的写名称。"""

    asked_by: str
    channel: str
    asked: str
    due: dt.date
    customer: Customer | None = None
    prospect: str = ""
    reach: str = ""
    received_at: dt.datetime | None = None
    holder: User | None = None


@together
def register_inquiry(given: InquiryInput, *, actor: User) -> Inquiry:
    """登记询盘，取号，到期以前催经办人答复（B类 询报价）。"""
    if not actor.may("orders.quote"):
        raise PermissionDenied(_("您没有登记询盘的权限"))
    _check(given)
    inquiry = Inquiry(holder=actor)
    inquiry.take_number()
    _fill(inquiry, given)
    return begin(inquiry, actor=actor, label=_("登记询盘"), article=ARTICLE, rule="B1")


@together
def edit_inquiry(inquiry: Inquiry, given: InquiryInput, *, actor: User) -> Inquiry:
    """改还没答复的询盘：客户又问了别的、记错了；改前改后都留着，什么都没改就不留痕（B类 询报价）。"""
    inquiry = locked(inquiry)
    if not (actor.may("orders.quote") and handles_inquiry(inquiry, actor)):
        raise PermissionDenied(_("这次询盘不是您的，不能改"))
    if inquiry.state != Inquiry.State.OPEN:
        raise WrongState(_("现在是「%(state)s」，不能再改") % {"state": inquiry.get_state_display()})
    _check(given, was_due=inquiry.due)
    before = _content(inquiry)
    _fill(inquiry, given)
    after = _content(inquiry)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changed:
        return inquiry
    names = "、".join(str(Inquiry._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
    return record(
        inquiry, "edit", actor=actor, label=_("修改询盘"), article=ARTICLE, rule="B1", reason=names, data=plain(changed)
    )


def said_in(inquiry: Inquiry) -> InquiryInput:
    """What the inquiry holds, as it would be handed in."""
    return InquiryInput(
        customer=inquiry.customer,
        prospect="" if inquiry.customer else inquiry.customer_name,
        **{name: getattr(inquiry, name) for name in SAID},
    )


def close_inquiry(inquiry: Inquiry, reason: str, *, actor: User) -> Inquiry:
    """不报价，写明原因关闭（B类 询报价）。"""
    return perform(inquiry, "close", actor=actor, reason=reason, words=reason.strip())


def answer_inquiry(inquiry: Inquiry, number: str, *, actor: User) -> Inquiry:
    """报价单送出，还开着的询盘随之答复（B类 询报价）。"""
    return perform(inquiry, "answer", actor=actor, data={"quotation": number})


def _fill(inquiry: Inquiry, given: InquiryInput) -> None:
    customer = inquiry.customer = given.customer
    inquiry.customer_name = customer.name if customer else given.prospect.strip()
    for name in WORDS:
        setattr(inquiry, name, getattr(given, name).strip())
    inquiry.channel, inquiry.due = given.channel, given.due
    inquiry.received_at = given.received_at or inquiry.received_at
    inquiry.holder = given.holder or inquiry.holder
    inquiry.team = inquiry.holder.team
    inquiry.search_text = search_text(
        inquiry.number, inquiry.customer_name, inquiry.asked_by, inquiry.asked[:400], *_codes(customer)
    )


def _content(inquiry: Inquiry) -> dict[str, Any]:
    """What an edit can change, in the words of the log."""
    said = {name: getattr(inquiry, name) for name in SAID if name != "holder"}
    return {"customer_name": inquiry.customer_name, **said, "holder": str(inquiry.holder)}


def _codes(customer: Customer | None) -> tuple[str, ...]:
    return (customer.code, customer.short_name) if customer else ()


def _check(given: InquiryInput, *, was_due: dt.date | None = None) -> None:
    if errors := dict(_errors(given, was_due)):
        raise ValidationError(errors)


def _errors(given: InquiryInput, was_due: dt.date | None) -> Iterator[tuple[str, str]]:
    if given.customer is None and not given.prospect.strip():
        yield "customer", _("请填客户，还不是客户的填名称")
    if given.customer is not None and not given.customer.active:
        yield "customer", _("客户 %(name)s 已停用") % {"name": given.customer.name}
    if not given.asked_by.strip():
        yield "asked_by", _("请填谁来问的")
    if not given.asked.strip():
        yield "asked", _("请填问的是什么")
    if given.received_at and given.received_at > clock.now() + dt.timedelta(minutes=5):
        yield "received_at", _("收到时间不能在将来")
    if given.due != was_due and not clock.today() <= given.due <= clock.today() + FURTHEST:
        yield "due", _("要答复的日期 %(day)s 不在今天以后的一年之内") % {"day": given.due}
    if given.holder is not None and not given.holder.may("orders.quote"):
        yield "holder", _("%(name)s 不能报价") % {"name": given.holder}

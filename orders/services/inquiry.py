"""询盘：登记、关闭；报价送出就算答复（B1）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Inquiry
from parties.models import Customer, User
from workflow import clock
from workflow.machine import begin, perform, together
from workflow.search import search_text

ARTICLE = "B类 询报价"
FURTHEST = dt.timedelta(days=366)


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
    holder = given.holder or actor
    inquiry = Inquiry(
        customer=given.customer,
        customer_name=given.customer.name if given.customer else given.prospect.strip(),
        asked_by=given.asked_by.strip(),
        reach=given.reach.strip(),
        channel=given.channel,
        received_at=given.received_at or clock.now(),
        asked=given.asked.strip(),
        due=given.due,
        holder=holder,
        team=holder.team,
    )
    inquiry.take_number()
    inquiry.search_text = search_text(
        inquiry.number, inquiry.customer_name, inquiry.asked_by, inquiry.asked[:400], *_codes(given.customer)
    )
    return begin(inquiry, actor=actor, label=_("登记询盘"), article=ARTICLE, rule="B1")


def close_inquiry(inquiry: Inquiry, reason: str, *, actor: User) -> Inquiry:
    """不报价，写明原因关闭（B类 询报价）。"""
    return perform(inquiry, "close", actor=actor, reason=reason, words=reason.strip())


def answer_inquiry(inquiry: Inquiry, number: str, *, actor: User) -> Inquiry:
    """报价单送出，还开着的询盘随之答复（B类 询报价）。"""
    return perform(inquiry, "answer", actor=actor, data={"quotation": number})


def _codes(customer: Customer | None) -> tuple[str, ...]:
    return (customer.code, customer.short_name) if customer else ()


def _check(given: InquiryInput) -> None:
    if errors := dict(_errors(given)):
        raise ValidationError(errors)


def _errors(given: InquiryInput) -> Iterator[tuple[str, str]]:
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
    if not clock.today() <= given.due <= clock.today() + FURTHEST:
        yield "due", _("要答复的日期 %(day)s 不在今天以后的一年之内") % {"day": given.due}
    if given.holder is not None and not given.holder.may("orders.quote"):
        yield "holder", _("%(name)s 不能报价") % {"name": given.holder}

"""What the orders floor finds for the one search box beside orders: inquiries, quotations, contracts (B8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.models import Inquiry, OrderContract, Quotation
from orders.offers import visible_inquiries, visible_quotations
from workflow.events import contributes
from workflow.finding import Find, Found, newest
from workflow.templatetags.wording import day


@contributes(Find)
def inquiries(request: Find) -> Iterator[Found]:
    """询盘：按编号、客户、询价人、所问的（B1）。"""
    return newest(visible_inquiries(request.user), request, _inquiry, searched=True)


@contributes(Find)
def quotations(request: Find) -> Iterator[Found]:
    """报价单：按编号、客户、品名（B1）；作废的草稿不找。"""
    rows = visible_quotations(request.user).exclude(state=Quotation.State.DISCARDED)
    return newest(rows, request, _quotation, searched=True)


@contributes(Find)
def contracts(request: Find) -> Iterator[Found]:
    """合同与确认书：按编号（B1b）；按客户找的，找业务单。"""
    rows = OrderContract.objects.visible_to(request.user).select_related("order")
    return newest(rows, request, _contract)


def _inquiry(one: Inquiry) -> Found:
    note = _("%(who)s 问，%(day)s 前答复") % {"who": one.asked_by, "day": day(one.due)}
    url = reverse("orders:inquiry", args=[one.number])
    return Found(one.number, one.customer_name, url, _("询盘"), one.get_state_display(), note)


def _quotation(one: Quotation) -> Found:
    note = _("第 %(n)d 版，有效期至 %(day)s") % {"n": one.version, "day": day(one.valid_until)}
    url = reverse("orders:quotation", args=[one.number])
    return Found(one.number, one.customer_name, url, _("报价单"), one.get_state_display(), note)


def _contract(one: Any) -> Found:
    url = reverse("orders:contract", args=[one.number])
    name, state = one.order.customer_name, one.get_state_display()
    return Found(one.number, name, url, one.get_form_display(), state, one.order.number)

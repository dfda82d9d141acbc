"""选客户、选产品：边打边找（第六条）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from orders.models import Product
from parties.http import StaffRequest
from parties.models import Customer
from parties.roles import MONEY_RIGHT
from workflow.forms import clean_words

OFFERED = 20


def may_create(request: StaffRequest) -> None:
    """Refuse those who do not enter orders."""
    if not request.user.may("orders.create"):
        raise PermissionDenied(_("您没有登记业务单的权限"))


def known_customers() -> QuerySet[Customer]:
    """The customers that an order can be for."""
    return Customer.objects.filter(active=True)


def known_products() -> QuerySet[Product]:
    """The products that an order can name."""
    return Product.objects.filter(active=True)


def _options(request: StaffRequest, template: str, find: Callable[[str], Any]) -> HttpResponse:
    try:
        words = clean_words(request.GET.get("q", "")[:80])
    except ValidationError:
        words = ""
    return render(request, template, {"found": find(words), "sees_money": request.user.may(MONEY_RIGHT)})


@login_required
@require_GET
def customers(request: StaffRequest) -> HttpResponse:
    """选客户：编号、名称、简称里有这几个字的。"""
    may_create(request)
    known = known_customers()
    return _options(
        request,
        "orders/form.html#customers",
        lambda words: known.filter(
            Q(code__icontains=words) | Q(name__icontains=words) | Q(short_name__icontains=words)
        )[:OFFERED],
    )


@login_required
@require_GET
def products(request: StaffRequest) -> HttpResponse:
    """选产品：编号、品名里有这几个字的。"""
    may_create(request)
    known = known_products()
    return _options(
        request,
        "orders/form.html#products",
        lambda words: known.filter(Q(code__icontains=words) | Q(name__icontains=words))[:OFFERED],
    )

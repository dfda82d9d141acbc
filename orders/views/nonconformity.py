"""不符合要求的单的页面动作（第六条，A6.1f）。"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from orders import services
from orders.models import Nonconformity
from orders.views.basis import done_with
from orders.views.life import acted, order_at
from parties.http import StaffRequest
from workflow.forms import HouseForm, MomentField, WordsField


class WhyForm(HouseForm):
    """哪里不符合。"""

    reason = WordsField(label=gettext_lazy("哪里不符合"), max_length=500, lines=True)


class CustomerAskedForm(HouseForm):
    """请了客户的谁、怎么请的、何时。"""

    with_whom = WordsField(label=gettext_lazy("请了客户的谁"), max_length=60)
    how = WordsField(label=gettext_lazy("方式"), max_length=40)
    at = MomentField(label=gettext_lazy("时间"), required=False)


class AmendedForm(HouseForm):
    """客户怎么改的。"""

    answer = WordsField(label=gettext_lazy("客户怎么改的"), max_length=500, lines=True)


@login_required
@require_POST
def raise_one(request: StaffRequest, number: str) -> HttpResponse:
    """跟单员不接：写明哪里不符合（第六条）。"""
    order = order_at(request, number)
    return done_with(
        request,
        order,
        WhyForm,
        lambda data: services.raise_nonconformity(order, data["reason"], actor=request.user),
        _("已记下，主任当即有待办；请客户修改后在这里登记。"),
    )


@login_required
@require_POST
def note(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """主任知悉（第六条）。"""
    order = order_at(request, number)
    one = get_object_or_404(Nonconformity, pk=pk, order=order)
    return acted(request, order, lambda: services.note_nonconformity(one, actor=request.user), _("已知悉。"))


@login_required
@require_POST
def ask_customer(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """记下请了客户修改（第六条）。"""
    order = order_at(request, number)
    one = get_object_or_404(Nonconformity, pk=pk, order=order)
    return done_with(
        request,
        order,
        CustomerAskedForm,
        lambda data: services.ask_customer_to_amend(one, **data, actor=request.user),
        _("已记下，三天后会提醒您问结果。"),
    )


@login_required
@require_POST
def settle(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """客户改好了（第六条）。"""
    order = order_at(request, number)
    one = get_object_or_404(Nonconformity, pk=pk, order=order)
    return done_with(
        request,
        order,
        AmendedForm,
        lambda data: services.settle_nonconformity(one, data["answer"], actor=request.user),
        _("已记下，这张单可以接着办了。"),
    )

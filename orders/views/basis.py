"""依据与例外：请示与答复、补登原件、附件、客户同意评审结果、总监放行（第六条、第二十条、第五章）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from orders import services
from orders.models import Instruction, Order
from orders.views.life import acted, order_at
from parties.http import StaffRequest
from workflow.forms import DayField, FigureField, HouseForm, WordsField, filled
from workflow.machine import together


class QuestionForm(HouseForm):
    """请示事由。"""

    question = WordsField(label=gettext_lazy("请示事由"), max_length=500, lines=True)


class AnswerForm(HouseForm):
    """答复。"""

    answer = WordsField(label=gettext_lazy("答复"), max_length=500, lines=True)


class OriginalForm(HouseForm):
    """补登原件。"""

    received_on = DayField(label=gettext_lazy("收到日期"))


class AgreedForm(HouseForm):
    """客户同意了什么。"""

    customer_answer = WordsField(label=gettext_lazy("客户同意的内容"), max_length=500, lines=True)
    delivery_date = DayField(label=gettext_lazy("同意的交期"), required=False)


class ExceptionForm(HouseForm):
    """放行哪个关口，为什么。"""

    gate = forms.CharField(label=gettext_lazy("关口"), max_length=10)
    reason = WordsField(label=gettext_lazy("理由"), max_length=500, lines=True)


class OverForm(HouseForm):
    """哪一行可以多发多少。"""

    line = forms.IntegerField(label=gettext_lazy("行"), min_value=1, max_value=2**62)
    quantity = FigureField(label=gettext_lazy("可多发"), positive=True)
    reason = WordsField(label=gettext_lazy("理由"), max_length=500, lines=True)
    expires = DayField(label=gettext_lazy("到期"), required=False)


def done_with(
    request: StaffRequest, order: Order, shape: type[HouseForm], do: Callable[[dict[str, Any]], Any], done: str
) -> HttpResponse:
    """Read the small form, act, and go back to the order's page."""
    return acted(request, order, lambda: do(filled(shape(request.POST))), done)


@login_required
@require_POST
def ask_instruction(request: StaffRequest, number: str) -> HttpResponse:
    """请示：没有书面订单（第六条）。"""
    order = order_at(request, number)
    return done_with(
        request,
        order,
        QuestionForm,
        lambda data: services.ask_instruction(order, data["question"], actor=request.user),
        _("请示已送主任，答复后会进您的待办。"),
    )


@login_required
@require_POST
def answer_instruction(request: StaffRequest, number: str, pk: int, verb: str) -> HttpResponse:
    """同意或不同意一份请示（第六条）。"""
    order = order_at(request, number)
    instruction = get_object_or_404(Instruction, pk=pk, order=order)
    do = services.grant_instruction if verb == "grant" else services.refuse_instruction
    return done_with(
        request, order, AnswerForm, lambda data: do(instruction, data["answer"], actor=request.user), _("已答复。")
    )


@login_required
@require_POST
def original(request: StaffRequest, number: str) -> HttpResponse:
    """补登书面原件，连同扫描件（第六条）。"""
    order = order_at(request, number)

    @together
    def register(data: dict[str, Any]) -> None:
        services.register_original(order, data["received_on"], actor=request.user)
        if files := request.FILES.getlist("file"):
            services.file_on_order(files, order, actor=request.user, kind="original")

    return done_with(request, order, OriginalForm, register, _("原件已登记。"))


@login_required
@require_POST
def agree_as_reviewed(request: StaffRequest, number: str) -> HttpResponse:
    """客户同意按评审结果做（第二十条）。"""
    order = order_at(request, number)
    return done_with(
        request,
        order,
        AgreedForm,
        lambda data: services.agree_as_reviewed(
            order, data["customer_answer"], actor=request.user, delivery_date=data["delivery_date"]
        ),
        _("客户同意的内容已记下，可以出通知单了。"),
    )


@login_required
@require_POST
def authorise_exception(request: StaffRequest, number: str) -> HttpResponse:
    """总监放行款项关口（第五章，A53）。"""
    order = order_at(request, number)
    return done_with(
        request,
        order,
        ExceptionForm,
        lambda data: services.authorise_exception(order, data["gate"], data["reason"], actor=request.user),
        _("已放行，理由已留存。"),
    )


@login_required
@require_POST
def authorise_over(request: StaffRequest, number: str) -> HttpResponse:
    """总监授权超发（I2）。"""
    order = order_at(request, number)

    def authorise(data: dict[str, Any]) -> Any:
        line = get_object_or_404(order.lines.select_related("order"), pk=data["line"])
        return services.authorise_over(
            line, data["quantity"], data["reason"], actor=request.user, expires=data["expires"]
        )

    return done_with(request, order, OverForm, authorise, _("已授权，理由已留存。"))

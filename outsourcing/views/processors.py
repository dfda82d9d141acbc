"""加工商：名册、新建、修改、停用（第四章，A42）。"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from outsourcing import selectors, services
from outsourcing.forms import ProcessorForm
from outsourcing.models import Processor
from outsourcing.rights import EDIT_PROCESSOR, VIEW
from parties.http import StaffRequest
from workflow.views import Problem, act, beside


@login_required
@require_GET
def processors(request: StaffRequest) -> HttpResponse:
    """加工商名册：能做什么、怎么联系、手上有没有活。"""
    if not request.user.may(VIEW):
        raise PermissionDenied(_("外协不归您看"))
    context = {"processors": selectors.processors().order_by("code"), "may_edit": request.user.may(EDIT_PROCESSOR)}
    return render(request, "outsourcing/processors.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """新加工商（第四章，加工商）。"""
    _may_edit(request)
    return _form(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, code: str) -> HttpResponse:
    """改资料、停用或恢复（第四章，加工商）。"""
    _may_edit(request)
    return _form(request, get_object_or_404(Processor, code=code))


def _may_edit(request: StaffRequest) -> None:
    if not request.user.may(EDIT_PROCESSOR):
        raise PermissionDenied(_("您没有改加工商资料的权限"))


def _form(request: StaffRequest, processor: Processor | None) -> HttpResponse:
    initial = {name: getattr(processor, name) for name in ProcessorForm.base_fields} if processor else {}
    form = ProcessorForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "GET":
        return _page(request, form, processor)
    if not form.is_valid():
        return _page(request, form, processor, status=400)

    def keep() -> Processor:
        given = form.cleaned_data
        if processor is None:
            return services.create_processor(**given, actor=request.user)
        return services.edit_processor(processor, **given, actor=request.user)

    return act(
        request,
        keep,
        then=reverse("outsourcing:processors"),
        done=lambda kept: _("%(name)s 的资料存好了。") % {"name": kept.name},
        refused=lambda problem: _page(request, form, processor, beside(problem, form), problem.status),
    )


def _page(
    request: StaffRequest,
    form: ProcessorForm,
    processor: Processor | None,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "processor": processor, "problem": problem}
    return render(request, "outsourcing/processor.html", context, status=status)

"""第一次使用：凭终端里的一次性代码建公司；有了人，这一页就不再有。"""

from __future__ import annotations

from functools import partial
from io import BytesIO

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from config.first_run import code
from config.first_run.defaults import DEPARTMENTS
from config.first_run.forms import FirstRunForm
from config.first_run.people import read_people
from config.first_run.services import Account, Opening, open_company
from config.first_run.sheet import blank_sheet
from workflow.views import Problem, act, refusal_page

PAGE, DONE = "config/first_run.html", "config/first_run_done.html"


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def first_run(request: HttpRequest) -> HttpResponse:
    """The page and its one act."""
    if not code.is_open():
        raise Http404
    if request.method != "POST":
        return page(request, FirstRunForm(), 200)
    form = FirstRunForm(request.POST, request.FILES)
    return act(
        request,
        partial(carry_out, form),
        then="/",
        answer=lambda accounts: render(request, DONE, {"accounts": accounts, "form": form}),
        refused=partial(refused, request, form),
    )


@require_safe
def blank_people(request: HttpRequest) -> FileResponse:
    """人员表的模板。"""
    if not code.is_open():
        raise Http404
    return FileResponse(BytesIO(blank_sheet()), as_attachment=True, filename=_("人员.xlsx"))


def carry_out(form: FirstRunForm) -> list[Account]:
    """Code first: without it nothing is looked into."""
    code.check(form["code"].data or "")
    if not form.is_valid():
        raise ValidationError(_("请改好标红的地方"))
    sheet = form.cleaned_data["people"]
    people = read_people(sheet.read(), administrator=form.cleaned_data["username"]) if sheet else []
    return open_company(Opening(form.company, form.administrator, form.cleaned_data["logo"], people))


def refused(request: HttpRequest, form: FirstRunForm, problem: Problem) -> HttpResponse:
    """The page again with what is wrong beside each field; nothing was written."""
    if not isinstance(problem.error, ValidationError):
        return refusal_page(request, problem, back="/")
    paused = False
    if hasattr(problem.error, "error_dict"):
        paused = any(error.code == "paused" for error in problem.error.error_dict.get("code", []))
        form.add_error(None, problem.error)
    return page(request, form, 429 if paused else 400)


def page(request: HttpRequest, form: FirstRunForm, status: int) -> HttpResponse:
    departments = [name for _code, name, _function in DEPARTMENTS]
    return render(request, PAGE, {"form": form, "departments": departments}, status=status)

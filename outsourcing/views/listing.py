"""外协加工单列表（第四章）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from outsourcing.models import OutsourcingOrder
from outsourcing.rights import CREATE, VIEW
from outsourcing.selectors import lines_of, searched, visible_outsourcing
from parties.http import StaffRequest
from workflow.forms import HouseForm, WordsField
from workflow.paging import keyset

State = OutsourcingOrder.State
CHIPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("draft", gettext_lazy("待批准"), (State.DRAFT,)),
    ("sent", gettext_lazy("加工中"), (State.APPROVED, State.SENT)),
    ("received", gettext_lazy("待对账"), (State.RECEIVED,)),
    ("reconciled", gettext_lazy("待结算"), (State.RECONCILED,)),
    ("settled", gettext_lazy("已结算"), (State.SETTLED,)),
)
PAGING = {"after", "before"}


class OutsourcingFilter(HouseForm):
    """What the list may be asked for in its address."""

    chip = forms.SlugField(required=False, max_length=20)
    q = WordsField(required=False, max_length=80)


@login_required
@require_GET
def outsourcing(request: StaffRequest) -> HttpResponse:
    """外协加工单：给了哪家、什么工序、何时交回、走到哪一步。"""
    if not request.user.may(VIEW):
        raise PermissionDenied(_("外协不归您看"))
    if unknown := set(request.GET) - set(OutsourcingFilter.base_fields) - PAGING:
        raise BadRequest(_("网址里有不认识的条件：%(names)s") % {"names": "、".join(sorted(unknown))[:80]})
    form = OutsourcingFilter(request.GET)
    valid = form.is_valid()
    rows = visible_outsourcing(request.user) if valid else visible_outsourcing(request.user).none()
    here = form.cleaned_data.get("chip", "")
    states = next((states for key, _label, states in CHIPS if key == here), None)
    rows = rows.filter(state__in=states) if states else rows.exclude(state=State.CANCELLED)
    page = keyset(searched(rows, form.cleaned_data.get("q", "")), request.GET)
    lines = lines_of(list(page.rows))
    context = {
        "form": form,
        "page": page,
        "rows": [(document, lines[document.pk]) for document in page.rows],
        "chips": [(key, label) for key, label, _states in CHIPS],
        "here": here,
        "filtered": any(request.GET.get(name) for name in OutsourcingFilter.base_fields),
        "sees_money": request.user.may("orders.view_money"),
        "may_create": request.user.may(CREATE) and request.user.may("outsourcing.send"),
    }
    return render(request, "outsourcing/list.html", context, status=200 if valid else 400)

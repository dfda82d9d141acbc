"""账号安全：通行密钥、动态码与恢复码、最近的留痕（第三条）。"""

from __future__ import annotations

from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties import account_log, codes, passkeys, reauth, signins
from parties.http import StaffRequest
from parties.models import Company, Passkey
from parties.reauth import Proof
from parties.views.login import CodeForm
from parties.views.proving import with_proof

PAGE = "parties:security"


class NewCodeForm(CodeForm):
    """动态码，和它是哪个密钥的。"""

    offer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)


class PasskeyForm(forms.Form):
    """名字，和设备的回答。"""

    name = forms.CharField(
        label=gettext_lazy("名字"),
        max_length=40,
        error_messages={"required": gettext_lazy("请起个名字，丢了设备时认得出是哪一把")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    made = forms.CharField(widget=forms.HiddenInput, required=False, max_length=passkeys.LONGEST)


@login_required
@require_GET
def security(request: StaffRequest) -> HttpResponse:
    """账号安全的一页（第三条）。"""
    context = {
        "passkeys": Passkey.objects.filter(user=request.user),
        "here": passkeys.host_of(request),
        "passkey_trouble": passkeys.trouble_with(request),
        "has_codes": codes.has_codes(request.user),
        "left": codes.recoveries_left(request.user),
        "events": account_log.latest(request.user),
    }
    return render(request, "parties/security.html", context)


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new_passkey(request: StaffRequest) -> HttpResponse:
    """加一把通行密钥：起名字，由设备建好（第三条）。"""

    def do(_proof: Proof) -> HttpResponse:
        if request.method == "GET":
            return _passkey_page(request, PasskeyForm(initial={"name": signins.device_of(request)}))
        if "name" not in request.POST:
            return redirect(request.path)
        return _kept(request, PasskeyForm(request.POST))

    return with_proof(request, _("加一把通行密钥"), reverse(PAGE), do)


@login_required
@require_POST
def passkey_to_make(request: StaffRequest) -> HttpResponse:
    """建通行密钥以前先领的一道题；刚证明过是本人的才给（第三条）。"""
    trouble = passkeys.trouble_with(request)
    if not trouble and reauth.proved_at(request) is None:
        trouble = _("放得太久了，请刷新这一页，再证明一次是本人")
    if trouble:
        return JsonResponse({"words": trouble}, status=400)
    return JsonResponse(passkeys.question_for_new(request, request.user))


@login_required
@sensitive_post_parameters()
@require_POST
def remove_passkey(request: StaffRequest, pk: int) -> HttpResponse:
    """去掉自己的一把通行密钥，每次都要证明是本人（第三条）。"""
    passkey = get_object_or_404(Passkey.objects.select_related("user"), pk=pk, user=request.user)

    def do(_proof: Proof) -> HttpResponse:
        passkeys.remove(passkey, request, actor=request.user)
        messages.success(request, _("「%(name)s」去掉了，不能再用它登录和签字。") % {"name": passkey.name})
        return redirect(PAGE)

    return with_proof(request, _("去掉「%(name)s」") % {"name": passkey.name}, reverse(PAGE), do, always=True)


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def code(request: StaffRequest) -> HttpResponse:
    """开动态码：扫一下，输对一个才算开；恢复码只见这一次（第三条）。"""
    if codes.has_codes(request.user):
        return redirect(PAGE)

    def do(_proof: Proof) -> HttpResponse:
        if "code" not in request.POST:
            form = NewCodeForm(initial={"offer": codes.offer(request.user)})
            return _code_page(request, form) if request.method == "GET" else redirect(request.path)
        form = NewCodeForm(request.POST)
        secret = codes.offered(request.user, request.POST.get("offer", ""))
        if not secret:
            messages.error(request, _("放得太久了，请重新扫一次。"))
            return redirect(request.path)
        if not form.is_valid():
            return _code_page(request, form)
        try:
            words = codes.turn_on(request, request.user, secret, form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error(None, error)
            return _code_page(request, form)
        return _recoveries(request, words, _("动态码开好了"))

    return with_proof(request, _("开动态码"), reverse(PAGE), do)


@login_required
@sensitive_post_parameters()
@require_POST
def turn_off_code(request: StaffRequest) -> HttpResponse:
    """停动态码，每次都要证明是本人（第三条）。"""

    def do(_proof: Proof) -> HttpResponse:
        codes.turn_off(request, request.user)
        messages.success(request, _("动态码停了，恢复码一起作废。"))
        return redirect(PAGE)

    return with_proof(request, _("停动态码"), reverse(PAGE), do, always=True)


@login_required
@sensitive_post_parameters()
@require_POST
def remake_recoveries(request: StaffRequest) -> HttpResponse:
    """重新生成恢复码，每次都要证明是本人（第三条）。"""

    def do(_proof: Proof) -> HttpResponse:
        try:
            words = codes.remake_recoveries(request, request.user)
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
            return redirect(PAGE)
        return _recoveries(request, words, _("新的恢复码"))

    return with_proof(request, _("重新生成恢复码"), reverse(PAGE), do, always=True)


def _kept(request: StaffRequest, form: PasskeyForm) -> HttpResponse:
    if not form.is_valid():
        return _passkey_page(request, form)
    try:
        made = passkeys.keep(request, request.user, **_named(form))
    except ValidationError as error:
        form.add_error(None, error)
        return _passkey_page(request, form)
    messages.success(request, _("「%(name)s」加好了，下次登录、签字都可以用它。") % {"name": made.name})
    return redirect(PAGE)


def _named(form: PasskeyForm) -> dict[str, Any]:
    return {"name": form.cleaned_data["name"], "answer": form.cleaned_data["made"]}


def _passkey_page(request: StaffRequest, form: PasskeyForm) -> HttpResponse:
    context = {"form": form, "passkey_trouble": passkeys.trouble_with(request), "here": passkeys.host_of(request)}
    return render(request, "parties/new_passkey.html", context, status=400 if form.errors else 200)


def _code_page(request: StaffRequest, form: NewCodeForm) -> HttpResponse:
    secret = codes.offered(request.user, str(form["offer"].value()))
    company = Company.objects.only("name", "short_name").first()
    called = (company.short_name or company.name) if company else ""
    address = codes.address_of(secret, request.user, called)
    context = {
        "form": form,
        "qr": segno.make_qr(address, error="l", boost_error=False).svg_data_uri(scale=5, border=3, light="#fff"),
        "groups": [secret[at : at + 4] for at in range(0, len(secret), 4)],
    }
    return render(request, "parties/code.html", context, status=400 if form.errors else 200)


def _recoveries(request: StaffRequest, words: list[str], title: str) -> HttpResponse:
    return render(request, "parties/recoveries.html", {"recoveries": words, "page_title": title})

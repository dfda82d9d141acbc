"""放行条：申请、批准、凭它出厂（C7）。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Order
from parties.models import User
from samples.models import GatePass, Sample, SampleDispatch
from samples.rights import DISPATCH, KEEP, keeps, works
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import begin, locked, perform, together
from workflow.templatetags.wording import quantity as figure

ARTICLE = "C类 客供料"
OPEN = (GatePass.State.ASKED, GatePass.State.APPROVED)


@together
def ask_pass(sample: Sample, purpose: str, quantity: Decimal, to: str, *, actor: User) -> GatePass:
    """申请放行：什么、多少、给谁、为什么出厂，等主任批（C类 客供料）。"""
    sample = locked(sample)
    if not (actor.may(KEEP) and keeps(sample, actor)):
        raise PermissionDenied(_("这件东西不归您管"))
    if purpose not in {GatePass.Purpose.RETURN, GatePass.Purpose.LEND}:
        raise ValidationError({"purpose": _("为什么出厂：退还客户，还是借给客户")})
    if not to.strip():
        raise ValidationError({"to": _("请填给谁")})
    if not 0 < quantity <= sample.balance.here:
        raise ValidationError({"quantity": _("在手只有 %(here)s") % {"here": figure(sample.balance.here)}})
    if sample.passes.filter(purpose=purpose, state__in=OPEN).exists():
        raise WrongState(_("这件东西的放行条已经申请过"))
    what = f"{sample.number} {sample.name} {figure(quantity)} {sample.unit}，{to.strip()}"
    return _asked(
        GatePass(order=sample.order, sample=sample, purpose=purpose, quantity=quantity, what=what[:200]), actor
    )


@together
def ask_dispatch_pass(dispatch: SampleDispatch, *, actor: User) -> GatePass:
    """为一次寄样申请放行：备样时系统自己申请；没有批的可以再申请（C类 客供料）。"""
    dispatch = locked(dispatch)
    if not (actor.may(DISPATCH) and works(dispatch, actor)):
        raise PermissionDenied(_("这次寄样不归您办"))
    if dispatch.state != SampleDispatch.State.PREPARED:
        raise WrongState(_("这次寄样现在是「%(state)s」") % {"state": dispatch.get_state_display()})
    if dispatch.passes.filter(state__in=OPEN).exists():
        raise WrongState(_("这次寄样的放行条已经申请过"))
    names = "、".join(f"{line.sample.name} {figure(line.quantity)} {line.sample.unit}" for line in dispatch.lines_now)
    what = f"{names}，{dispatch.customer_name}"
    gate_pass = GatePass(order=dispatch.order, dispatch=dispatch, purpose=GatePass.Purpose.SEND, what=what[:200])
    return _asked(gate_pass, actor)


@together
def ask_goods_pass(order: Order, *, basis: str, what: str, actor: User) -> GatePass:
    """为一张送货单的成品申请放行，等主任批（C类 客供料）；种类规定了才要，发运章来问。"""
    order = locked(order)
    if goods_passes(basis).filter(state__in=OPEN).exists():
        raise WrongState(_("这张送货单的放行条已经申请过"))
    gate_pass = GatePass(order=order, basis=basis, purpose=GatePass.Purpose.GOODS, what=what[:200])
    return _asked(gate_pass, actor)


def goods_passes(basis: str) -> Any:
    """一张送货单的放行条，新的在前。"""
    return GatePass.objects.filter(basis=basis).select_related("order", "made_by", "decided_by").order_by("-pk")


@together
def let_goods_out(basis: str, *, actor: User) -> GatePass:
    """成品凭已批准的放行条出厂，用过即止（C类 客供料）。"""
    approved: GatePass = goods_passes(basis).get(state=GatePass.State.APPROVED)
    return perform(approved, "use", actor=actor)


@together
def withdraw_goods_pass(basis: str, *, actor: User) -> None:
    """货不发了，放行条随之作罢（C类 客供料）。"""
    for gate_pass in goods_passes(basis).filter(state__in=OPEN):
        perform(gate_pass, "withdraw", actor=actor)


def _asked(gate_pass: GatePass, actor: User) -> GatePass:
    gate_pass.made_by = actor
    return begin(gate_pass, actor=actor, label=_("申请放行"), article=ARTICLE, rule="C7", reason=gate_pass.what)


def approve_pass(gate_pass: GatePass, *, actor: User) -> GatePass:
    """主任批准出厂，取号（C类 客供料）。"""
    return perform(gate_pass, "approve", actor=actor)


def refuse_pass(gate_pass: GatePass, reason: str, *, actor: User) -> GatePass:
    """主任不放行，写明理由（C类 客供料）。"""
    return perform(gate_pass, "refuse", actor=actor, reason=reason)


def let_out(sample: Sample, purpose: str, quantity: Decimal, *, actor: User) -> GatePass:
    """凭这件东西已批准的放行条出厂，用过即止；没有就不放（C类 客供料）。"""
    approved: GatePass | None = sample.passes.filter(purpose=purpose, state=GatePass.State.APPROVED).first()
    if approved is None:
        words = _("「%(name)s」出厂要先有主任批准的放行条") % {"name": sample.name}
        raise Blocked([Refusal(words, ARTICLE, "C7")])
    if approved.quantity is not None and quantity > approved.quantity:
        words = _("放行条 %(number)s 只批了 %(quantity)s，不能放 %(wanted)s") % {
            "number": approved.number, "quantity": figure(approved.quantity), "wanted": figure(quantity),
        }  # fmt: skip
        raise Blocked([Refusal(words, ARTICLE, "C7")])
    return perform(approved, "use", actor=actor)

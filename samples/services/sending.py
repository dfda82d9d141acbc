"""寄样：备好、寄出、送到、答复（第五章，寄样；A57、A6.5b）。"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from parties.models import User
from samples.guards import everything_is_there
from samples.models import GatePass, Sample, SampleDispatch, SampleDispatchLine, SampleMovement
from samples.models.dispatch import ARTICLE
from samples.papers import file_dispatch_slip
from samples.rights import DISPATCH, works
from samples.services.gate import OPEN, ask_dispatch_pass
from samples.services.spending import spend
from workflow import clock
from workflow.guards import Blocked
from workflow.machine import begin, locked, perform, together

FURTHEST = dt.timedelta(days=365)


@dataclass(frozen=True)
class DispatchInput:
    """一次寄样的输入：哪几件、各多少、寄给谁、为什么、几时要答复。"""

    lines: Sequence[tuple[Sample, Decimal]]
    sent_to: str
    address: str
    purpose: str
    feedback_due: dt.date
    courier: str = ""
    mark: uuid.UUID | None = None


@together
def prepare_dispatch(given: DispatchInput, *, actor: User) -> SampleDispatch:
    """备样：要寄的都在册、够数；放行条同时送主任批（第五章，寄样）。"""
    if given.mark and (made := SampleDispatch.objects.filter(form_mark=given.mark, made_by=actor).first()):
        prepared: SampleDispatch = made
        return prepared
    _check(given)
    held = [(locked(sample), quantity) for sample, quantity in sorted(given.lines, key=lambda line: line[0].pk)]
    first = held[0][0]
    if first.customer is None:
        raise ValidationError({"lines": _("这件样品没有写明客户，先在登记簿上写明")})
    dispatch = SampleDispatch(
        order=first.order, customer=first.customer, customer_name=first.customer.name, made_by=actor,
        sent_to=given.sent_to.strip(), address=given.address.strip(), purpose=given.purpose.strip(),
        feedback_due=given.feedback_due, courier=given.courier.strip(), form_mark=given.mark,
    )  # fmt: skip
    if not (actor.may(DISPATCH) and works(dispatch, actor)):
        raise PermissionDenied(_("这张单不是您的，不能寄它的样品"))
    lines = [SampleDispatchLine(dispatch=dispatch, sample=sample, quantity=quantity) for sample, quantity in held]
    dispatch.lines_now = lines
    if refusals := everything_is_there.refusals(dispatch):
        raise Blocked(refusals)
    begin(dispatch, actor=actor, label=_("备样"), article=ARTICLE, rule="A57", reason=dispatch.purpose)
    SampleDispatchLine.objects.bulk_create(lines)
    ask_dispatch_pass(dispatch, actor=actor)
    return dispatch


def _check(given: DispatchInput) -> None:
    errors: dict[str, str] = {}
    if not given.lines:
        errors["lines"] = _("至少要寄一件")
    elif len({(sample.order_id, sample.customer_id) for sample, _quantity in given.lines}) > 1:
        errors["lines"] = _("一次寄样里的几件，要是同一张业务单、同一家客户的")
    elif len({sample.pk for sample, _quantity in given.lines}) != len(given.lines):
        errors["lines"] = _("同一件样品写了两遍")
    if any(quantity <= 0 for _sample, quantity in given.lines):
        errors["quantity"] = _("数量要大于零")
    asked = {"sent_to": _("请填收件人、电话"), "address": _("请填地址"), "purpose": _("请填寄样目的")}
    errors |= {name: words for name, words in asked.items() if not getattr(given, name).strip()}
    if not clock.today() <= given.feedback_due <= clock.today() + FURTHEST:
        errors["feedback_due"] = _("要答复的日期要在今天以后的一年之内")
    if errors:
        raise ValidationError(errors)


@together
def send_dispatch(
    dispatch: SampleDispatch, *, actor: User, courier: str, waybill: str = "", cost: Decimal | None = None
) -> SampleDispatch:
    """寄出：凭放行条，记下快递、运单号、运费，出样品寄送单（第五章，寄样）。"""
    if not courier.strip():
        raise ValidationError({"courier": _("请填哪家快递，自己送的写自送")})
    given: dict[str, Any] = {"courier": courier.strip(), "waybill": waybill.strip(), "cost": cost}
    dispatch = perform(dispatch, "send", actor=actor, data=given, **given)
    words = _("寄给 %(who)s：%(purpose)s") % {"who": dispatch.customer_name, "purpose": dispatch.purpose}
    for line in dispatch.lines_now:
        sample = locked(line.sample)
        spend(sample, SampleMovement.Kind.SENT, line.quantity, words, actor=actor, dispatch=dispatch)
    perform(dispatch.passes.get(state=GatePass.State.APPROVED), "use", actor=actor)
    file_dispatch_slip(dispatch, actor=actor)
    return dispatch


def arrive_dispatch(dispatch: SampleDispatch, *, actor: User, on: dt.date | None = None) -> SampleDispatch:
    """对方收到了（第五章，寄样）。"""
    day = _day(dispatch, on, "on")
    return perform(dispatch, "arrive", actor=actor, on=day, data={"on": day})


def answer_dispatch(
    dispatch: SampleDispatch, words: str, *, actor: User, accepted: bool | None = None
) -> SampleDispatch:
    """对方怎么说，认可不认可（第五章，寄样）。"""
    if not words.strip():
        raise ValidationError({"answer": _("请写明对方怎么说")})
    return perform(
        dispatch, "answer_back", actor=actor, reason=words, words=words.strip(), accepted=accepted, on=clock.today(),
        data={"accepted": accepted},
    )  # fmt: skip


@together
def cancel_dispatch(dispatch: SampleDispatch, reason: str, *, actor: User) -> SampleDispatch:
    """不寄了，放行条随之作罢（第五章，寄样）。"""
    dispatch = perform(dispatch, "cancel", actor=actor, reason=reason)
    for gate_pass in dispatch.passes.filter(state__in=OPEN):
        perform(gate_pass, "withdraw", actor=actor, reason=reason)
    return dispatch


def _day(dispatch: SampleDispatch, on: dt.date | None, field: str) -> dt.date:
    day = on or clock.today()
    if dispatch.sent_at and not timezone.localdate(dispatch.sent_at) <= day <= clock.today():
        raise ValidationError({field: _("送到日期要在寄出以后、今天以前")})
    return day

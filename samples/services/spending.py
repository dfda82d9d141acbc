"""少了：用掉、退还客户、遗失；客户的东西笔笔有着落（C7）。"""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from parties.models import User
from samples.models import GatePass, Loan, Sample, SampleDispatch, SampleMovement
from samples.services.gate import let_out
from samples.services.registering import in_register
from workflow.guards import Blocked, Refusal
from workflow.machine import record, together
from workflow.templatetags.wording import quantity as figure

ARTICLE = "C类 客供料"
Kind = SampleMovement.Kind


@together
def use_up_sample(sample: Sample, quantity: Decimal, words: str, *, actor: User) -> SampleMovement:
    """用掉多少，用在哪里（C类 客供料）。"""
    sample = in_register(sample, actor)
    return spend(sample, Kind.USED, quantity, words, actor=actor)


@together
def lose_sample(sample: Sample, quantity: Decimal, words: str, *, actor: User, payer: str = "") -> SampleMovement:
    """丢了、坏了多少，怎么回事；客户的写明谁赔（C类 客供料）。"""
    sample = in_register(sample, actor)
    return spend(sample, Kind.LOST, quantity, words, actor=actor, payer=payer)


@together
def return_sample(sample: Sample, quantity: Decimal, words: str, *, actor: User) -> SampleMovement:
    """退还客户：凭主任批准的放行条出厂（C类 客供料）。"""
    sample = in_register(sample, actor)
    if not sample.is_theirs:
        raise ValidationError(_("「%(name)s」是本公司的，不用退还客户") % {"name": sample.name})
    _enough(sample, quantity)
    let_out(sample, GatePass.Purpose.RETURN, quantity, actor=actor)
    return spend(sample, Kind.RETURNED, quantity, words, actor=actor)


def spend(
    sample: Sample,
    kind: str,
    quantity: Decimal,
    words: str,
    *,
    actor: User,
    payer: str = "",
    loan: Loan | None = None,
    dispatch: SampleDispatch | None = None,
) -> SampleMovement:
    """On the locked sample: write what is gone, and log it."""
    if not words.strip():
        raise ValidationError({"words": _("请写明怎么回事")})
    if kind == Kind.LOST and sample.is_theirs and not payer.strip():
        raise Blocked([Refusal(_("丢的、坏的是客户的东西，要写明谁赔"), ARTICLE, "C7")])
    if loan is None:
        _enough(sample, quantity)
    movement: SampleMovement = SampleMovement.objects.create(
        sample=sample, kind=kind, quantity=quantity, words=words.strip(), payer=payer.strip(), loan=loan,
        dispatch=dispatch, by=actor,
    )  # fmt: skip
    data = {"movement": movement.pk, "quantity": quantity, "payer": movement.payer}
    label = f"{movement.get_kind_display()} {figure(quantity)} {sample.unit}"
    record(
        sample, "spend", actor=actor, label=label[:40], article=ARTICLE, rule="C7", reason=movement.words, data=data,
        save=False,
    )  # fmt: skip
    return movement


def _enough(sample: Sample, quantity: Decimal) -> None:
    """没有的、借在外面的，不能再用、再退。"""
    if quantity <= 0:
        raise ValidationError({"quantity": _("数量要大于零")})
    if quantity > sample.balance.here:
        words = _("「%(name)s」在手只有 %(here)s %(unit)s，不够 %(wanted)s") % {
            "name": sample.name,
            "here": figure(sample.balance.here),
            "unit": sample.unit,
            "wanted": figure(quantity),
        }
        raise Blocked([Refusal(words, ARTICLE, "C7")])

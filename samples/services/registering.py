"""登记：一件样品进登记簿，换地方、续留、注销（第十条）。"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Order, OrderLine
from orders.rights import works as works_order
from papers import uploads
from papers.canonical import plain
from papers.services.keeping import Upload, keep
from parties.models import Customer, User
from samples.models import Sample
from samples.rights import KEEP, is_store, keeps, leads
from workflow import clock
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import begin, locked, perform, record, together
from workflow.templatetags.wording import quantity as figure

ARTICLE = "第十条"
PHOTO = "sample_photo"
MOST_PHOTOS = 6
LONGEST = dt.timedelta(days=365 * 10)
FOREVER_AGO = dt.timedelta(days=365 * 5)


@dataclass(frozen=True)
class SampleInput:
    """登记一件样品的输入；`mark` = the form's own: sent twice, it acts once."""

    kind: str
    name: str
    place: str
    quantity: Decimal = Decimal(1)
    unit: str = "件"
    owner: str = Sample.Owner.OURS
    specification: str = ""
    order: Order | None = None
    line: OrderLine | None = None
    customer: Customer | None = None
    holder: User | None = None
    received_on: dt.date | None = None
    retention_until: dt.date | None = None
    of_proof: bool = False  # 留的是打样，不是成品
    note: str = ""
    photos: Sequence[Upload] = ()
    mark: uuid.UUID | None = None


def register_sample(given: SampleInput, *, actor: User) -> Sample:
    """登记一件样品：是什么、谁的、放在哪里、谁保管、留到何时（第十条）。

    Photos are judged before anything is locked: that takes time nobody should wait for.
    """
    if len(given.photos) > MOST_PHOTOS:
        raise ValidationError({"photos": _("照片最多 %(n)s 张") % {"n": MOST_PHOTOS}})
    judged = [uploads.judge(photo.name or "", photo.read(uploads.LIMIT + 1)) for photo in given.photos]
    return _register(given, judged, actor)


@together
def _register(given: SampleInput, judged: Sequence[uploads.Judged], actor: User) -> Sample:
    order = locked(given.order) if given.order else None
    _may_register(order, given.kind, actor)
    if given.mark and (made := Sample.objects.filter(form_mark=given.mark, made_by=actor).first()):
        kept: Sample = made
        return kept
    _check(given, order)
    sample = Sample(
        order=order, line=given.line, kind=given.kind, name=given.name.strip(), owner=given.owner, made_by=actor,
        specification=given.specification.strip(), customer=given.customer or (order.customer if order else None),
        quantity=given.quantity, unit=given.unit.strip() or "件", place=given.place.strip(), form_mark=given.mark,
        holder=given.holder or actor, received_on=given.received_on or clock.today(), note=given.note.strip(),
        retention_until=given.retention_until, of_proof=given.of_proof,
    )  # fmt: skip
    sample.take_number()
    sample.search_text = sample.found_by()
    begin(
        sample, actor=actor, label=_("登记%(kind)s") % {"kind": sample.get_kind_display()}, article=ARTICLE, rule="A10"
    )
    for one in judged:
        keep(one, about=sample.about, actor=actor, kind=PHOTO)
    return sample


def _may_register(order: Order | None, kind: str, actor: User) -> None:
    if not actor.may(KEEP):
        raise PermissionDenied(_("登记样品归跟单员；客供料还有物控与仓库"))
    if order is not None and not works_order(order, actor) and not (kind == Sample.Kind.MATERIAL and is_store(actor)):
        raise PermissionDenied(_("这张单不是您的，不能登记它的样品"))


def _check(given: SampleInput, order: Order | None) -> None:
    """What no row of the register may say."""
    errors: dict[str, str] = {}
    if given.kind not in Sample.Kind.values:
        errors["kind"] = _("没有「%(kind)s」这种样品") % {"kind": given.kind[:20]}
    if given.owner not in Sample.Owner.values:
        errors["owner"] = _("是本公司的，还是客户的")
    asked = {"name": _("请填名称"), "place": _("请填放在哪里")}
    errors |= {name: words for name, words in asked.items() if not getattr(given, name).strip()}
    if given.quantity <= 0:
        errors["quantity"] = _("数量要大于零")
    errors |= _whose(given, order) | _days(given)
    if errors:
        raise ValidationError(errors)


def _whose(given: SampleInput, order: Order | None) -> dict[str, str]:
    errors: dict[str, str] = {}
    if given.line is not None and (order is None or given.line.order_id != order.pk):
        errors["line"] = _("这一行不是这张业务单的")
    if given.kind == Sample.Kind.RETAINED and given.line is None:
        errors["line"] = _("留样要写明是业务单的哪一行")
    if given.of_proof and given.kind != Sample.Kind.RETAINED:
        errors["of_proof"] = _("只有留样才分打样和成品")
    if given.kind == Sample.Kind.MATERIAL and given.owner != Sample.Owner.CUSTOMER:
        errors["owner"] = _("客供料是客户的")
    if given.owner == Sample.Owner.CUSTOMER and order is None and given.customer is None:
        errors["customer"] = _("客户的东西要写明是哪家客户")
    if given.customer is not None and order is not None and given.customer.pk != order.customer_id:
        errors["customer"] = _("客户与业务单上的不同")
    return errors


def _days(given: SampleInput) -> dict[str, str]:
    today, errors = clock.today(), {}
    received = given.received_on or today
    if not today - FOREVER_AGO <= received <= today:
        errors["received_on"] = _("收到、制成日期要在今天以前的五年之内")
    if given.retention_until is not None and not received <= given.retention_until <= today + LONGEST:
        errors["retention_until"] = _("留到的日期要在收到以后、今后十年之内")
    return errors


@together
def keep_longer(sample: Sample, until: dt.date, reason: str, *, actor: User) -> Sample:
    """到期了还要留：新的日期和理由（第十条）。"""
    sample = in_register(sample, actor)
    if not clock.today() < until <= clock.today() + LONGEST:
        raise ValidationError({"until": _("续留的日期要在今天以后、十年之内")})
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么续留")})
    sample.retention_until = until
    return record(
        sample, "keep_longer", actor=actor, label=_("续留到 %(day)s") % {"day": until}, article=ARTICLE, rule="A10",
        reason=reason.strip(),
    )  # fmt: skip


@together
def move_sample(sample: Sample, place: str, *, actor: User, holder: User | None = None) -> Sample:
    """换了地方、换了保管人（第十条）。"""
    sample = in_register(sample, actor)
    if not place.strip():
        raise ValidationError({"place": _("请填放在哪里")})
    sample.place, sample.holder = place.strip(), holder or sample.holder
    sample.search_text = sample.found_by()
    where = _("%(place)s，%(who)s保管") % {"place": sample.place, "who": sample.holder}
    return record(sample, "move", actor=actor, label=_("换地方"), article=ARTICLE, rule="A10", reason=where)


@together
def correct_sample(
    sample: Sample, *, name: str, quantity: Decimal, reason: str, actor: User, specification: str | None = None
) -> Sample:
    """登记写错了：名称、规格、数量改对，写明理由，改前改后都留着（第十条）。

    数量不能少于已经用掉、退还、寄出、丢了的和借在外面的；客户的东西往少里改，要带这张单的主任来改（C类 客供料）。
    """
    sample = in_register(sample, actor)
    given = {"name": name.strip(), "specification": specification, "quantity": quantity}
    _check_correction(sample, given, reason)
    least = sample.balance.gone + sample.balance.out
    if quantity < least:
        words = _("已经用掉、寄出、借出 %(n)s %(unit)s，数量不能更少")
        raise Blocked([Refusal(words % {"n": figure(least), "unit": sample.unit}, ARTICLE, "A10")])
    if sample.is_theirs and quantity < sample.quantity and not leads(sample, actor):
        raise PermissionDenied(_("客户的东西少了要登记遗失、写明谁赔；真是点错了，请主任来更正"))
    changed = {
        field: [getattr(sample, field), value]
        for field, value in given.items()
        if value is not None and value != getattr(sample, field)
    }
    if not changed:
        raise ValidationError({"reason": _("什么都没有改")})
    for field, (_old, new) in changed.items():
        setattr(sample, field, new)
    sample.__dict__.pop("balance", None)
    sample.search_text = sample.found_by()
    return record(
        sample, "correct", actor=actor, label=_("更正登记"), article=ARTICLE, rule="A10",
        reason=_("%(what)s；%(why)s") % {"what": _told(changed), "why": reason.strip()}, data=plain(changed),
    )  # fmt: skip


def _check_correction(sample: Sample, given: dict[str, Any], reason: str) -> None:
    errors: dict[str, str] = {}
    if not given["name"]:
        errors["name"] = _("请填名称")
    if given["quantity"] <= 0:
        errors["quantity"] = _("数量要大于零")
    if not reason.strip():
        errors["reason"] = _("请写明为什么更正")
    if errors:
        raise ValidationError(errors)


def _told(changed: dict[str, list[Any]]) -> str:
    """名称「旧」改成「新」，数量 3 改成 5"""
    names = {"name": _("名称"), "specification": _("规格"), "quantity": _("数量")}
    words = _("%(field)s「%(old)s」改成「%(new)s」")
    return "，".join(
        words % {"field": names[key], "old": _said(old), "new": _said(new)} for key, (old, new) in changed.items()
    )


def _said(value: Any) -> str:
    return figure(value) if isinstance(value, Decimal) else str(value) or "—"


@together
def photograph_sample(sample: Sample, photo: Upload, *, actor: User) -> Sample:
    """补拍一张照片（第十条）。"""
    sample = in_register(sample, actor)
    judged = uploads.judge(photo.name or "", photo.read(uploads.LIMIT + 1))
    kept = keep(judged, about=sample.about, actor=actor, kind=PHOTO)
    return record(
        sample, "photograph", actor=actor, label=_("拍照"), article=ARTICLE, rule="A10", data={"file": kept.name}
    )


def close_sample(sample: Sample, reason: str, *, actor: User) -> Sample:
    """注销：不再留了，写明怎样处理的（第十条）。"""
    return perform(sample, "close", actor=actor, reason=reason)


def in_register(sample: Sample, actor: User) -> Sample:
    """The locked thing, if it stands in the register and this person keeps it."""
    sample = locked(sample)
    if not (actor.may(KEEP) and keeps(sample, actor)):
        raise PermissionDenied(_("这件东西不归您管"))
    if sample.state != Sample.State.KEPT:
        raise WrongState(_("%(number)s 已经注销") % {"number": sample.number})
    return sample

"""材料出去、回来，货收回来：都是记录，只加不改（第四章，A23.3、A23.4、A41）。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _

from outsourcing.models import MaterialIssue, MaterialReturn, OutsourcingLine, OutsourcingOrder, Receipt
from outsourcing.rights import MOVE_MATERIAL, RECEIVE
from parties.models import User
from reviews.selectors import notice_for_work
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import locked, record, together
from workflow.templatetags.wording import quantity

MATERIAL, RECEIVING = "第四章，材料", "第四章，收货"
FINDINGS = ("accepted", "concession", "rework", "rejected")


@dataclass(frozen=True)
class MaterialInput:
    """发一次料的输入；`makes` 写明能做多少件，收货就以它为限。"""

    material: str
    quantity: Decimal
    unit: str
    specification: str = ""
    line: int | None = None
    allowed_loss: Decimal = Decimal(0)
    makes: Decimal | None = None
    note: str = ""
    notice: str = ""


@dataclass(frozen=True)
class ReceiptInput:
    """收一次货的输入；加工单只有一行时 `line` 可以不写。"""

    received: Decimal
    accepted: Decimal
    concession: Decimal = Decimal(0)
    rework: Decimal = Decimal(0)
    rejected: Decimal = Decimal(0)
    line: int | None = None
    report_no: str = ""
    note: str = ""
    notice: str = ""
    corrects: int | None = None


@together
def issue_material(document: OutsourcingOrder, given: MaterialInput, *, actor: User) -> MaterialIssue:
    """物控发料给加工商，点数登记（第四章，材料）。"""
    document = _at_the_processor(document, MOVE_MATERIAL, actor, _("收发材料归物控与仓库"))
    if given.quantity <= 0:
        raise ValidationError({"quantity": _("发料数要大于零")})
    if given.makes is not None and given.makes <= 0:
        raise ValidationError({"makes": _("能做多少要大于零")})
    if given.makes is not None and given.line is None and len(document.lines_now) > 1:
        raise ValidationError({"line": _("加工单有几行，请写明这料用于哪一行")})
    issue: MaterialIssue = MaterialIssue.objects.create(
        outsourcing=document, line=_line(document, given.line) if given.line or given.makes else None,
        notice=notice_for_work(document.order, given.notice or None), material=given.material.strip(),
        specification=given.specification.strip(), unit=given.unit.strip(), quantity=given.quantity,
        allowed_loss=given.allowed_loss, makes=given.makes, note=given.note.strip(), by=actor,
    )  # fmt: skip
    data = {"issue": issue.pk, "material": issue.material, "quantity": issue.quantity, "unit": issue.unit}
    _log(document, "issue_material", _("发料"), MATERIAL, "A23.3", issue.note, data, actor)
    return issue


@together
def return_material(
    document: OutsourcingOrder, issue: int, amount: Decimal, *, actor: User, note: str = ""
) -> MaterialReturn:
    """加工商退料，点数登记；退的不能比发的多（第四章，材料）。"""
    document = _at_the_processor(document, MOVE_MATERIAL, actor, _("收发材料归物控与仓库"))
    given = MaterialIssue.objects.filter(outsourcing=document, pk=issue).first()
    if given is None:
        raise ValidationError({"issue": _("这张加工单没有发料 %(id)s") % {"id": issue}})
    if amount <= 0:
        raise ValidationError({"quantity": _("退料数要大于零")})
    before = given.returns.aggregate(sum=Sum("quantity"))["sum"] or Decimal(0)
    if before + amount > given.quantity:
        words = _("%(material)s发了 %(issued)s，已退 %(before)s，再退 %(now)s 就比发的多了") % {
            "material": given.material, "issued": quantity(given.quantity), "before": quantity(before),
            "now": quantity(amount),
        }  # fmt: skip
        raise Blocked([Refusal(words, MATERIAL, "A41")])
    back: MaterialReturn = MaterialReturn.objects.create(
        outsourcing=document, issue=given, quantity=amount, note=note.strip(), by=actor
    )
    data = {"return": back.pk, "material": given.material, "quantity": amount}
    _log(document, "return_material", _("退料"), MATERIAL, "A23.3", back.note, data, actor)
    return back


@together
def receive_goods(document: OutsourcingOrder, given: ReceiptInput, *, actor: User) -> Receipt:
    """收回加工品，分合格、让步、返工、拒收（第四章，收货）；可以分批，收的不能比发出去做的多。"""
    document = _at_the_processor(document, RECEIVE, actor, _("收货归物控、仓库与品质"))
    line = _line(document, given.line)
    corrected = _corrected(line, given.corrects)
    _adds_up(given, corrected)
    _within(document, line, given, corrected)
    receipt: Receipt = Receipt.objects.create(
        outsourcing=document, line=line, notice=notice_for_work(document.order, given.notice or None),
        received=given.received, report_no=given.report_no.strip(), note=given.note.strip(), corrects=corrected,
        by=actor, **{name: getattr(given, name) for name in FINDINGS},
    )  # fmt: skip
    data: dict[str, Any] = {"receipt": receipt.pk, "line": line.pk, "received": given.received}
    data |= {name: getattr(given, name) for name in FINDINGS}
    label = _("更正收货") if corrected else _("收货")
    _log(document, "receive", label, RECEIVING, "A23.4", receipt.note, data, actor)
    return receipt


def _at_the_processor(document: OutsourcingOrder, right: str, actor: User, whose: str) -> OutsourcingOrder:
    """The locked document, if goods may move and this person may move them."""
    document = locked(document)
    if document.state != OutsourcingOrder.State.SENT:
        words = _("加工单现在是「%(state)s」，发出以后、收货完成以前才收发") % {"state": document.get_state_display()}
        raise WrongState(words)
    if not actor.may(right):
        raise PermissionDenied(whose)
    return document


def _line(document: OutsourcingOrder, pk: int | None) -> OutsourcingLine:
    lines = document.lines_now
    if pk is None and len(lines) == 1:
        return lines[0]
    if pk is None:
        raise ValidationError({"line": _("加工单有几行，请写明哪一行")})
    found = next((line for line in lines if line.pk == pk), None)
    if found is None:
        raise ValidationError({"line": _("这张加工单没有行 %(id)s") % {"id": pk}})
    return found


def _corrected(line: OutsourcingLine, pk: int | None) -> Receipt | None:
    """The receipt that this one replaces: of the same line, and not replaced yet."""
    if pk is None:
        return None
    found: Receipt | None = Receipt.objects.filter(line=line, pk=pk).select_related("corrected_by").first()
    if found is None:
        raise ValidationError({"corrects": _("这一行没有收货 %(id)s") % {"id": pk}})
    if hasattr(found, "corrected_by"):
        raise WrongState(_("这次收货已经更正过，请更正最新的那一次"))
    return found


def _adds_up(given: ReceiptInput, corrected: Receipt | None) -> None:
    """收货 = 合格 + 让步 + 返工 + 拒收（A41）。"""
    if given.received <= 0 and corrected is None:
        raise ValidationError({"received": _("收货数要大于零")})
    parts = sum((getattr(given, name) for name in FINDINGS), Decimal(0))
    if parts != given.received:
        words = _("收货 %(received)s 要等于合格、让步、返工、拒收之和 %(parts)s") % {
            "received": quantity(given.received),
            "parts": quantity(parts),
        }
        raise ValidationError({"received": words})


def _within(document: OutsourcingOrder, line: OutsourcingLine, given: ReceiptInput, corrected: Receipt | None) -> None:
    """What comes back is at most what lies there: the order's quantity, or what the material makes, with tolerance."""
    there = line.most
    made = MaterialIssue.objects.filter(outsourcing=document, line=line).aggregate(sum=Sum("makes"))["sum"]
    if made is not None:
        there = min(there, made * line.most / line.quantity)
    there -= line.good - (corrected.good if corrected else Decimal(0))
    if given.received > there:
        words = _("%(operation)s在加工商处最多还有 %(there)s %(unit)s，不能收 %(received)s") % {
            "operation": line.operation, "there": quantity(there), "unit": line.unit,
            "received": quantity(given.received),
        }  # fmt: skip
        raise Blocked([Refusal(words, RECEIVING, "A41")])


def _log(
    document: OutsourcingOrder, act: str, label: str, article: str, rule: str, note: str, data: Any, actor: User
) -> None:
    record(document, act, actor=actor, label=label, article=article, rule=rule, reason=note, data=data, save=False)

"""What outsourcing looks like on the wire, in and out (API.md). Shapes only; money only for those who may see it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from outsourcing.models import MaterialIssue, MaterialReturn, OutsourcingLine, OutsourcingOrder, Receipt
from parties.models import User
from workflow.inputs import Money, PlainDate, PlainDecimal, PlainText, Price, Quantity, StrictSerializer, shape_for

BIGGEST = 2**63 - 1


def key(**kwargs: Any) -> serializers.IntegerField:
    """The id of a row."""
    return serializers.IntegerField(min_value=1, max_value=BIGGEST, **kwargs)


@extend_schema_serializer(component_name="OutsourcingLineShape")
class LineShape(StrictSerializer):
    """加工单的一行：业务单的行、工序、数量、单价。"""

    line = key()
    operation = PlainText(max_length=60)
    quantity = Quantity()
    unit_price = Price()
    unit = PlainText(max_length=10, required=False)
    specification = PlainText(required=False, allow_blank=True)
    remark = PlainText(required=False, allow_blank=True)


class OutsourcingShape(StrictSerializer):
    """一张加工单的输入。"""

    order = PlainText(max_length=20)
    processor = PlainText(max_length=40)
    delivery_date = PlainDate()
    lines = LineShape(many=True, allow_empty=False)
    transport = PlainText(max_length=60, required=False, allow_blank=True)
    terms = PlainText(max_length=100, required=False, allow_blank=True)
    requirement = PlainText(several_lines=True, required=False, allow_blank=True)
    notice = PlainText(max_length=20, required=False, allow_blank=True)
    plan = PlainText(max_length=20, required=False)


class MaterialIssueShape(StrictSerializer):
    """发一次料；`makes` 能做多少件，收货以它为限。"""

    material = PlainText(max_length=120)
    quantity = Quantity()
    unit = PlainText(max_length=10)
    specification = PlainText(required=False, allow_blank=True)
    line = key(required=False)
    allowed_loss = PlainDecimal(max_digits=5, decimal_places=2, required=False)
    makes = Quantity(required=False)
    note = PlainText(several_lines=True, required=False, allow_blank=True)
    notice = PlainText(max_length=20, required=False, allow_blank=True)


class MaterialReturnShape(StrictSerializer):
    """退一次料：退的是哪一次发的。"""

    issue = key()
    quantity = Quantity()
    note = PlainText(several_lines=True, required=False, allow_blank=True)


class ReceiptShape(StrictSerializer):
    """收一次货：收货 = 合格 + 让步 + 返工 + 拒收；只有一行时 `line` 可以不写。"""

    received = Quantity()
    accepted = Quantity()
    concession = Quantity(required=False)
    rework = Quantity(required=False)
    rejected = Quantity(required=False)
    line = key(required=False)
    report_no = PlainText(max_length=40, required=False, allow_blank=True)
    note = PlainText(several_lines=True, required=False, allow_blank=True)
    notice = PlainText(max_length=20, required=False, allow_blank=True)
    corrects = key(required=False)


class ReceiptOut(serializers.Serializer[Any]):
    """一次收货的样子。"""

    id = serializers.IntegerField()
    line = serializers.IntegerField(source="line_id")
    received = Quantity()
    accepted = Quantity()
    concession = Quantity()
    rework = Quantity()
    rejected = Quantity()
    report_no = serializers.CharField()
    note = serializers.CharField()
    corrects = serializers.IntegerField(source="corrects_id")
    at = serializers.DateTimeField()
    by = serializers.CharField(source="by.username")


class MaterialIssueOut(serializers.Serializer[Any]):
    """一次发料的样子。"""

    id = serializers.IntegerField()
    line = serializers.IntegerField(source="line_id")
    material = serializers.CharField()
    specification = serializers.CharField()
    unit = serializers.CharField()
    quantity = Quantity()
    allowed_loss = PlainDecimal(max_digits=5, decimal_places=2)
    makes = Quantity()
    note = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField(source="by.username")


class MaterialReturnOut(serializers.Serializer[Any]):
    """一次退料的样子。"""

    id = serializers.IntegerField()
    issue = serializers.IntegerField(source="issue_id")
    quantity = Quantity()
    note = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField(source="by.username")


@extend_schema_serializer(component_name="OutsourcingLine")
class LineOut(serializers.Serializer[Any]):
    """加工单一行的样子，连同收了多少。"""

    id = serializers.IntegerField()
    line = serializers.IntegerField(source="line_id")
    operation = serializers.CharField()
    specification = serializers.CharField()
    unit = serializers.CharField()
    quantity = Quantity()
    unit_price = Price()
    amount = Money()
    remark = serializers.CharField()
    received = Quantity(source="received_sum")
    accepted = Quantity(source="accepted_sum")
    concession = Quantity(source="concession_sum")
    rework = Quantity(source="rework_sum")
    rejected = Quantity(source="rejected_sum")


class OutsourcingOut(serializers.Serializer[Any]):
    """一张加工单的样子。"""

    number = serializers.CharField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    order = serializers.CharField(source="order.number")
    notice = serializers.CharField(source="notice.number")
    plan = serializers.CharField(source="plan.number", default=None)
    processor = serializers.CharField(source="processor.code")
    processor_name = serializers.CharField()
    delivery_date = serializers.DateField()
    transport = serializers.CharField()
    terms = serializers.CharField()
    requirement = serializers.CharField()
    amount = Money()
    short_reason = serializers.CharField()
    deduction = Money()
    payable = Money()
    paid_on = serializers.DateField()
    made_by = serializers.CharField(source="made_by.username")
    made_at = serializers.DateTimeField()


class OutsourcingFull(OutsourcingOut):
    """加工单连同各行（文档用）。"""

    lines = LineOut(many=True)


def outsourcing_bodies(
    documents: list[OutsourcingOrder], lines: dict[int, list[OutsourcingLine]], user: User
) -> list[dict[str, Any]]:
    """Outsourcing orders as replies; fees only for people with the right to see money."""
    head, line = shape_for(user, OutsourcingOut), shape_for(user, LineOut)
    return [
        {**head.to_representation(one), "lines": [line.to_representation(row) for row in lines[one.pk]]}
        for one in documents
    ]


def receipt_body(receipt: Receipt) -> dict[str, Any]:
    """A receipt as reply."""
    body: dict[str, Any] = ReceiptOut(receipt).data
    return body


def issue_body(issue: MaterialIssue) -> dict[str, Any]:
    """An issue of material as reply."""
    body: dict[str, Any] = MaterialIssueOut(issue).data
    return body


def return_body(back: MaterialReturn) -> dict[str, Any]:
    """A return of material as reply."""
    body: dict[str, Any] = MaterialReturnOut(back).data
    return body

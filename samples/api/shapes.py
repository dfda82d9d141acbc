"""What the register looks like on the wire, in and out (API.md). Shapes only; the rules are in the services."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from samples.models import GatePass, Loan, Sample, SampleDispatch
from workflow.inputs import Money, PlainDate, PlainText, Quantity, StrictSerializer

BIGGEST = 2**63 - 1


class SampleShape(StrictSerializer):
    """登记一件样品。"""

    kind = serializers.ChoiceField(choices=Sample.Kind.choices)
    name = PlainText(max_length=120)
    place = PlainText(max_length=60)
    owner = serializers.ChoiceField(choices=Sample.Owner.choices, required=False)
    specification = PlainText(required=False, allow_blank=True)
    order = PlainText(max_length=20, required=False)
    line = serializers.IntegerField(min_value=1, max_value=BIGGEST, required=False)
    customer = PlainText(max_length=40, required=False)
    holder = PlainText(max_length=150, required=False)
    quantity = Quantity(required=False)
    unit = PlainText(max_length=10, required=False)
    received_on = PlainDate(required=False)
    retention_until = PlainDate(required=False)
    of_proof = serializers.BooleanField(required=False, help_text="留的是打样，不是成品")
    note = PlainText(several_lines=True, required=False, allow_blank=True)


class CorrectShape(StrictSerializer):
    """登记写错了，改对；规格不写就不变。"""

    name = PlainText(max_length=120)
    quantity = Quantity()
    reason = PlainText(several_lines=True)
    specification = PlainText(required=False, allow_blank=True)


class PlaceShape(StrictSerializer):
    """换地方、换保管人。"""

    place = PlainText(max_length=60)
    holder = PlainText(max_length=150, required=False)


class LongerShape(StrictSerializer):
    """续留到哪天，为什么。"""

    until = PlainDate()
    reason = PlainText(several_lines=True)


class AmountShape(StrictSerializer):
    """少了多少，怎么回事。"""

    quantity = Quantity()
    words = PlainText(several_lines=True)


class LossShape(AmountShape):
    """丢了、坏了多少；客户的写明谁赔。"""

    payer = PlainText(max_length=60, required=False, allow_blank=True)


class GatePassShape(StrictSerializer):
    """申请放行：退还客户，或借给客户。"""

    purpose = serializers.ChoiceField(choices=[GatePass.Purpose.RETURN.value, GatePass.Purpose.LEND.value])
    quantity = Quantity()
    to = PlainText(max_length=80)


class LoanShape(StrictSerializer):
    """交出去：给一个部门、一个人或一家客户，只能是一个。"""

    sample = PlainText(max_length=20)
    why = PlainText()
    due_back = PlainDate()
    department = PlainText(max_length=40, required=False)
    person = PlainText(max_length=150, required=False)
    customer = PlainText(max_length=40, required=False)
    quantity = Quantity(required=False)


class LostShape(StrictSerializer):
    """领去丢了，怎么回事；客户的写明谁赔。"""

    reason = PlainText(several_lines=True)
    payer = PlainText(max_length=60, required=False, allow_blank=True)


class ParcelShape(StrictSerializer):
    """寄的一件。"""

    sample = PlainText(max_length=20)
    quantity = Quantity()


class SampleDispatchShape(StrictSerializer):
    """备样。"""

    lines = ParcelShape(many=True, allow_empty=False)
    sent_to = PlainText(max_length=80)
    address = PlainText()
    purpose = PlainText()
    feedback_due = PlainDate()
    courier = PlainText(max_length=40, required=False, allow_blank=True)


class SendShape(StrictSerializer):
    """寄出。"""

    courier = PlainText(max_length=40)
    waybill = PlainText(max_length=60, required=False, allow_blank=True)
    cost = Money(required=False)


class ArriveShape(StrictSerializer):
    """哪天送到的，不写是今天。"""

    on = PlainDate(required=False)


class SampleAnswerShape(StrictSerializer):
    """对方怎么说，认可不认可。"""

    words = PlainText(several_lines=True)
    accepted = serializers.BooleanField(required=False, allow_null=True)


# --- out --------------------------------------------------------------------------------------------------------------
class Head(serializers.Serializer[Any]):
    """What every document of the register answers."""

    number = serializers.CharField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    order = serializers.CharField(source="order.number", default=None)
    made_by = serializers.CharField(source="made_by.username")
    made_at = serializers.DateTimeField()


class SampleOut(Head):
    """一件样品：`left` 还在册多少，`out` 借在外面多少，`here` 在手多少。"""

    kind = serializers.CharField()
    owner = serializers.CharField()
    name = serializers.CharField()
    specification = serializers.CharField()
    line = serializers.IntegerField(source="line_id")
    customer = serializers.CharField(source="customer.code", default=None)
    quantity = Quantity()
    left = Quantity(source="balance.left")
    out = Quantity(source="balance.out")
    here = Quantity(source="balance.here")
    unit = serializers.CharField()
    place = serializers.CharField()
    holder = serializers.CharField(source="holder.username")
    received_on = serializers.DateField()
    retention_until = serializers.DateField()
    of_proof = serializers.BooleanField()
    note = serializers.CharField()


class LoanOut(Head):
    """一次领用。"""

    sample = serializers.CharField(source="sample.number")
    quantity = Quantity()
    department = serializers.CharField(source="department.code", default=None)
    person = serializers.CharField(source="person.username", default=None)
    customer = serializers.CharField(source="customer.code", default=None)
    why = serializers.CharField()
    due_back = serializers.DateField()
    overdue = serializers.BooleanField(source="is_late")
    with_paper = serializers.CharField(source="basis_words")
    acknowledged_by = serializers.CharField(source="acknowledged_by.username", default=None)
    acknowledged_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField()
    outcome = serializers.CharField()


class ParcelOut(serializers.Serializer[Any]):
    """寄的一件。"""

    sample = serializers.CharField(source="sample.number")
    quantity = Quantity()


class DispatchOut(Head):
    """一次寄样。"""

    customer = serializers.CharField(source="customer.code")
    sent_to = serializers.CharField()
    address = serializers.CharField()
    purpose = serializers.CharField()
    feedback_due = serializers.DateField()
    courier = serializers.CharField()
    waybill = serializers.CharField()
    cost = Money()
    sent_at = serializers.DateTimeField()
    arrived_on = serializers.DateField()
    answer = serializers.CharField()
    accepted = serializers.BooleanField()
    answered_at = serializers.DateTimeField()
    lines = ParcelOut(many=True)


class PassOut(Head):
    """一张放行条。"""

    purpose = serializers.CharField()
    sample = serializers.CharField(source="sample.number", default=None)
    dispatch = serializers.CharField(source="dispatch.number", default=None)
    quantity = Quantity()
    what = serializers.CharField()
    decided_by = serializers.CharField(source="decided_by.username", default=None)
    decided_at = serializers.DateTimeField()


def sample_body(sample: Sample) -> dict[str, Any]:
    """A thing as reply."""
    return dict(SampleOut(sample).data)


def loan_body(loan: Loan) -> dict[str, Any]:
    """A loan as reply."""
    return dict(LoanOut(loan).data)


def dispatch_body(dispatch: SampleDispatch, *, money: bool) -> dict[str, Any]:
    """A dispatch as reply; the freight only for people with the right to see money."""
    shape = DispatchOut()
    if not money:
        shape.fields.pop("cost")
    return dict(shape.to_representation(dispatch))


def pass_body(gate_pass: GatePass) -> dict[str, Any]:
    """A pass as reply."""
    return dict(PassOut(gate_pass).data)

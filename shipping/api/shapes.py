"""The bodies that the API of shipping reads (API.md: deliveries/, carriers/, returns/)."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from shipping.models import Return
from workflow.inputs import PlainDate, PlainText, Quantity, StrictSerializer


class CarrierShape(StrictSerializer):
    """承运商。"""

    code = PlainText(max_length=40)
    name = PlainText(max_length=80)
    phone = PlainText(max_length=40, required=False, allow_blank=True)
    active = serializers.BooleanField(required=False)


class DeliveryLineShape(StrictSerializer):
    """送货单的一行。"""

    order_line = serializers.IntegerField(min_value=1, help_text="业务单行的 id")
    quantity = Quantity()
    spare_quantity = Quantity(required=False)
    replaces = serializers.IntegerField(min_value=1, required=False, allow_null=True, help_text="所补退货行的 id")
    packages = serializers.IntegerField(min_value=1, max_value=10**6, required=False, allow_null=True)
    remark = PlainText(max_length=120, required=False, allow_blank=True)


class DeliveryShape(StrictSerializer):
    """新送货单；没写的地址与联系人用客户的。"""

    customer = PlainText(max_length=40, help_text="客户编号")
    lines = DeliveryLineShape(many=True, allow_empty=False)
    address = PlainText(max_length=200, required=False, allow_blank=True)
    contact = PlainText(max_length=40, required=False, allow_blank=True)
    phone = PlainText(max_length=40, required=False, allow_blank=True)
    carrier = PlainText(max_length=40, required=False, allow_null=True, help_text="承运商编号")
    vehicle = PlainText(max_length=40, required=False, allow_blank=True)
    driver = PlainText(max_length=40, required=False, allow_blank=True)
    remark = PlainText(max_length=300, required=False, allow_blank=True)


class ConfirmationShape(StrictSerializer):
    """一次到货确认：哪天到、跟谁（with）、怎么说的。"""

    arrival_date = PlainDate()
    how = PlainText(max_length=40)
    said = PlainText(max_length=300, required=False, allow_blank=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {**super().get_fields(), "with": PlainText(max_length=60)}


class DispatchShape(StrictSerializer):
    """发出：运单号、车辆、送货人、随货资料。"""

    waybill = PlainText(max_length=60, required=False, allow_blank=True)
    vehicle = PlainText(max_length=40, required=False, allow_blank=True)
    driver = PlainText(max_length=40, required=False, allow_blank=True)
    enclosed = serializers.ListField(child=PlainText(max_length=80), required=False, max_length=50)


class DeliverShape(StrictSerializer):
    """回单：谁签收、哪天、客户有什么话；attachment 是先传到这张送货单上的文件。"""

    signed_by = PlainText(max_length=60)
    signed_on = PlainDate()
    reaction = PlainText(max_length=300, required=False, allow_blank=True)
    attachment = serializers.IntegerField(min_value=1, required=False, allow_null=True)


class OptionalReason(StrictSerializer):
    """一个可以不写的理由。"""

    reason = PlainText(several_lines=True, max_length=300, required=False, allow_blank=True)


class BackShape(StrictSerializer):
    """退回的一行：送货单行，或者业务单行（送货单上只有一行是它的时候）。"""

    delivery_line = serializers.IntegerField(min_value=1, required=False)
    order_line = serializers.IntegerField(min_value=1, required=False)
    quantity = Quantity()
    condition = PlainText(max_length=120, required=False, allow_blank=True)


class ReturnShape(StrictSerializer):
    """新退货单。"""

    delivery = PlainText(max_length=20, help_text="送货单号")
    kind = serializers.ChoiceField(choices=Return.Kind.choices)
    reason = PlainText(max_length=300)
    lines = BackShape(many=True, allow_empty=False)


class UploadShape(StrictSerializer):
    """一个文件：`kind` 是 receipt（回单）、photo 或 other。"""

    file = serializers.FileField()
    kind = serializers.CharField(required=False)

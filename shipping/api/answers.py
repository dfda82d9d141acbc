"""The documents that the API of shipping answers, as data and as the schema describes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from shipping.models import Carrier, Confirmation, Delivery, DeliveryLine, Return

Out = serializers.Serializer[Any]


class ConfirmationOut(Out):
    """一次到货确认。"""

    id = serializers.IntegerField()
    arrival_date = serializers.DateField()
    how = serializers.CharField()
    said = serializers.CharField()
    by = serializers.CharField(help_text="用户名")
    at = serializers.DateTimeField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {**super().get_fields(), "with": serializers.CharField(help_text="跟谁")}


class DeliveryLineOut(Out):
    """送货单的一行。"""

    id = serializers.IntegerField()
    position = serializers.IntegerField()
    order = serializers.CharField(help_text="业务单号")
    order_line = serializers.IntegerField(help_text="业务单行的 id")
    product_code = serializers.CharField()
    product_name = serializers.CharField()
    specification = serializers.CharField()
    unit = serializers.CharField()
    quantity = serializers.DecimalField(max_digits=14, decimal_places=3)
    spare_quantity = serializers.DecimalField(max_digits=14, decimal_places=3, help_text="备品，不计价")
    replaces = serializers.IntegerField(allow_null=True, help_text="所补退货行的 id；不计价")
    notice = serializers.CharField(allow_null=True, help_text="照哪一张业务通知单开的")
    packages = serializers.IntegerField(allow_null=True)
    remark = serializers.CharField()


class DeliveryOut(Out):
    """送货单。"""

    id = serializers.IntegerField()
    number = serializers.CharField(help_text="草稿是暂用号，通知仓库时取正式单号")
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Delivery.State.choices)
    state_display = serializers.CharField()
    customer = serializers.CharField(help_text="客户编号")
    customer_name = serializers.CharField()
    orders = serializers.ListField(child=serializers.CharField())
    coordinator = serializers.CharField(help_text="用户名")
    carrier = serializers.CharField(allow_null=True, help_text="承运商编号")
    address = serializers.CharField()
    contact = serializers.CharField()
    phone = serializers.CharField()
    vehicle = serializers.CharField()
    driver = serializers.CharField()
    waybill = serializers.CharField()
    remark = serializers.CharField()
    enclosed = serializers.ListField(child=serializers.CharField(), help_text="已随货的资料")
    arrival_date = serializers.DateField(allow_null=True, help_text="最近一次说好的到货日期")
    confirmations = ConfirmationOut(many=True)
    dispatched_on = serializers.DateField(allow_null=True)
    signed_by = serializers.CharField()
    signed_on = serializers.DateField(allow_null=True)
    reaction = serializers.CharField(help_text="客户反应")
    receipt = serializers.IntegerField(allow_null=True, help_text="回单附件的 id")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    lines = DeliveryLineOut(many=True)


class DeliveryFull(DeliveryOut):
    """送货单，连同此人现在能做的动作（只在读单张时）。"""

    moves = serializers.ListField(child=serializers.DictField(), required=False)


class ExceptionOut(Out):
    """总监放行。"""

    id = serializers.IntegerField()
    reason = serializers.CharField()
    by = serializers.CharField(help_text="用户名")
    at = serializers.DateTimeField()


class AttachmentOut(Out):
    """一个附件。"""

    id = serializers.IntegerField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    kind = serializers.CharField()


class ReturnLineOut(Out):
    """退货单的一行。"""

    id = serializers.IntegerField()
    position = serializers.IntegerField()
    delivery_line = serializers.IntegerField()
    order_line = serializers.IntegerField()
    quantity = serializers.DecimalField(max_digits=14, decimal_places=3)
    condition = serializers.CharField()


class ReturnOut(Out):
    """退货单，连同此人现在能做的动作（只在读单张时）。"""

    id = serializers.IntegerField()
    number = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Return.State.choices)
    state_display = serializers.CharField()
    delivery = serializers.CharField(help_text="送货单号")
    kind = serializers.ChoiceField(choices=Return.Kind.choices)
    reason = serializers.CharField()
    received_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    lines = ReturnLineOut(many=True)
    moves = serializers.ListField(child=serializers.DictField(), required=False)


def moment(value: dt.datetime | None) -> str | None:
    """A time with the company's offset."""
    return timezone.localtime(value).isoformat() if value else None


def carrier_body(carrier: Carrier) -> dict[str, Any]:
    """A carrier as the API answers it."""
    return {"code": carrier.code, "name": carrier.name, "phone": carrier.phone, "active": carrier.active}


def confirmation_body(one: Confirmation) -> dict[str, Any]:
    """A confirmation as the API answers it."""
    return {
        "id": one.pk,
        "arrival_date": one.arrival_date,
        "with": one.with_whom,
        "how": one.how,
        "said": one.said,
        "by": one.by.username,
        "at": moment(one.at),
    }


def line_body(line: DeliveryLine) -> dict[str, Any]:
    """A line of a delivery as the API answers it."""
    return {
        "id": line.pk,
        "position": line.position,
        "order": line.order.number,
        "order_line": line.order_line_id,
        "product_code": line.order_line.product_code,
        "product_name": line.order_line.product_name,
        "specification": line.order_line.specification,
        "unit": line.order_line.unit,
        "quantity": f"{line.quantity:.3f}",
        "spare_quantity": f"{line.spare_quantity:.3f}",
        "replaces": line.replaces_id,
        "notice": line.notice.number if line.notice else None,
        "packages": line.packages,
        "remark": line.remark,
    }


PLAIN = ("address", "contact", "phone", "vehicle", "driver", "waybill", "remark", "enclosed", "signed_by", "reaction")


def delivery_body(delivery: Delivery) -> dict[str, Any]:
    """A delivery as the API answers it."""
    return {
        "id": delivery.pk,
        "number": delivery.number,
        "version": delivery.revision,
        "state": delivery.state,
        "state_display": delivery.get_state_display(),
        "customer": delivery.customer.code,
        "customer_name": delivery.customer_name,
        "orders": [order.number for order in delivery.orders_now],
        "coordinator": delivery.coordinator.username,
        "carrier": delivery.carrier.code if delivery.carrier else None,
        **{name: getattr(delivery, name) for name in PLAIN},
        "arrival_date": delivery.arrival_date,
        "confirmations": [confirmation_body(one) for one in delivery.confirmations_now],
        "dispatched_on": delivery.dispatched_on,
        "signed_on": delivery.signed_on,
        "receipt": delivery.receipt_id,
        "created_at": moment(delivery.created_at),
        "updated_at": moment(delivery.updated_at),
        "lines": [line_body(line) for line in delivery.lines_now],
    }


def return_body(document: Return) -> dict[str, Any]:
    """A return as the API answers it."""
    return {
        "id": document.pk,
        "number": document.number,
        "version": document.revision,
        "state": document.state,
        "state_display": document.get_state_display(),
        "delivery": document.delivery.number,
        "kind": document.kind,
        "reason": document.reason,
        "received_on": document.received_on,
        "created_at": moment(document.created_at),
        "updated_at": moment(document.updated_at),
        "lines": [
            {
                "id": line.pk,
                "position": line.position,
                "delivery_line": line.delivery_line_id,
                "order_line": line.order_line_id,
                "quantity": f"{line.quantity:.3f}",
                "condition": line.condition,
            }
            for line in document.lines_now
        ],
    }

"""The bodies that the API of shipping reads and answers (API.md: deliveries/, carriers/, returns/)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from shipping.models import Carrier, Confirmation, Delivery, DeliveryLine, Return
from workflow.inputs import PlainDate, PlainText, Quantity, StrictSerializer


# --- what is read -----------------------------------------------------------------------------------------------------
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


# --- what is answered -------------------------------------------------------------------------------------------------
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

"""What shipping sends out of the house: the salesperson hears of a dispatch at once (A54)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from shipping.models import Delivery
from shipping.services.life import DISPATCHED
from workflow.outbox import sends
from workflow.templatetags.wording import day, quantity


@sends(DISPATCHED)
def tell_salesperson(payload: dict[str, Any]) -> None:
    """货一发出就告诉业务员：发了什么、谁承运、几号到（第五章）；没有邮箱的不发。"""
    delivery = Delivery.objects.select_related("carrier").get(pk=payload["delivery"])
    for address in sorted({order.salesperson.email for order in delivery.orders_now if order.salesperson}):
        if address:
            message(delivery, address).send()


def message(delivery: Delivery, address: str) -> EmailMessage:
    """The mail; one message id per delivery and address, so that a second try is known as the same (I33)."""
    subject = _("已发货：%(number)s %(customer)s") % {"number": delivery.number, "customer": delivery.customer_name}
    lines = [
        f"{line.order.number} {line.order_line.product_name} {quantity(line.quantity)} {line.order_line.unit}"
        for line in delivery.lines_now
    ]
    carrier = delivery.carrier.name if delivery.carrier else _("自送")
    words = [
        *lines,
        _("承运：%(carrier)s　运单：%(waybill)s") % {"carrier": carrier, "waybill": delivery.waybill or "—"},
        _("约定到货：%(day)s") % {"day": day(delivery.arrival_date)},
    ]
    mail = EmailMessage(subject, "\n".join(words), settings.DEFAULT_FROM_EMAIL, [address])
    mail.extra_headers["Message-ID"] = f"<dispatched-{delivery.pk}-{address.replace('@', '.at.')}@gendan>"
    return mail

"""What shipping finds for the one search box: deliveries and returns by the number on the paper (B8)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from shipping.models import Delivery
from shipping.selectors import visible_deliveries
from workflow.events import contributes
from workflow.finding import Find, Found, newest


@contributes(Find)
def deliveries(request: Find) -> Iterator[Found]:
    """送货单：按单号（第五章，发运）。"""
    rows = visible_deliveries(request.user) if request.user.may("shipping.view") else Delivery.objects.none()
    return newest(rows, request, _delivery)


def _delivery(one: Delivery) -> Found:
    url = reverse("shipping:detail", args=[one.number])
    return Found(one.number, one.customer_name, url, _("送货单"), one.get_state_display())

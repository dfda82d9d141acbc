"""更改碰到的发货：已经净发的，和照旧单开好、还没发出的送货单（第二十二条）。"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import Impact
from orders.models import Order
from orders.services import Changes
from shipping.models.standing import standings
from shipping.selectors import OPEN, deliveries_of
from workflow.templatetags.wording import quantity


def impacts_of(order: Order, changes: Changes) -> Iterator[Impact]:
    """一句一条：各行净发多少，哪些送货单要取消重开。"""
    page = reverse("orders:detail", args=[order.number]) + "?tab=shipping"
    where = standings([line.pk for line in order.goods_now])
    for line in order.goods_now:
        net = where[line.pk].physical
        if net > 0 and (changes.cancel or changes.of(line) is not None):
            words = _("第 %(n)s 行「%(name)s」已净发 %(net)s %(unit)s，已发的仍是原价、原规格")
            given = {"n": line.position, "name": line.product_name, "net": quantity(net), "unit": line.unit}
            yield Impact(words % given, "stop" if changes.cancel else "do", page)
    for delivery in deliveries_of(order.pk).filter(state__in=OPEN):
        words = _("送货单 %(number)s 现在是「%(state)s」，照旧通知单开的，更改生效后要取消重开")
        given = {"number": delivery.number, "state": delivery.get_state_display()}
        yield Impact(words % given, "do", reverse("shipping:detail", args=[delivery.number]))

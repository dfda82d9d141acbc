"""What must always hold of goods (第五章、第二十二条)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from shipping.models import DeliveryLine, LineSums
from shipping.models.standing import GONE
from workflow.proofs import proves


@proves("I24", "作废的通知单，作废以后没有照它发货")
def nothing_is_dispatched_under_a_void_notice() -> Iterator[str]:
    """No delivery that left after the notice of one of its lines was void."""
    late = DeliveryLine.objects.filter(delivery__state__in=GONE, notice__voided_at__lt=F("delivery__dispatched_at"))
    for line in late.select_related("delivery", "notice"):
        yield _("送货单 %(number)s 照着已作废的通知单 %(notice)s 发出") % {
            "number": line.delivery.number, "notice": line.notice.number if line.notice else "",
        }  # fmt: skip


@proves("I4", "成品库不会是负的")
def the_store_is_never_negative() -> Iterator[str]:
    """Every line's goods in the store."""
    for sums in LineSums.objects.filter(stored__lt=0):
        yield _("业务单行 %(line)s 的成品库是 %(n)s") % {"line": sums.order_line_id, "n": sums.stored}


@proves("I5", "退回的不多于发出的")
def no_more_returned_than_shipped() -> Iterator[str]:
    """Every line's goods that came back."""
    for sums in LineSums.objects.filter(returned__gt=F("shipped")):
        yield _("业务单行 %(line)s 退回 %(back)s，只发出 %(gone)s") % {
            "line": sums.order_line_id, "back": sums.returned, "gone": sums.shipped,
        }  # fmt: skip


@proves("I1", "净发货不多于能发的")
def no_more_shipped_than_allowed() -> Iterator[str]:
    """Every line's net goods against its quantity, its tolerance and what a director allowed on top."""
    rows = LineSums.objects.filter(shipped__gt=F("order_line__quantity")).select_related("order_line")
    for sums in rows.iterator(chunk_size=500):
        line, net = sums.order_line, sums.shipped - sums.returned
        allowed = line.over_authorisations.aggregate(total=Sum("quantity"))["total"] or Decimal(0)
        if net > line.most + allowed:
            yield _("业务单行 %(line)s 净发 %(net)s，多于能发的 %(most)s") % {
                "line": line.pk, "net": net, "most": line.most + allowed,
            }  # fmt: skip

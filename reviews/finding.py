"""What the review floor finds for the one search box: notices by the number on the paper, changes by theirs (B8)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.models import Notice
from workflow.events import contributes
from workflow.finding import Find, Found, newest


@contributes(Find)
def notices(request: Find) -> Iterator[Found]:
    """业务通知单：按单号（第六条）；部门只找得到发给它的（B7）。"""
    return newest(Notice.objects.visible_to(request.user).select_related("order"), request, _notice)


def _notice(one: Notice) -> Found:
    url = reverse("reviews:notice", args=[one.number])
    return Found(one.number, one.order.customer_name, url, _("业务通知单"), one.get_state_display(), one.order.number)

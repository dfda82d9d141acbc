"""What changes add to an order's page: the tab, the act, the log (第二十二条)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import OrderAct, OrderTab
from orders.models import Order
from orders.rights import works
from orders.services.changing import CHANGEABLE
from parties.models import User
from reviews.change_page import acts
from reviews.differences import asked
from reviews.models import ChangeRequest, Notice
from reviews.selectors import changes_of
from workflow.views import Button

PLACE, URGENT, QUIET = 35, 25, 65


def change_tab(order: Order, user: User) -> list[OrderTab]:
    """更改：这张单历来的更改申请；还没有下单、也没有更改的单不显示（第二十二条）。"""
    count = changes_of(user).filter(order=order).count()
    if not count and order.state not in CHANGEABLE:
        return []
    context = {
        "changes": lambda: changes_with_rows(order, user),
        "may_request": lambda: may_request(order, user),
        "has_versions": order.version > 1,
    }
    return [OrderTab("changes", _("更改"), str(count or ""), "reviews/_tab_changes.html", context, PLACE)]


def changes_with_rows(order: Order, user: User) -> list[ChangeRequest]:
    """Newest first, each with what it asks."""
    money = user.may("orders.view_money")
    found = list(changes_of(user).filter(order=order).prefetch_related("lines__line", "notices").order_by("-pk"))
    for change in found:
        change.order = order
        change.lines_now = list(change.lines.all())
        change.asked = asked(change, money=money)
    return found


def may_request(order: Order, user: User) -> bool:
    """这个人现在可以在这张单上申请更改。"""
    mine = user.may("reviews.request_change") and works(order, user)
    return mine and order.state in CHANGEABLE and not ChangeRequest.objects.filter(order=order).open().exists()


def change_acts(order: Order, user: User) -> list[OrderAct]:
    """有没有结果的更改，就去办它；没有，可以申请（第二十二条）。"""
    if order.state not in CHANGEABLE:
        return []
    change = changes_of(user).filter(order=order).open().first()
    if change is None:
        if not may_request(order, user):
            return []
        return [OrderAct("request_change", _("申请更改"), reverse("reviews:new_change", args=[order.number]), QUIET)]
    change.order = order
    primary = _filled(change, user)
    label = _("更改：%(act)s") % {"act": primary.label} if primary else _("看更改 %(no)s") % {"no": change.number}
    return [OrderAct("change", label, reverse("reviews:change", args=[change.pk]), URGENT if primary else QUIET)]


def _filled(change: ChangeRequest, user: User) -> Button | None:
    notices: list[Notice] = list(change.notices.order_by("-pk"))
    return next((one for one in acts(change, user, notices) if one.primary and one.name != "review"), None)

"""成品出厂的放行条：种类规定了才要，通知仓库时系统自己申请，没有批的可以再申请（C7）。"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from parties.models import User
from samples.models import GatePass
from samples.services import ask_goods_pass
from shipping.guards import called, needs_pass
from shipping.models import Delivery
from shipping.models.delivery import State
from shipping.rights import works_all
from workflow.guards import WrongState
from workflow.machine import locked, together
from workflow.templatetags.wording import quantity


@together
def ask_gate_pass(delivery: Delivery, *, actor: User) -> GatePass:
    """为这张送货单申请放行，等带这张业务单的主任批（C类 客供料）。"""
    delivery = locked(delivery)
    if not (actor.may("shipping.notify_warehouse") and works_all(delivery, actor)):
        raise PermissionDenied(_("这张送货单不归您办"))
    if delivery.state != State.NOTIFIED or not needs_pass(delivery):
        words = _("现在是「%(state)s」，或者这些业务种类出厂不用放行条")
        raise WrongState(words % {"state": delivery.get_state_display()})
    goods = "、".join(f"{called(line)} {quantity(line.quantity)} {line.order_line.unit}" for line in delivery.lines_now)
    what = f"{delivery.number} {goods}，{delivery.customer_name}"
    return ask_goods_pass(delivery.orders_now[0], basis=delivery.about, what=what, actor=actor)

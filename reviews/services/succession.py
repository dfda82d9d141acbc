"""新旧交替：通知单（更改）一签，旧单即时作废，更改即时生效，都在同一个事务里（第二十二条）。"""

from __future__ import annotations

from django.utils.translation import gettext as _

from orders import services as order_services
from parties.models import User
from reviews.models import Notice
from reviews.services.voiding import tell_void
from workflow.machine import locked, perform, together


@together
def stand_aside(notice: Notice, *, actor: User) -> Notice | None:
    """签更改的通知单之前，旧的一张先作废；不成时一起退回（第二十二条）。"""
    old = notice.change_of if notice.change is not None else None
    if notice.state != Notice.State.DRAFT or old is None or old.state != Notice.State.ISSUED:
        return None
    words = why_void(notice)
    return perform(old, "void", actor=actor, reason=words, words=words)


@together
def bring_into_force(notice: Notice, *, actor: User) -> None:
    """签了就生效：业务单照更改改成新的一版（第二十二条）。"""
    change = notice.change
    if change is None:
        return
    change.order = notice.order
    changes, promised = change.changes, change.delivery_date
    if not changes.cancel:
        notice.take_order(order_services.apply_change(notice.order, changes, actor=actor, promised=promised))
    perform(change, "take_effect", actor=actor)


@together
def succeed(notice: Notice, old: Notice, *, actor: User) -> Notice:
    """旧单处处盖作废章，写明由哪一张取代；整单取消的，业务单随之取消，什么都不再现行（第二十二条）。"""
    cancels = notice.change is not None and notice.change.cancel
    tell_void(old, old.void_reason, actor=actor, successor="" if cancels else notice.number)
    if not cancels:
        return notice
    order_services.cancel_by_change(notice.order, why_void(notice), actor=actor)
    return locked(notice)


def why_void(notice: Notice) -> str:
    """已更改，见更改单 GG26-000003；整单取消的说已取消。"""
    change = notice.change
    words = _("已取消，见更改单 %(number)s") if change and change.cancel else _("已更改，见更改单 %(number)s")
    return words % {"number": change.number if change else ""}

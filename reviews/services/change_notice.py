"""《业务通知单（更改）》：写的是改了以后的业务单，不同之处逐处标明（第二十二条）。"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from orders.models import Order
from orders.rights import works
from orders.services.changing import CHANGEABLE
from papers.canonical import fingerprint
from parties.models import User
from reviews.differences import marked
from reviews.models import ChangeRequest, Notice, Round
from reviews.papers import notice_content
from reviews.selectors import VOID_NOTICE, copy_departments, current_notice, effective_round
from reviews.services.voiding import void_notice
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import begin, locked, together


def agreed_change(order: Order) -> ChangeRequest | None:
    """这张单上评审通过了、等编通知单的那份更改。"""
    if order.state not in CHANGEABLE:
        return None
    found: ChangeRequest | None = ChangeRequest.objects.filter(order=order).open().first()
    if found is not None:
        found.order = order
    return found if found is not None and found.is_agreed else None


def basis_of(change: ChangeRequest) -> Round | None:
    """通知单依哪一轮评审：更改自己的；不用评审的，各部门仍照从前签下的（第二十二条）。"""
    return change.last_round if change.decided_at is None else effective_round(change.order)


@together
def create_change_notice(change: ChangeRequest, *, actor: User) -> Notice:
    """跟单员编制通知单（更改），交总经理签；一签旧单即作废（第二十二条）。"""
    change = locked(change)
    if not (actor.may("reviews.draft_notice") and works(change.order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能编制通知单"))
    review, old = basis_of(change), current_notice(change.order)
    if review is None or not change.is_agreed:
        words = _("更改申请现在是「%(state)s」，评审通过或客户同意以后才编制通知单")
        raise WrongState(words % {"state": change.get_state_display()})
    if old is None:
        raise Blocked([Refusal(_("这张单没有现行的业务通知单，不能更改"), **VOID_NOTICE)])
    _clear_the_way(change, actor)
    review.order = change.order
    order = change.changed_order
    content = notice_content(order, review, prepared_by=actor, copies=copy_departments(order))
    content = marked(content, change, old)
    notice = Notice(
        order=change.order,
        round=review,
        change=change,
        change_of=old,
        version=Notice.objects.filter(order=change.order, formal_number__isnull=False).count() + 1,
        order_version=change.order.version + 1,
        content=content,
        sha256=fingerprint(content),
        made_by=actor,
    )
    return begin(notice, actor=actor, label=_("编制通知单（更改）"), article="第二十二条", rule="A22")


def _clear_the_way(change: ChangeRequest, actor: User) -> None:
    for notice in Notice.objects.filter(order=change.order, state=Notice.State.DRAFT).select_related("change"):
        notice.take_order(change.order)
        if notice.change_id == change.pk and notice.is_current:
            raise WrongState(_("通知单 %(number)s 已经编好，等总经理签发") % {"number": notice.number})
        void_notice(notice, _("重新编制"), actor=actor)

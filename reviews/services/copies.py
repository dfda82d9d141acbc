"""各份通知单：签收、交回、遗失（第六条、第二十二条）。"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from parties.models import User
from reviews.models import NoticeCopy
from reviews.rights import leads, of_department
from samples.services import bring_back
from workflow.guards import WrongState
from workflow.machine import locked, perform, record, together


def acknowledge_copy(copy: NoticeCopy, *, actor: User) -> NoticeCopy:
    """部门的人签收自己部门的一份（第六条）。"""
    return perform(copy, "acknowledge", actor=actor)


@together
def return_copy(copy: NoticeCopy, *, actor: User) -> NoticeCopy:
    """作废的一份交回（第二十二条）；随它交出去的标样一起回来（第六条）。"""
    copy = perform(copy, "return_copy", actor=actor)
    words = _("随 %(number)s 第 %(n)s 份交回") % {"number": copy.notice.number, "n": copy.number}
    bring_back(copy.about, words, actor=actor)
    return copy


@together
def report_lost(copy: NoticeCopy, reason: str, *, actor: User) -> NoticeCopy:
    """报失：领用部门写明原因，等主任核准；主任自己报的，当时就核准（第六条）。"""
    copy = locked(copy)
    decides = actor.may("reviews.approve_lost") and leads(copy, actor)
    if not decides and not (actor.may("reviews.return_copy") and of_department(copy, actor)):
        raise PermissionDenied(_("这一份不是您部门的"))
    if copy.state not in NoticeCopy.OUT:
        raise WrongState(_("这一份现在是「%(state)s」") % {"state": copy.get_state_display()})
    if not reason.strip():
        raise ValidationError({"reason": _("请写明怎样遗失的")})
    copy.lost_reason = reason.strip()
    copy.lost_by = actor
    record(copy, "report_lost", actor=actor, label=_("报失"), article="第六条", rule="A6.3b", reason=copy.lost_reason)
    return approve_lost(copy, actor=actor) if decides else copy


def approve_lost(copy: NoticeCopy, *, actor: User, reason: str = "") -> NoticeCopy:
    """主任核准遗失（第六条）。"""
    return perform(copy, "approve_lost", actor=actor, reason=reason)
